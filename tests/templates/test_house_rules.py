"""What holds for every template and for the style sheet."""

import re
from pathlib import Path

import pytest
from django.conf import settings
from django.template import loader

TEMPLATES = settings.BASE_DIR / "templates"
STATIC = settings.BASE_DIR / "static"
PAGES = sorted(TEMPLATES.rglob("*.html"))


def relative(path):
    return str(path.relative_to(TEMPLATES))


@pytest.mark.parametrize("path", PAGES, ids=relative)
def test_every_template_can_be_read(path):
    assert loader.get_template(relative(path)).template.source == path.read_text()


def test_no_template_holds_a_style_or_a_script_of_its_own():
    own = re.compile(r"\sstyle=|<style|\son[a-z]+=|<script(?![^>]*\ssrc=)|javascript:", re.IGNORECASE)

    found = [relative(path) for path in PAGES if own.search(path.read_text())]

    # A letter can load nothing.
    assert found == ["network/letters/frame.html"]


def test_every_component_says_on_its_first_line_what_it_takes():
    silent = [
        relative(path)
        for path in sorted((TEMPLATES / "components").glob("*.html"))
        if not re.match(r"\{# .+ #\}", path.read_text().splitlines()[0]) or "ake" not in path.read_text()
    ]

    assert silent == []


def test_every_icon_a_template_names_exists():
    drawn = set(re.findall(r'<symbol id="([a-z]+)"', (STATIC / "icons.svg").read_text()))
    named = {name for path in PAGES for name in re.findall(r'% icon "([^"]+)"', path.read_text())}

    assert named - drawn == set()


def test_the_style_sheet_asks_nothing_of_other_hosts():
    css = (STATIC / "css" / "adit.css").read_text()

    addresses = {
        address[:14] for address in re.findall(r"url\([\"']?([^\"')]+)", css) if not address.startswith("#")
    }

    assert addresses == {"data:image/svg"}
    assert "@import" not in css
    assert "@font-face" not in css


def test_every_named_colour_and_size_of_the_style_sheet_is_defined():
    css = (STATIC / "css" / "adit.css").read_text()

    used = set(re.findall(r"var\((--[\w-]+)\)", css))
    defined = set(re.findall(r"(--[\w-]+):", css))

    assert used - defined == set()


def test_scripts_stay_small_files_without_dependencies():
    scripts = {path.name: path.read_text() for path in Path(STATIC / "js").glob("*.js")}

    assert [name for name, text in scripts.items() if len(text.splitlines()) > 150 or "import " in text] == []


def test_only_one_module_reads_who_asks():
    code = [
        path
        for path in settings.BASE_DIR.rglob("*.py")
        if path.relative_to(settings.BASE_DIR).parts[0] not in (".venv", "var", "tests", "bench")
    ]
    asking = re.compile(r"REMOTE_ADDR|X[-_]FORWARDED[-_]FOR|TRUSTED_PROXY|REAL[-_]IP", re.IGNORECASE)

    found = {
        str(path.relative_to(settings.BASE_DIR)) for path in code if asking.search(code_of(path.read_text()))
    }

    assert found == {"network/client.py"}


def code_of(text):
    """What a file says without its comments."""
    return re.sub(r"#.*", "", text)
