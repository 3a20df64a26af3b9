"""Functions of dates, timestamps and intervals, by the type of their result (see functions.py)."""

# Letters of a pattern that Spark 3 writes; `n`, `u` and the like are refused on both sides. No `YYYY`,
# which is refused when it is used: that hangs on what Spark's optimizer leaves of the call.
PATTERNS = ["yyyy-MM-dd\\'T\\'HH:mm:ss.SSSSSS", "D DDD", "QQQ q QQQQ", "EEEE EEE", "h:mm a", "k K H", "XXX xx", "z", "VV", "O OOOO", "yy", "G yyyy", "MMMM MMM L LLLL", "SSS", "dd/MM/y", "[yyyy][HH]", "F", "ss.S", "zzzz", "yyyyy", "MM\\'x\\'", "Z ZZZZ"]
READ = ["yyyy-MM-dd", "yyyy-MM-dd HH:mm:ss", "yyyyMMdd", "dd/MM/yyyy", "yyyy", "HH:mm", "yyyy-MM-dd[ HH:mm]", "MMM d, yyyy", "yyyy-MM-dd HH:mm:ss.SSS", "yyyy-D"]
DATE_FIELDS = ["YEAR", "QUARTER", "MONTH", "WEEK", "DAY", "DAYOFWEEK", "DOW", "DOY", "YEAROFWEEK", "DAYOFWEEK_ISO", "Y", "MON", "D"]
TIME_FIELDS = [*DATE_FIELDS, "HOUR", "MINUTE", "H", "MIN"]
UNITS = ["YEAR", "QUARTER", "MONTH", "WEEK", "DAY", "HOUR", "MINUTE", "SECOND", "MILLISECOND", "MICROSECOND"]
TRUNCATIONS = ["YEAR", "YYYY", "QUARTER", "MON", "MM", "WEEK", "DAY", "DD", "HOUR", "MINUTE", "SECOND", "MILLISECOND", "MICROSECOND", "nonsense"]
ZONES = ["UTC", "Asia/Tokyo", "Europe/Berlin", "+05:30", "GMT-3", "America/New_York", "Australia/Lord_Howe"]

TIMES = {
    "string": [*[f"date_format({{{kind}}}, '{pattern}')" for pattern in PATTERNS for kind in ("timestamp", "ntz")], "from_unixtime({bigint} % 10000000000)", "from_unixtime({int}, 'yyyy-MM-dd HH')", "CAST({ds} AS STRING)",
               "CAST(INTERVAL '1-2' YEAR TO MONTH * ({int} % 10) AS STRING)", "date_part('MONTH', {ym}) || ''", "CAST({ntz} AS STRING)", "CAST({timestamp} - {date} AS STRING)", "concat({date}, {timestamp})",
               "typeof({timestamp} - {ntz})", "typeof({date} + {ym})", "to_char({decimal}, '999,990.00')", "CAST({date} - {date} AS STRING)", "to_char({decimal}, '$9990.9S')"],
    "int": [*[f"extract({field} FROM {{date}})" for field in DATE_FIELDS], *[f"extract({field} FROM {{timestamp}})" for field in TIME_FIELDS], *[f"date_part('{field}', {{ntz}})" for field in TIME_FIELDS],
            *[f"extract({field} FROM {{ds}})" for field in ("DAY", "HOUR", "MINUTE")], *[f"extract({field} FROM {{ym}})" for field in ("YEAR", "MONTH")], "day({ntz})", "dayofmonth({timestamp})", "CAST({date} - {date} AS INT)"],
    "decimal": ["extract(SECOND FROM {ntz})", "date_part('SECONDS', {timestamp})"],
    "bigint": [*[f"timestampdiff({unit}, {{timestamp}}, {{timestamp}})" for unit in UNITS], "datediff(DAY, {date}, {timestamp})", "datediff(MONTH, {date}, {date})", "unix_millis({timestamp})", "unix_timestamp({timestamp})",
               "unix_timestamp({string}, 'yyyy-MM-dd')", "unix_timestamp({date})", "to_unix_timestamp({string}, 'yyyy-MM-dd HH:mm:ss')", "CAST({ds} AS BIGINT)"],
    "double": ["months_between({date}, {timestamp}, false)", "months_between({timestamp}, {date})"],
    "date": [*[f"trunc({{date}}, '{unit}')" for unit in TRUNCATIONS], *[f"to_date({{string}}, '{pattern}')" for pattern in READ[:6]], "make_date({int} % 3000, {int} % 13, {int} % 32)", "next_day({date}, {string})", "{date} - {ym}", "{date} + {int} % 1000",
             "next_day({date}, 'SAT')", "dateadd({date}, {smallint})", "try_add({date}, {int} % 1000)", "add_months({date}, -{int} % 1000)", "least({date}, {date})", "date({string})", "try_cast({string} AS DATE)", "to_date({timestamp})",
             "{date} + INTERVAL '-1-1' YEAR TO MONTH"],
    "timestamp": [*[f"date_trunc('{unit}', {{timestamp}})" for unit in TRUNCATIONS], *[f"to_timestamp({{string}}, '{pattern}')" for pattern in READ], *[f"timestampadd({unit}, {{int}} % 50, {{timestamp}})" for unit in UNITS],
                  *[f"from_utc_timestamp({{timestamp}}, '{zone}')" for zone in ZONES], *[f"to_utc_timestamp({{timestamp}}, '{zone}')" for zone in ZONES], "make_timestamp({int} % 3000, {int} % 13, {int} % 32, {int} % 24, {int} % 60, {decimal} % 60)",
                  "timestamp_millis({bigint} % 100000000000)", "{date} + {ds}", "{date} - INTERVAL '1' HOUR", "dateadd(HOUR, 30, {date})", "try_cast({string} AS TIMESTAMP)", "{timestamp} + make_interval(0, 1, 0, {int} % 10)", "try_add({timestamp}, {ds})",
                  "CAST({decimal} % 100000 AS TIMESTAMP)", "to_timestamp({date})", "make_timestamp(2024, 11, 3, {int} % 3, 30, 0, 'America/New_York')", "try_to_timestamp({string})", "CAST({bigint} % 10000000000 AS TIMESTAMP)"],
    "ntz": [*[f"CAST(date_trunc('{unit}', {{ntz}}) AS TIMESTAMP_NTZ)" for unit in TRUNCATIONS[:6]], *[f"convert_timezone('{zone}', 'UTC', {{ntz}})" for zone in ZONES], "{ntz} + {ym}", "{ntz} - INTERVAL '36' HOUR", "to_timestamp_ntz({string}, 'yyyy-MM-dd HH:mm:ss')",
            "try_cast({string} AS TIMESTAMP_NTZ)", "make_timestamp_ntz({int} % 3000, {int} % 13, {int} % 32, {int} % 24, {int} % 60, 1.5)", "greatest({ntz}, {ntz})", "convert_timezone('Asia/Tokyo', {ntz})", "dateadd(MONTH, {int} % 30, {ntz})"],
    "ds": ["{timestamp} - {ntz}", "{ntz} - {date}", "{ds} * nanvl({double} % 10, 2D)", "{ds} / ({int} % 5)", "{ds} - {ds}", "make_dt_interval({int} % 10, {int} % 30, {int} % 70, {decimal} % 60)", "{decimal} % 100 * {ds}", "try_add({ds}, {ds})",
           "try_divide({ds}, {int} % 3)", "least({ds}, {ds})", "CAST({int} % 100 AS INTERVAL HOUR) + INTERVAL '1' DAY", "sign({int}) * {ds}"],
    "ym": ["{ym} - {ym}", "make_ym_interval({int} % 100, {int} % 20)", "{ym} * ({decimal} % 3)", "abs({ym})", "try_multiply({ym}, {int} % 5)", "CAST({int} % 100 AS INTERVAL MONTH) + INTERVAL '1' YEAR"],
    "boolean": ["{ym} > {ym}", "{timestamp} BETWEEN {date} AND {ntz}", "{timestamp} = {string}", "{ntz} = {date}", "{ds} <=> {ds}", "{date} IN ({date}, {timestamp})", "{date} > {string}", "{ym} IS NULL"],
}
