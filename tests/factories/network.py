import factory

from network.choices import OrganisationType
from network.models import Letter, Membership, Organisation, Project, User

PASSWORD = "tailings-and-daylight"


class UserFactory(factory.django.DjangoModelFactory):
    """A person with a verified address who can sign in with PASSWORD."""

    class Meta:
        model = User
        skip_postgeneration_save = True

    email = factory.Sequence("person{}@example.org".format)
    first_name = "Aino"
    last_name = factory.Sequence("Example {}".format)

    @classmethod
    def _create(cls, model_class, *args, **fields):
        groups = fields.pop("groups", [])
        user = model_class.objects.create_user(**fields, password=PASSWORD)
        user.emailaddress_set.create(email=user.email, verified=True, primary=True)
        user.groups.set(groups)
        return user


class OrganisationFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Organisation

    name = factory.Sequence("Organisation {}".format)
    organisation_type = OrganisationType.REGIONAL_AUTHORITY


class MembershipFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Membership

    user = factory.SubFactory(UserFactory)
    organisation = factory.SubFactory(OrganisationFactory)


class ProjectFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Project

    acronym = factory.Sequence("PROJECT{}".format)
    title = factory.Sequence("Project {}".format)


class LetterFactory(factory.django.DjangoModelFactory):
    """A letter that waits."""

    class Meta:
        model = Letter

    to = factory.Sequence("person{}@example.org".format)
    subject = factory.Sequence("Letter {}".format)
    text = "Good news.\n"
