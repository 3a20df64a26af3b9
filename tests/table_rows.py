"""A table of any format → its rows in one form, whichever library read them.

Values become texts that lose nothing (floats by repr, times in UTC µs, bytes in hex), rows become
tuples in the order of the column names, and the whole is sorted: two readers agree if and only if
these lists are equal.
"""
import datetime
import decimal

COLUMNS = "id, flag, tiny, small, whole, large, ratio, number, price, big_price, word, raw, day, at, list, pairs, point".split(", ")

# Every type that all three formats can hold, with nulls, extremes and awkward texts.
SOURCE = r"""
SELECT CAST(id AS BIGINT) AS id, id % 3 = 0 AS flag, CAST(id % 100 AS INT) AS tiny, CAST(id * 7 % 30000 AS INT) AS small,
  CAST(CASE id % 10 WHEN 0 THEN NULL WHEN 1 THEN -2147483648 ELSE id * 1000 END AS INT) AS whole,
  CASE id % 9 WHEN 0 THEN NULL WHEN 1 THEN 9223372036854775807L ELSE id * -5L END AS large,
  CAST(CASE id % 8 WHEN 0 THEN NULL ELSE id / 8 END AS FLOAT) AS ratio,
  CASE id % 7 WHEN 0 THEN NULL WHEN 1 THEN -0.0D WHEN 2 THEN double('Infinity') ELSE id / 3D END AS number,
  CAST(CASE id % 6 WHEN 0 THEN NULL ELSE id * 1.25 END AS DECIMAL(12,2)) AS price,
  CAST(CASE id % 5 WHEN 0 THEN NULL ELSE id * 1000000000000.123456 END AS DECIMAL(38,10)) AS big_price,
  CASE id % 5 WHEN 0 THEN NULL WHEN 1 THEN '' WHEN 2 THEN concat('naïve ☕ \'', id) ELSE concat('word ', id) END AS word,
  CASE id % 4 WHEN 0 THEN NULL ELSE CAST(concat('b', id) AS BINARY) END AS raw,
  CASE id % 11 WHEN 0 THEN NULL ELSE date_add(DATE'1970-01-01', CAST(id * 13 - 9000 AS INT)) END AS day,
  CASE id % 12 WHEN 0 THEN NULL ELSE timestamp_micros(id * 86400000123L - 1000000000000L) END AS at,
  CASE id % 4 WHEN 0 THEN NULL WHEN 1 THEN array() ELSE array(CAST(id AS INT), {item}) END AS list,
  CASE id % 4 WHEN 0 THEN NULL ELSE map(concat('k', id), id / 2D) END AS pairs,
  CASE id % 6 WHEN 0 THEN NULL ELSE named_struct('x', id, 'y', concat('p', id)) END AS point
FROM range({start}, {end})
"""


def source(start, end, form=""):
    """Gives the statement that makes the rows start … end - 1; Hudi's writer in Spark wants no null in a list."""
    return SOURCE.format(start=start, end=end, item="7" if form == "hudi" else "NULL")


def text(value):
    """Gives a value as a text that two libraries share."""
    if value is None:
        return "null"
    if isinstance(value, bool):
        return str(value)
    if isinstance(value, float):
        return repr(value)
    if isinstance(value, int):
        return str(value)
    if isinstance(value, decimal.Decimal):
        return format(value, "f")
    if isinstance(value, datetime.datetime):
        utc = value.astimezone(datetime.timezone.utc) if value.tzinfo else value
        return utc.strftime("%Y-%m-%dT%H:%M:%S.%f")
    if isinstance(value, datetime.date):
        return value.isoformat()
    if isinstance(value, (bytes, bytearray, memoryview)):
        return bytes(value).hex()
    if isinstance(value, dict):
        return "{" + ", ".join(f"{text(k)}: {text(v)}" for k, v in value.items()) + "}"
    if isinstance(value, (list, tuple)):
        if value and all(isinstance(item, tuple) and len(item) == 2 for item in value):  # a map in Arrow
            return "{" + ", ".join(f"{text(k)}: {text(v)}" for k, v in value) + "}"
        return "[" + ", ".join(map(text, value)) + "]"
    return str(value)


def normal_rows(rows, columns=COLUMNS):
    """Gives dicts as sorted tuples of texts."""
    return sorted(tuple(text(row[name]) for name in columns) for row in rows)


def difference(expected, actual):
    """Says in one line how two lists of rows differ; empty when they do not."""
    if expected == actual:
        return ""
    if len(expected) != len(actual):
        return f"{len(expected)} rows are expected, {len(actual)} were read"
    for one, other in zip(expected, actual):
        if one != other:
            cells = [f"{n}: {a} != {b}" for n, a, b in zip(COLUMNS, one, other) if a != b]
            return "a row differs: " + "; ".join(cells)
    return "the order differs"
