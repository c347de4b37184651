"""What the accessibility statement says, after the model of Implementing Decision (EU) 2018/1523.

How the software is tested and where it fails is known here; what was found on this site, its operator says.
"""

from dataclasses import dataclass

from django.utils.translation import gettext as _


@dataclass(frozen=True)
class Accessibility:
    """All that the accessibility statement prints."""

    operator: object
    tested: list
    fails: list


def accessibility(operator):
    """What the accessibility statement says about the site of this operator."""
    return Accessibility(
        operator=operator,
        tested=[*lines(operator.tested_how), *tests_of_the_software()],
        fails=[*lines(operator.fails), *faults_of_the_software()],
    )


def lines(text):
    """What stands in a field that takes one thing a line."""
    return [line.strip() for line in text.splitlines() if line.strip()]


def tests_of_the_software():
    """What is tested with every change of the software (tests/journeys/test_every_page.py)."""
    return [
        _(
            "Every kind of public page, and the pages of people who are signed in, by a program (axe-core, "
            "rules of WCAG 2.2, levels A and AA) in Chromium, from 320 to 1920 pixels, in light and dark."
        ),
    ]


def faults_of_the_software():
    """Where the software itself is known to fail, with another way where there is one."""
    return [
        _(
            "No person has tested the pages with a screen reader yet: some programs may read a table as "
            "plain lines where it is narrow. The words of each line are complete without the table."
        ),
        _(
            "Files that organisations add as evidence, most of them PDF, were not checked. Write to us and "
            "you get what you need from them in another form."
        ),
        _(
            "The editor for practices and instruments: fields for longer texts and for keywords have no name "
            "that programs can read. Write to us and we enter your text for you."
        ),
    ]
