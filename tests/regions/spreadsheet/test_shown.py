from datetime import date, datetime, time, timedelta

import pytest

from regions.importing.spreadsheet.shown import moment, number

MOMENT = datetime.combine(date(2014, 5, 1), time(10, 30))


@pytest.mark.parametrize(
    ("value", "number_format", "text"),
    [
        (7.0, "General", "7"),
        (7, "", "7"),
        (0.1 + 0.2, "General", "0.3"),
        (1 / 3, "General", "0.333333333333333"),
        (12345678901234567890.0, "General", "12345678901234600000"),
        (12345678901234567890.0, "0.00E+00", "12345678901234600000"),
        (1e-7, "General", "0.0000001"),
        (-0.0, "General", "0"),
        (1250.5, "General", "1250.5"),
        (7.0, "000", "007"),
        (1234.0, "000", "1234"),
        (-7.0, "000", "-007"),
        (7.5, "000", "7.5"),
        (7.0, '"GP"000', "GP007"),
        (7.0, "\\G\\P\\-0000", "GP-0007"),
        (123456.0, "000\\-00\\-00", "012-34-56"),
        (1234567890.0, "000-00", "12345678-90"),
        (1067.0, "[$-407]00000", "01067"),
        (7.0, "[Red]000;[Blue]-000", "007"),
        (-7.0, "000;(000)", "(007)"),
        (7.0, "0", "7"),
        (7000000.0, "#,##0", "7000000"),
        (1250.5, "#,##0.00", "1250.50"),
        (1250.125, "0.00", "1250.125"),
        (1.1, "0.00", "1.10"),
        (1250.5, '#,##0.00\\ "€"', "1250.5"),
        (1250.5, "_-* #,##0.00\\ [$€-407]_-", "1250.5"),
        (7.0, '0" t"', "7"),
        (0.35, "0%", "35%"),
        (0.355, "0%", "35.5%"),
        (5.0, '"%"0', "5"),
        (0.5, "# ?/?", "0.5"),
        (float("inf"), "General", None),
        (float("nan"), "000", None),
    ],
)
def test_a_number_is_written_as_its_cell_shows_it_and_never_loses_digits(value, number_format, text):
    assert number(value, number_format) == text


@pytest.mark.parametrize(
    ("value", "number_format", "text"),
    [
        (date(2014, 5, 1), "yyyy\\-mm\\-dd", "2014-05-01"),
        (date(2014, 5, 1), "mmm\\-yy", "2014-05"),
        (date(2014, 5, 1), "[$-407]MMMM\\ YYYY", "2014-05"),
        (date(2014, 5, 1), 'yyyy" (day unknown)"', "2014"),
        (date(2014, 5, 1), "", "2014-05-01"),
        (MOMENT, "dd/mm/yyyy hh:mm", "2014-05-01"),
        (MOMENT, "h:mm", "10:30"),
        (time(3, 4), "hh:mm", "03:04"),
        (time(3, 4, 5), "hh:mm:ss", "03:04:05"),
        (timedelta(hours=30), "[h]:mm", "30:00"),
        (timedelta(hours=-1, seconds=-2), "[h]:mm:ss", "-1:00:02"),
    ],
)
def test_a_date_is_as_exact_as_its_cell_shows_it(value, number_format, text):
    assert moment(value, number_format) == text
