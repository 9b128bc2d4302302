"""Spanish as it is written in the United States: 1.5 and not 1,5 (the lessons say 1.5 too), 2:15 p.m. and not 14:15."""

DECIMAL_SEPARATOR = "."
THOUSAND_SEPARATOR = ","
TIME_FORMAT = "g:i a"
DATETIME_FORMAT = r"j \d\e F \d\e Y, g:i a"
SHORT_DATETIME_FORMAT = "d/m/Y, g:i a"
