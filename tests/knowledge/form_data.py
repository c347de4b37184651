"""What the editor's forms send, and what they answer."""

from wagtail.test.utils.form_data import nested_form_data


def sent(data):
    """The data of a form: rows of a table flattened, several values of one field kept together."""
    several = {name: value for name, value in data.items() if isinstance(value, list)}
    return nested_form_data({k: v for k, v in data.items() if k not in several}) | several


def errors(response):
    """The sentences of the form's errors, by field."""
    form = response.context["form"]
    return {name: list(sentences) for name, sentences in form.errors.items()}
