"""What the shared components say, read as a person (or a screen reader) reads them."""

import re

from django import forms
from django.template.loader import render_to_string
from django.utils.html import strip_tags

NAMES = ["Exploration", "Extraction", "Processing", "Manufacturing", "Use", "Recycling", "Post-mining"]


def stages(main=(), touched=()):
    return [
        {"name": name, "weight": "main" if name in main else "touched" if name in touched else ""}
        for name in NAMES
    ]


def words(component, **context):
    """The component's text, one space between words."""
    drawn = render_to_string(f"components/{component}.html", context)
    return " ".join(strip_tags(re.sub(r"</(?:dd|dt|label|li|p)>", " ", drawn)).split())


def attributes(component, pattern, **context):
    return re.findall(pattern, render_to_string(f"components/{component}.html", context))


class JoinForm(forms.Form):
    name = forms.CharField(label="Full name")
    mail = forms.EmailField(label="E-mail", help_text="We write to it once.")
    diet = forms.CharField(label="Diet", required=False)
    mode = forms.ChoiceField(
        label="Mode", choices=[("site", "On site"), ("net", "Online")], widget=forms.RadioSelect
    )
    counts = forms.BooleanField(label="Count my organisation", required=False)


def test_main_stages_are_said_first():
    marked = stages(main=["Recycling", "Processing"], touched=["Exploration", "Post-mining"])

    said = words("stages", stages=marked)

    assert said == "Value-chain stages: Processing, Recycling, exploration, post-mining"


def test_stages_without_a_main_one_begin_with_a_capital():
    assert (
        words("stages", stages=stages(touched=["Use", "Recycling"])) == "Value-chain stages: Use, recycling"
    )


def test_all_stages_alike_are_the_whole_value_chain():
    assert words("stages", stages=stages(touched=NAMES)) == "Value-chain stages: Whole value chain"


def test_a_core_shows_seven_stages_in_their_order():
    marked = stages(main=["Processing"], touched=["Post-mining"])

    drawn = attributes("core_bar", r'<i class="([^"]+)"', stages=marked)

    assert drawn == ["s1", "s2", "s3 main", "s4", "s5", "s6", "s7 also"]


def test_a_log_says_in_words_what_its_bars_show():
    said = words(
        "log", stages=[{**stage, "note": ""} for stage in stages(main=["Use"], touched=["Recycling"])]
    )

    assert said == (
        "Exploration: not covered Extraction: not covered Processing: not covered Manufacturing: not covered "
        "Use: main stage Recycling: also covered Post-mining: not covered "
        "Full band: main stage Half band: also touched Thin line: not covered"
    )


def test_a_counter_draws_one_layer_per_period_and_the_plan():
    counter = {
        "label": "Good practices shared",
        "value": 8,
        "target": 12,
        "url": "/progress/GP/",
        "state": "ok",
        "state_label": "On plan",
        "new_label": "1 new this period",
        "bar": [16.67, 0, 41.5],
        "plan_percent": 66.7,
    }

    assert words("counter", counter=counter) == "Good practices shared 8 of 12 On plan 1 new this period"
    assert attributes("counter", r'<svg width="([\d.]+)%"', counter=counter) == ["16.67", "0", "41.5"]
    assert attributes("counter", r'd="M([\d.]+) 0v22"', counter=counter) == ["66.7"]


def test_a_counter_without_a_target_is_a_number_only():
    counter = {"label": "People trained", "value": 34, "target": None, "bar": []}

    assert words("counter", counter=counter) == "People trained 34"


def test_a_faulty_form_says_what_to_mend_and_leads_there():
    form = JoinForm({"mail": "carla"})

    assert words("error_summary", form=form) == (
        "There is a problem Full name: This field is required. "
        "E-mail: Enter a valid email address. Mode: This field is required."
    )
    assert attributes("error_summary", r'href="#([^"]+)"', form=form) == ["id_name", "id_mail", "id_mode"]


def test_a_field_ties_hint_and_error_to_its_control():
    field = JoinForm({"mail": "carla"})["mail"]

    assert words("field", field=field) == "E-mail We write to it once. Error: Enter a valid email address."
    assert attributes("field", r'aria-describedby="([^"]+)"', field=field) == [
        "id_mail_helptext id_mail_error"
    ]
    assert attributes("field", r'aria-invalid="([^"]+)"', field=field) == ["true"]
    assert attributes("field", r' id="([^"]+)"', field=field) == [
        "id_mail_helptext",
        "id_mail_error",
        "id_mail",
    ]


def test_optional_fields_say_so_and_choices_are_a_group():
    form = JoinForm()

    assert words("field", field=form["diet"]) == "Diet (optional)"
    assert words("field", field=form["mode"]) == "Mode On site Online"
    assert words("field", field=form["counts"]) == "Count my organisation"
    assert attributes("field", r"<(fieldset|legend)", field=form["mode"]) == ["fieldset", "legend"]


def test_every_state_has_a_shape_of_its_own_beside_its_word():
    states = ["verified", "review", "self", "declined", "due", "late", "collected"]

    shapes = [attributes("badge", r"icons\.svg#([a-z]+)", state=state, label="x") for state in states]

    assert shapes == [["ok"], ["half"], ["ring"], ["cross"], ["clock"], ["warning"], ["file"]]


def test_facts_print_words_and_links():
    facts = [
        ("Region", [{"label": "Lapland", "url": "/regions/FI1D7/"}, {"label": "Finland"}]),
        ("Cost", "€2 m"),
    ]

    assert words("facts", facts=facts) == "Region Lapland, Finland Cost €2 m"
    assert attributes("facts", r'href="([^"]+)"', facts=facts) == ["/regions/FI1D7/"]


def test_a_list_of_one_page_has_no_pager():
    assert words("pager", pages=[{"number": 1, "url": "?page=1", "current": True}]) == ""


def test_a_pager_names_its_pages():
    pages = [{"number": 1, "url": "?page=1"}, {"gap": True}, {"number": 4, "url": "?page=4", "current": True}]

    assert words("pager", pages=pages, previous_url="?page=3") == "Previous page Page 1 … Page 4"


def test_what_people_wrote_is_never_markup():
    item = {"url": "/x/", "title": "<b>Slag</b> & soil", "summary": "<script>alert(1)</script>", "stages": []}

    drawn = render_to_string("components/card.html", {"item": item})

    assert "&lt;b&gt;Slag&lt;/b&gt; &amp; soil" in drawn
    assert "<script>" not in drawn
