"""What a browser sends: every field of a form as it stands on the page."""

from bs4 import BeautifulSoup


def filled(response, form="form[data-edit-form], form#page-edit-form"):
    """The data of the form on the page, as it would be sent without touching anything."""
    page = BeautifulSoup(response.content, "html.parser")
    data = {}
    for field in page.select_one(form).select("input[name], select[name], textarea[name]"):
        if field.get("type") in ("submit", "button", "file"):
            continue
        if field.get("type") in ("checkbox", "radio") and not field.has_attr("checked"):
            continue
        if field.name == "select":
            values = [option["value"] for option in field.select("option[selected]")]
            values = values or [option["value"] for option in field.select("option")[:1]]
        else:
            # A browser leaves out the line break that a text area begins with.
            values = [
                field.text.removeprefix("\n")
                if field.name == "textarea"
                else field.get("value", "on" if field.get("type") == "checkbox" else "")
            ]
        data.setdefault(field["name"], []).extend(values)
    return data
