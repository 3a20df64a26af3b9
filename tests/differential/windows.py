"""Window functions over frames.

`{key}` is a column, `{all}` an order in which no two rows that differ are equal, `{rows}` a frame in rows,
`{span}` one in values. Only functions that do not see the order of equal rows stand over `{span}`.
Keys of a RANGE frame stay small: where key + distance leaves the key's type, Spark wraps around and goes on
with the rows that earlier frames left in its buffer; ours are the frames as written (known_gaps.yaml).
"""

ROWS = [
    "ROWS BETWEEN 1 PRECEDING AND CURRENT ROW", "ROWS BETWEEN UNBOUNDED PRECEDING AND 1 FOLLOWING", "ROWS BETWEEN 2 PRECEDING AND 1 PRECEDING", "ROWS BETWEEN 1 FOLLOWING AND 2 FOLLOWING",
    "ROWS BETWEEN CURRENT ROW AND UNBOUNDED FOLLOWING", "ROWS UNBOUNDED PRECEDING", "ROWS 2 PRECEDING", "ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING", "ROWS BETWEEN 1 PRECEDING AND 1 FOLLOWING",
    "ROWS BETWEEN CURRENT ROW AND CURRENT ROW", "ROWS BETWEEN -1 FOLLOWING AND 3 FOLLOWING", "ROWS BETWEEN UNBOUNDED PRECEDING AND 2 PRECEDING", "ROWS BETWEEN 2 FOLLOWING AND UNBOUNDED FOLLOWING",
]
NUMBER_SPANS = ["1 PRECEDING AND 1 FOLLOWING", "UNBOUNDED PRECEDING AND 2 FOLLOWING", "2 PRECEDING AND 1 PRECEDING", "1 FOLLOWING AND 3 FOLLOWING", "CURRENT ROW AND UNBOUNDED FOLLOWING", "0 PRECEDING AND CURRENT ROW",
                "3 PRECEDING AND UNBOUNDED FOLLOWING", "UNBOUNDED PRECEDING AND CURRENT ROW", "CURRENT ROW AND CURRENT ROW"]
TIME_SPANS = ["INTERVAL '1' {unit} PRECEDING AND CURRENT ROW", "INTERVAL '2' {unit} PRECEDING AND INTERVAL '1' {unit} FOLLOWING", "CURRENT ROW AND INTERVAL '3' {unit} FOLLOWING",
              "UNBOUNDED PRECEDING AND INTERVAL '1' {unit} PRECEDING", "INTERVAL '1' {unit} FOLLOWING AND UNBOUNDED FOLLOWING"]
# What is ordered by → the spans that go with it. Dates near year 1 or 9999 have no neighbours either way.
SPANS = {
    "({int}) % 10": NUMBER_SPANS, "({bigint}) % 100": NUMBER_SPANS, "({smallint}) % 7S": NUMBER_SPANS, "{double}": NUMBER_SPANS, "CAST({decimal} % 100 AS DECIMAL(10,2))": NUMBER_SPANS,
    "{date}": [span.replace("{unit}", "MONTH") for span in TIME_SPANS] + ["1 PRECEDING AND 1 FOLLOWING"],
    "{timestamp}": [span.replace("{unit}", unit) for span in TIME_SPANS for unit in ("DAY", "MONTH", "HOUR")],
    "{ntz}": [span.replace("{unit}", unit) for span in TIME_SPANS for unit in ("MINUTE", "YEAR")],
}
FRAMED = [
    "sum({int})", "count({scalar})", "min({scalar})", "max({scalar})", "avg({decimal})", "sum({decimal})", "count(*)", "avg({int})", "bool_or({boolean})", "count_if({boolean})", "bit_and({int})", "try_sum({int})",
    "sum({smallint})", "max({struct})", "sum({ds})", "every({boolean})",
]
ORDERED_FRAMED = [
    "first_value({scalar})", "last_value({scalar})", "first_value({int}) IGNORE NULLS", "last_value({string}) IGNORE NULLS", "nth_value({int}, 2)", "nth_value({string}, 3) IGNORE NULLS", "first({int}, true)", "last({array})",
    "collect_list({int})", "array_agg({string})", "last({struct}, true)",
]
RANKED = [
    "row_number()", "ntile(2)", "ntile(3)", "lag({scalar})", "lead({scalar})", "lag({int}, 2)", "lead({int}, 2, -1)", "lag({int}, 1, 0) IGNORE NULLS", "lead({string}) IGNORE NULLS", "lag({int}, -1)", "lead({array}, 0)", "lag({struct})",
    "lag({decimal}, 1, 0.5BD)", "rank()", "cume_dist()",
]
WINDOWS = [
    *[f"{call} OVER (PARTITION BY {{key}} ORDER BY {{all}} {{rows}})" for call in (*FRAMED[:6], *ORDERED_FRAMED)],
    *[f"{call} OVER (ORDER BY {{all}} {{rows}})" for call in (*FRAMED, *ORDERED_FRAMED)],
    *[f"{call} OVER ({{span}})" for call in FRAMED], *[f"{call} OVER (PARTITION BY {{key}} {{span}})" for call in FRAMED[:8]],
    *[f"{call} OVER (ORDER BY {{all}})" for call in (*RANKED, *ORDERED_FRAMED)], *[f"{call} OVER (PARTITION BY {{key}} ORDER BY {{all}})" for call in RANKED],
    *[f"{call} OVER (ORDER BY {{key}} {order})" for call in ("rank()", "dense_rank()", "percent_rank()", "cume_dist()", "max({scalar})", "count_if({boolean})") for order in ("DESC", "NULLS LAST", "DESC NULLS FIRST")],
    "dense_rank() OVER (PARTITION BY {key} ORDER BY {key} DESC)", "count({scalar}) OVER (PARTITION BY {key})", "avg({int}) OVER ()", "max({scalar}) OVER (PARTITION BY {key}, {key})", "max_by({int}, struct({all})) OVER (PARTITION BY {key})",
    "row_number() OVER (ORDER BY {all}) + rank() OVER (ORDER BY {key})", "sum({int}) OVER (PARTITION BY {key}) / count(*) OVER ()", "min_by({string}, struct({all})) OVER ()", "percentile({int}, 0.5) OVER (PARTITION BY {key})",
]
