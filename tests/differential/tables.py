"""The small tables that random queries read, and the literals that stand beside their columns."""

TABLES = {
    "t1": (
        {"a": "int", "b": "bigint", "c": "double", "d": "decimal", "s": "string", "f": "boolean", "dt": "date", "ts": "timestamp"},
        [
            "(1, 10L, 0.5D, 1.25BD, 'apple', true, DATE'2024-01-31', TIMESTAMP'2024-03-10 01:59:59.5')",
            "(2, -3L, -0.25D, -0.01BD, 'Äpfel', false, DATE'2024-02-29', TIMESTAMP'2024-03-10 03:00:00')",
            "(2, 9223372036854775807L, 1024D, 99999999.99BD, '', NULL, DATE'1969-12-31', TIMESTAMP'1969-12-31 23:59:59.999999')",
            "(NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL)",
            "(2147483647, 0L, double('NaN'), 0.00BD, ' b ', true, DATE'1582-10-15', TIMESTAMP'1900-01-01 00:00:00')",
            "(-5, -9223372036854775808L, double('Infinity'), 7.50BD, '12', false, DATE'9999-12-31', TIMESTAMP'2024-11-03 01:30:00')",
            "(1, 10L, 0.5D, 1.25BD, 'apple', true, DATE'2024-01-31', TIMESTAMP'2024-03-10 01:59:59.5')",
        ],
    ),
    "t2": (
        {"k": "int", "v": "string", "w": "decimal", "arr": "array"},
        [
            "(1, 'x', 2.50BD, array(1, 2, NULL))",
            "(2, 'apple', -1.00BD, array())",
            "(2, NULL, 0.75BD, NULL)",
            "(NULL, 'ßy', NULL, array(3, 3, -1))",
            "(7, 'A_b%c', 12345678.12BD, array(2147483647))",
        ],
    ),
    "t3": ({"i": "bigint", "p": "double", "q": "date"}, ["(1L, 1.5D, DATE'2024-01-31')", "(2L, -2D, NULL)", "(10L, NULL, DATE'2000-02-28')"]),
    "t4": (
        {"sh": "smallint", "fl": "float", "bin": "binary", "n": "ntz", "ds": "ds", "ym": "ym", "st": "struct", "m": "map", "js": "string"},
        [
            "(1, 0.1F, X'00FF', TIMESTAMP_NTZ'2024-03-10 02:30:00', INTERVAL '1 02:03:04.5' DAY TO SECOND, INTERVAL '1-2' YEAR TO MONTH, named_struct('x', 1, 'y', 'apple'), map('a', 1, 'b', NULL), '{\"a\": 1, \"b\": [1, 2]}')",
            "(-32768, -0.0F, X'', TIMESTAMP_NTZ'1969-12-31 23:59:59.999999', INTERVAL '-1' SECOND, INTERVAL '-1' MONTH, named_struct('x', NULL, 'y', ''), map(), '{\"a\": \"x\"}')",
            "(2, float('NaN'), X'6162', NULL, NULL, NULL, NULL, NULL, 'no json')",
            "(NULL, NULL, NULL, TIMESTAMP_NTZ'2000-02-29 00:00:00', INTERVAL '0' DAY, INTERVAL '0' YEAR, named_struct('x', 2, 'y', NULL), map('apple', 2147483647), NULL)",
        ],
    ),
}
KEYS = {"t1": "a", "t2": "k", "t3": "i", "t4": "sh"}  # what tables are joined by
TYPES = {
    "int": "INT", "bigint": "BIGINT", "double": "DOUBLE", "decimal": "DECIMAL(10,2)", "string": "STRING", "boolean": "BOOLEAN", "date": "DATE", "timestamp": "TIMESTAMP",
    "array": "ARRAY<INT>", "smallint": "SMALLINT", "float": "FLOAT", "binary": "BINARY", "ntz": "TIMESTAMP_NTZ", "ds": "INTERVAL DAY TO SECOND",
    "ym": "INTERVAL YEAR TO MONTH", "struct": "STRUCT<x: INT, y: STRING>", "map": "MAP<STRING, INT>",
}
LITERALS = {
    "int": ["0", "1", "-1", "3", "2147483647", "CAST(NULL AS INT)"],
    "bigint": ["0L", "5L", "-9223372036854775808L", "CAST(NULL AS BIGINT)"],
    # No constant 0.0, which a minus makes -0.0: whether a constant key becomes 0.0 hangs on which of Spark's rules comes first.
    "double": ["-0.5D", "2D", "double('NaN')", "double('-Infinity')", "CAST(NULL AS DOUBLE)"],
    "decimal": ["0.00BD", "1.5BD", "-12.345BD", "99999999.99BD", "CAST(NULL AS DECIMAL(10,2))", "0.000001BD", "12345678901234567890.123456789BD", "-999999999999999999999999999999BD", "CAST(3 AS DECIMAL(5,4))"],
    "string": ["''", "'apple'", "'a%'", "'12'", "'ß😀'", "' x '", "CAST(NULL AS STRING)", "'a@b'", "'2024-02-30'", "'2024-03-10 02:30:00'", "'1e3'", "' -7 '", "'NaN'", "'1,2,x'", "'{{\"a\": 1.5, \"b\": [1, null]}}'", "'[1, 2]'", "'2147483648'", "'12:30'", "'true'", "'0.1'"],
    "boolean": ["true", "false", "CAST(NULL AS BOOLEAN)"],
    "date": ["DATE'2024-02-29'", "DATE'1582-10-04'", "DATE'2000-01-01'", "CAST(NULL AS DATE)"],
    "timestamp": ["CAST('2024-03-10 02:30:00' AS TIMESTAMP)", "CAST('2000-01-01 00:00:00.000001' AS TIMESTAMP)", "CAST(NULL AS TIMESTAMP)"],
    "array": ["array(1, 2, 3)", "array(CAST(NULL AS INT))", "array(-1, 5, 5)"],
    "smallint": ["0S", "7S", "-32768S", "CAST(NULL AS SMALLINT)"],
    "float": ["1.5F", "3.4028234E38F", "CAST(NULL AS FLOAT)"],
    "binary": ["X''", "X'61'", "CAST(NULL AS BINARY)"],
    "ntz": ["TIMESTAMP_NTZ'2024-02-29 12:00:00'", "TIMESTAMP_NTZ'1900-01-01 00:00:00.5'", "CAST(NULL AS TIMESTAMP_NTZ)"],
    "ds": ["INTERVAL '1' DAY", "INTERVAL '-10:11:12.000001' HOUR TO SECOND", "CAST(NULL AS INTERVAL DAY TO SECOND)"],
    "ym": ["INTERVAL '13' MONTH", "INTERVAL '-2' YEAR", "CAST(NULL AS INTERVAL YEAR TO MONTH)"],
    "struct": ["named_struct('x', 1, 'y', 'b')", "CAST(NULL AS STRUCT<x: INT, y: STRING>)"],
    "map": ["map('a', 1)", "map('k', CAST(NULL AS INT), 'a', 3)", "CAST(NULL AS MAP<STRING, INT>)"],
}
# Kinds that Spark casts to each kind; no bytes to texts, which must be UTF-8 in DuckDB; no texts to intervals, which raise without ANSI where the optimizer left them.
CASTABLE = {
    **{kind: ["int", "bigint", "double", "decimal", "string", "boolean", "smallint", "float", "timestamp"] for kind in ("int", "bigint", "double", "decimal", "smallint", "float")},
    **{kind: ["date", "timestamp", "ntz", "string"] for kind in ("date", "ntz")},
    "timestamp": ["date", "timestamp", "ntz", "string", "boolean", "smallint"], "string": [kind for kind in TYPES if kind != "binary"], "boolean": ["int", "bigint", "double", "decimal", "string", "boolean", "smallint", "float", "timestamp"],
    "binary": ["string", "binary", "int", "bigint", "smallint"], "ds": ["ds", "int"], "ym": ["ym", "int"], "array": ["array"], "struct": ["struct"], "map": ["map"],
}
# Whole numbers that make arguments odd.
ODD = ["0", "-1", "1", "3", "-2", "7", "2147483647", "-2147483648"]
NUMBERS = ("int", "bigint", "double", "decimal", "smallint", "float")
ORDERED = ["int", "bigint", "double", "decimal", "string", "boolean", "date", "timestamp", "smallint", "float", "binary", "ntz", "ds"]
SELECTED = [*ORDERED, "array", "struct", "map"]  # not `ym`, which no client of 3.5 can hold
NOT_DATES = ["int", "bigint", "double", "decimal", "string", "boolean"]


def setup():
    """Gives the statements that make the tables, the same on both sides."""
    for name, (columns, rows) in TABLES.items():
        casts = ", ".join(f"CAST({column} AS {TYPES[kind]}) AS {column}" for column, kind in columns.items())
        yield f"CREATE OR REPLACE TEMPORARY VIEW {name} AS SELECT {casts} FROM VALUES {', '.join(rows)} AS v({', '.join(columns)})"
