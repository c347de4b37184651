"""The forms of documents and pictures: what is taken, and whose it is."""

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from wagtail.documents.forms import BaseDocumentForm
from wagtail.images.fields import WagtailImageField
from wagtail.images.forms import BaseImageForm

from knowledge import files
from knowledge.file_kinds import check_content
from knowledge.pictures import cleaned
from network.models import Organisation
from network.rights import is_officer, organisation_ids


class OwnedForm:
    """What the forms of files and pictures share: whose the file is."""

    def __init__(self, *args, user=None, **kwargs):
        super().__init__(*args, user=user, **kwargs)
        self.person = user
        if user is None or "organisation" not in self.fields:
            return
        if not is_officer(user):
            own = organisation_ids(user) | {self.instance.organisation_id}
            self.fields["organisation"].queryset = Organisation.objects.filter(pk__in=own)
        self.fields["organisation"].widget = forms.Select(choices=self.fields["organisation"].choices)
        if not self.instance.pk and files.own_organisation(user):
            self.initial.setdefault("organisation", files.own_organisation(user))

    def clean_organisation(self):
        chosen = self.cleaned_data["organisation"]
        # The uploader of many files at once asks for their names only.
        if (
            chosen is None
            and self.person
            and not self.instance.pk
            and self.add_prefix("organisation") not in self.data
        ):
            return Organisation.objects.filter(pk=files.own_organisation(self.person)).first()
        return chosen


class DocumentForm(OwnedForm, BaseDocumentForm):
    """A document: at most so large, and inside what its name says."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if "confidentiality" in self.fields:
            self.fields["confidentiality"].required = False

    def clean_confidentiality(self):
        return self.cleaned_data["confidentiality"] or self.instance.confidentiality

    def clean_file(self):
        file = self.cleaned_data["file"]
        if "file" in self.changed_data and file:
            ending = file.name.rpartition(".")[2].lower()
            # Of an ending that is not allowed the model tells.
            if ending in settings.WAGTAILDOCS_EXTENSIONS:
                check_content(file, ending)
        return file


class PictureFormField(WagtailImageField):
    """An uploaded picture, made anew before anything is done with it."""

    def to_python(self, data):
        if data in self.empty_values:
            return None
        try:
            found = super().to_python(data)
        except ValidationError:
            raise
        except Exception as error:  # of a header with rubbish behind it, Pillow complains in many ways
            raise ValidationError(self.error_messages["invalid_image"], code="invalid_image") from error
        clean = cleaned(found)
        clean.image = found.image
        return clean


class PictureForm(OwnedForm, BaseImageForm):
    """A picture: nothing of it is kept but what one sees."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if "file" in self.fields:
            old = self.fields["file"]
            self.fields["file"] = PictureFormField(label=old.label, required=old.required, widget=old.widget)
