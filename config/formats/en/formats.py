"""English as the European institutions write it: 22 November 2026, 14:30. A date stays on one line."""

DATE_FORMAT = "j\u00a0F\u00a0Y"
SHORT_DATE_FORMAT = "j\u00a0M\u00a0Y"
TIME_FORMAT = "H:i"
DATETIME_FORMAT = f"{DATE_FORMAT}, H:i"
SHORT_DATETIME_FORMAT = f"{SHORT_DATE_FORMAT}, H:i"
MONTH_DAY_FORMAT = "j\u00a0F"
FIRST_DAY_OF_WEEK = 1
