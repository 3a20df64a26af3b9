#!/usr/bin/env python3
"""Function × edge value, cast pair × mode, operator × types → tests/golden/edge/*.test, answered by a real Spark.

    scripts/edge_cases.py [--only REGEX]          (needs a JDK 17)

A real Spark 3.5.7 tells which functions there are and what its own examples call; here each literal of
an example is replaced in turn by the edges of its kind. Spark is also asked which cases end in an
error: those stand alone, the others share a statement, so that no error hides another case.
"""
import argparse
import hashlib
import importlib.util
import itertools
import logging
import os
import pathlib
import re
import shlex
import sys
import tempfile
import warnings

ROOT = pathlib.Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT / "tests"), str(ROOT / "tests/first_hour")]

import golden_file  # noqa: E402
import golden_run  # noqa: E402
from classic_spark import INTERPRETED, classic_session  # noqa: E402
from places import environment, java_home  # noqa: E402

EDGE = golden_file.HOME / "edge"
PACK = 9  # cases in one statement
CASES_OF_A_FUNCTION = 9
CASES_ALONE = 3  # of an example that cannot share a statement
ERRORS_OF_A_FUNCTION = 2  # with different conditions
# What PySpark raises where it cannot hold a value, an interval or a year beyond 9999.
HOLDERS = ("OverflowError", "ValueError", "TypeError", "UnsupportedOperationException", "PySparkNotImplementedError", "PySparkValueError", "KeyError")
ZONE = "SET spark.sql.session.timeZone = America/Los_Angeles"

# Their answers depend on the run, the machine or the order of work, or need files of their own.
UNSTABLE = set(
    "current_catalog current_database current_schema current_date curdate current_timestamp current_timezone current_user "
    "input_file_block_length input_file_block_start input_file_name java_method localtimestamp monotonically_increasing_id "
    "now rand randn random reflect shuffle spark_partition_id unix_timestamp to_unix_timestamp user uuid version aes_encrypt "
    "collect_set mode session_window window window_time from_avro try_reflect session_user".split()
)
# A large count would ask for gigabytes.
COUNTED = set("array_repeat lpad range repeat rpad sequence space".split())

INTEGERS = ["NULL", "0", "-1", "2147483647", "-2147483648", "9223372036854775807L", "2.5D", "double('NaN')", "'x'"]
COUNTS = ["NULL", "0", "-1", "3", "2.5D", "'x'"]
FRACTIONS = [
    "NULL", "0.0", "-0.0D", "double('NaN')", "double('-Infinity')", "99999999999999999999999999999999999999",
    "0.00000000000000000000000000000000000001", "1.7976931348623157E308D", "float('1.1')", "-7",
]
TEXTS = ["NULL", "''", "'ß😀é'", "'  a,B '", "'0'"]
DATE_TEXTS = ["NULL", "''", "'1582-10-10'", "'0001-01-01'", "'9999-12-31'", "'2024-02-29'", "'2024-03-10 02:30:00'", "'2023-02-29'"]
NUMBER_TEXTS = ["NULL", "''", "'-0.0'", "'NaN'", "'9223372036854775808'", "'1e3'", "' 7 '"]
DATES = ["NULL", "DATE'1582-10-04'", "DATE'0001-01-01'", "DATE'9999-12-31'", "DATE'2024-02-29'"]
TIMES = [
    "NULL", "TIMESTAMP'1582-10-04 23:59:59.999999'", "TIMESTAMP'0001-01-01 00:00:00'", "TIMESTAMP'9999-12-31 23:59:59.999999'",
    "TIMESTAMP'2024-03-10 02:30:00'", "TIMESTAMP'2024-11-03 01:30:00'", "TIMESTAMP_NTZ'2024-03-10 02:30:00'",
]
INTERVALS = ["NULL", "INTERVAL '0' DAY", "INTERVAL '-1' MONTH", "INTERVAL '-1 00:00:00.000001' DAY TO SECOND"]
BYTES = ["NULL", "X''", "X'00FF'"]

LITERAL = re.compile(
    r"(?P<date>\bDATE\s*'[^']*')|(?P<time>\bTIMESTAMP(?:_NTZ|_LTZ)?\s*'[^']*')|(?P<interval>\bINTERVAL\s*(?:'[^']*'|\d+)(?:\s+\w+)?(?:\s+TO\s+\w+)?)"
    r"|(?P<bytes>\bX'[0-9a-f]*')|(?P<text>'(?:[^'\\]|\\.)*')|(?P<fraction>(?<![\w.])-?\d+\.\d+(?:[ED]\w*)?)|(?P<integer>(?<![\w.])-?\d+L?(?![\w.]))"
    r"|(?P<flag>\b(?:true|false)\b)",
    re.I,
)

# The columns that every one-argument function meets, by type.
COLUMNS = {
    "TINYINT": ["0Y", "-1Y", "127Y", "-128Y"],
    "SMALLINT": ["0S", "-1S", "32767S", "-32768S"],
    "INT": ["0", "-1", "2147483647", "-2147483648"],
    "BIGINT": ["0L", "-1L", "9223372036854775807L", "-9223372036854775808L"],
    "FLOAT": ["0F", "float('-0.0')", "1.1F", "float('NaN')", "float('Infinity')", "-3.4028234E38F", "1.4E-45F"],
    "DOUBLE": ["0D", "-0.0D", "0.1D", "-2.5D", "double('NaN')", "double('-Infinity')", "1.7976931348623157E308D", "4.9E-324D"],
    "DECIMAL(10,2)": ["0.00BD", "-0.01BD", "99999999.99BD", "-2.50BD"],
    "DECIMAL(38,0)": ["0", "99999999999999999999999999999999999999", "-99999999999999999999999999999999999999"],
    "DECIMAL(38,38)": ["0.00000000000000000000000000000000000001", "-0.99999999999999999999999999999999999999"],
    "STRING": ["''", "' 12 '", "'-1.5e2'", "'ß😀é'", "'true'", "'2024-02-29'", "'1582-10-04 12:34:56.7'", "'NaN'", "'2024-03-10 02:30:00'"],
    "BINARY": ["X''", "X'00C3A9'", "X'3132'"],
    "BOOLEAN": ["true", "false"],
    "DATE": ["DATE'1970-01-01'", "DATE'0001-01-01'", "DATE'1582-10-15'", "DATE'9999-12-31'", "DATE'2024-02-29'"],
    "TIMESTAMP": [
        "TIMESTAMP'1970-01-01 00:00:00'", "TIMESTAMP'0001-01-01 00:00:00'", "TIMESTAMP'1582-10-15 00:00:00.000001'",
        "TIMESTAMP'9999-12-31 23:59:59.999999'", "TIMESTAMP'2024-03-10 02:30:00'",
    ],
    "TIMESTAMP_NTZ": ["TIMESTAMP_NTZ'1970-01-01 00:00:00'", "TIMESTAMP_NTZ'0001-01-01 00:00:00'", "TIMESTAMP_NTZ'2024-03-10 02:30:00.123456'"],
    "INTERVAL YEAR TO MONTH": ["INTERVAL '0-0' YEAR TO MONTH", "INTERVAL '-178956970-8' YEAR TO MONTH", "INTERVAL '1-11' YEAR TO MONTH"],
    "INTERVAL DAY TO SECOND": ["INTERVAL '0 00:00:00' DAY TO SECOND", "INTERVAL '-1 00:00:00.000001' DAY TO SECOND", "INTERVAL '106751991 04:00:54.775807' DAY TO SECOND"],
    "ARRAY<INT>": ["array()", "array(1, NULL, -1)", "array(2147483647)"],
    "MAP<STRING,INT>": ["map()", "map('a', 1, 'b', NULL)"],
    "STRUCT<a:INT,b:STRING>": ["named_struct('a', 1, 'b', 'x')", "named_struct('a', NULL, 'b', '')"],
}
TARGETS = [*COLUMNS, "INTERVAL", "VOID"]
ARITHMETIC = ["TINYINT", "INT", "BIGINT", "FLOAT", "DOUBLE", "DECIMAL(10,2)", "DECIMAL(38,0)", "DECIMAL(38,38)", "STRING", "DATE", "TIMESTAMP",
              "INTERVAL YEAR TO MONTH", "INTERVAL DAY TO SECOND"]
OPERATORS = ["a + b", "a - b", "a * b", "a / b", "a % b", "a div b", "a = b", "a < b", "a <=> b", "coalesce(a, b)", "greatest(a, b)", "nullif(a, b)"]


def edges_of(kind, text, function):
    """Gives the edge values that stand in for a literal of an example."""
    if kind == "text":
        body = text.strip("'")
        if re.match(r"^\d{4}-\d\d-\d\d", body):
            return DATE_TEXTS
        if re.match(r"^-?[\d.]+$", body):
            return NUMBER_TEXTS
        return TEXTS
    if kind == "integer":
        return COUNTS if function in COUNTED else INTEGERS
    if kind == "flag":
        return ["NULL", "false" if text.lower() == "true" else "true"]
    return {"fraction": FRACTIONS, "date": DATES, "time": TIMES, "interval": INTERVALS, "bytes": BYTES}[kind]


def order(text):
    """Spreads cases evenly and in the same order in every run."""
    return hashlib.md5(text.encode()).hexdigest()


def variants(sql, function):
    """Gives the example with each literal replaced in turn by each edge."""
    made = []
    for found in LITERAL.finditer(sql):
        before = sql[: found.start()]
        if re.search(r"\bAS\s+\w*$", before, re.I):
            continue
        for edge in edges_of(found.lastgroup, found.group(), function):
            changed = before + edge + sql[found.end() :]
            if changed != sql:
                made.append(changed)
    return sorted(dict.fromkeys(made), key=order)


def examples(description):
    """Gives the statements among a function's documented examples."""
    return [line.strip()[2:].rstrip("; ") for line in description.split("\n") if line.strip().startswith("> SELECT")]


class Oracle:
    """A classic session of a real Spark 3.5.7 in this process: the outcome of a statement, asked once."""

    def __init__(self, root):
        base = classic_session(root, 1, INTERPRETED)
        base.sparkContext.setLogLevel("OFF")
        self.session = base.newSession()
        self.outcomes = {}

    def rows(self, sql):
        return self.session.sql(sql).collect()

    def outcome(self, sql):
        if sql not in self.outcomes:
            statement = golden_file.Statement("", ["# ordered"] if is_ordered(sql) else [], sql, None)
            seen = golden_run.answer(self.session, statement)
            if seen.get("error", {}).get("class") in ("ConnectionRefusedError", "Py4JNetworkError"):
                raise RuntimeError("the Spark of this process is gone")
            self.outcomes[sql] = seen
        return self.outcomes[sql]

    def failure(self, sql):
        """Gives None for an answer, "client" where only PySpark fails to hold it, else the condition."""
        outcome = self.outcome(sql)
        error = outcome.get("error")
        if error is None:  # the 4.2 client cannot hold intervals of months
            return "client" if any(re.search(r"interval (year|month)", kind) for _, kind, _ in outcome["columns"]) else None
        if error["class"] in HOLDERS and "condition" not in error:
            return "client"
        return error.get("condition") or "task"

    def sort_out(self, cases, make=lambda cases: "SELECT " + ", ".join(cases)):
        """Gives the cases that answer, and (case, condition) of those that do not, asking in bulk."""
        if not cases:
            return [], []
        condition = self.failure(make(cases))
        if condition is None:
            return list(cases), []
        if len(cases) == 1:
            if condition == "client":
                text = f"CAST({cases[0]} AS STRING)"
                return ([text], []) if self.failure(make([text])) is None else ([], [])
            return [], [(cases[0], condition)]
        half = len(cases) // 2
        good, bad = self.sort_out(cases[:half], make)
        more, worse = self.sort_out(cases[half:], make)
        return good + more, bad + worse


def is_ordered(sql):
    """Rows over VALUES keep their order, and so show which value gave which."""
    return " FROM VALUES " in sql and "GROUP BY" not in sql and " OVER " not in sql


def packed(cases, make, size=PACK):
    return [make(cases[i : i + size]) for i in range(0, len(cases), size)]


def few_errors(bad, limit):
    """Keeps errors of different conditions only."""
    kept = {}
    for case, condition in bad:
        kept.setdefault(condition, case)
    return [case for case in list(kept.values())[:limit]]


def function_statements(oracle, name, description, most):
    """Gives the statements for one function, from so many of its examples."""
    select, alone = [], []
    for sql in examples(description)[:most]:
        body = sql[len("SELECT ") :]
        (alone if re.search(r"\bFROM\b|\bexplode|\bposexplode|\binline|\bstack\b|json_tuple|parse_url_tuple", sql, re.I) and "EXTRACT" not in sql.upper() else select).append(body)
    shares = max(1, CASES_OF_A_FUNCTION // max(1, len(select) + len(alone)))
    cases = [c for body in select for c in [body, *variants(body, name)[:shares]]]
    made = []
    cases = list(dict.fromkeys(cases))
    good, bad = [], []
    for i in range(0, len(cases), PACK):
        more, worse = oracle.sort_out(cases[i : i + PACK])
        good, bad = good + more, bad + worse
    made += packed(good, lambda some: "SELECT " + ", ".join(some))
    errors = few_errors(bad, ERRORS_OF_A_FUNCTION)
    for body in alone:
        failed = []
        for case in dict.fromkeys([body, *variants(body, name)[: min(shares, CASES_ALONE)]]):
            condition = oracle.failure("SELECT " + case)
            if condition is None:
                made.append("SELECT " + case)
            elif condition != "client" and "INLINE_TABLE" not in condition:
                failed.append((case, condition))
        errors += few_errors(failed, 1)
    return made + ["SELECT " + case for case in errors]


def table(kind):
    """Gives a relation of one column x with the edges of a type and NULL."""
    return "VALUES " + ", ".join(f"({v})" for v in [*COLUMNS[kind], "NULL"]) + " AS t(x)"


def column_statements(oracle, functions):
    """Every function of one argument over a column of every type, in each statement the calls that answer."""
    made = []
    for kind in ("DOUBLE", "STRING", "DECIMAL(38,0)", "BIGINT", "TIMESTAMP", "DATE", "BINARY"):
        def make(cases, kind=kind):
            return f"SELECT {', '.join(cases)} FROM {table(kind)}"

        scalars = [f"{name}(x)" for name, group in functions if group == "scalar"]
        aggregates = [f"{name}(x)" for name, group in functions if group == "aggregate"]
        for calls in (scalars, aggregates):
            good = []
            for i in range(0, len(calls), 16):
                good += oracle.sort_out(calls[i : i + 16], make)[0]
            made += packed(good, make)
    return made


def cast_statements(oracle, ansi):
    """Every pair of types: CAST without ANSI over a column; under ANSI each value by itself, and TRY_CAST."""
    made = []
    word = "TRY_CAST" if ansi == "try" else "CAST"
    for kind, values in COLUMNS.items():
        targets = [t for t in TARGETS if t != kind]
        if ansi != "on":
            def make(cases, kind=kind):
                return f"SELECT {', '.join(cases)} FROM {table(kind)}"

            good, bad = oracle.sort_out([f"{word}(x AS {t})" for t in targets], make)
            made += packed(good, make, 6)
            if ansi == "off":
                made += [make([case]) for case in few_errors(bad, 1)]
            continue
        fine, failing = [], []
        for target in targets:
            good, bad = oracle.sort_out([f"CAST({v} AS {target})" for v in values])
            fine += good
            failing += [case for case, condition in bad[:1] if "DATATYPE_MISMATCH" not in condition]
        made += packed(fine, lambda some: "SELECT " + ", ".join(some), 16)
        made += ["SELECT " + case for case in failing]
    return made


def operator_statements(oracle):
    """Every operator between columns of every two types."""
    made = []
    for left, right in itertools.combinations_with_replacement(ARITHMETIC, 2):
        pairs = list(itertools.product([*COLUMNS[left][:4], "NULL"], [*COLUMNS[right][1:4], "NULL"]))
        chosen = sorted(pairs, key=lambda pair: order(str(pair)))[:7]

        def make(cases, chosen=chosen):
            return f"SELECT {', '.join(cases)} FROM VALUES {', '.join(f'({a}, {b})' for a, b in chosen)} AS t(a, b)"

        good, bad = oracle.sort_out(OPERATORS, make)
        made += packed(good, make, 12)
    return made


class Descriptions(dict):
    """What Spark says about a function, asked when it is needed."""

    def __init__(self, oracle):
        self.oracle = oracle

    def __missing__(self, name):
        self[name] = "\n".join(row[0] for row in self.oracle.rows(f"DESCRIBE FUNCTION EXTENDED `{name}`"))
        return self[name]


class Recorder:
    """Writes one golden file after the other with the answers that the oracle gave."""

    def __init__(self, oracle):
        self.oracle = oracle

    def write(self, name, comment, statements, first=(ZONE,)):
        kept = []
        for sql in dict.fromkeys([*first, *statements]):
            outcome = self.oracle.outcome(sql)
            if outcome.get("error", {}).get("class") in (*HOLDERS, "Py4JJavaError") or self.oracle.failure(sql) == "client":
                continue  # the client's own, or a failed task, which a classic session tells otherwise
            kept.append(golden_file.Statement("", ["# ordered"] if is_ordered(sql) else [], sql, outcome))
        EDGE.mkdir(parents=True, exist_ok=True)
        golden_file.write(EDGE / f"{name}.test", [[f"# {comment}"]], kept)
        print(f"{name}: {len(kept)} statements", flush=True)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--only", default="", help="regular expression over the names of the files (default: all)")
    parser.add_argument("--examples", type=int, default=9, help="how many examples of a function are taken (default: all)")
    options = parser.parse_args()
    if importlib.util.find_spec("pyspark") is None:  # inside the client's environment
        java = ["--driver-java-options", "-XX:TieredStopAtLevel=1", "pyspark-shell"]
        variables = {"JAVA_HOME": java_home(), "PYTHONDONTWRITEBYTECODE": "1", "PYSPARK_SUBMIT_ARGS": shlex.join(java)}
        os.execve(environment("py35"), [environment("py35"), *sys.argv], {**os.environ, **variables})
    logging.disable(logging.CRITICAL)
    warnings.filterwarnings("ignore")
    oracle = Oracle(tempfile.mkdtemp(prefix="edge."))
    oracle.rows(ZONE)
    wanted = re.compile(options.only)
    write = Recorder(oracle).write

    if wanted.search("cast_plain"):
        write("cast_plain", "Every pair of types, ANSI off.", cast_statements(oracle, "off"))
    if wanted.search("cast_try"):
        write("cast_try", "Every pair of types, TRY_CAST.", cast_statements(oracle, "try"))
    ansi = "SET spark.sql.ansi.enabled = true"
    if wanted.search("cast_ansi"):
        oracle.rows(ansi)
        oracle.outcomes.clear()
        write("cast_ansi", "Every pair of types, ANSI on, each value by itself.", cast_statements(oracle, "on"), [ZONE, ansi])
        oracle.rows("SET spark.sql.ansi.enabled = false")
        oracle.outcomes.clear()
    names = [row[0] for row in oracle.rows("SHOW FUNCTIONS")]
    names = [n for n in names if n not in UNSTABLE]
    described = Descriptions(oracle)
    if wanted.search("columns"):
        functions = [(n, kind) for n in names if (kind := one_argument(n, described[n]))]
        write("columns", "Every function of one argument over a column of edge values of every type.", column_statements(oracle, functions))
    for initial in sorted({n[0] if n[0].isalpha() else "operator" for n in names}):
        name = f"function_{initial}" if len(initial) == 1 else "example_operator"
        if wanted.search(name):
            statements = [s for n in sorted(names) if (n[0] if n[0].isalpha() else "operator") == initial
                          for s in function_statements(oracle, n, described[n], options.examples)]
            write(name, "Spark's own examples with edge values in the place of their literals.", statements)
    if wanted.search("operators"):
        write("operators", "Every operator between columns of every two types.", operator_statements(oracle))
    os._exit(0)  # the 3.5 client's threads may keep the process


def one_argument(name, description):
    """Says whether a function can be called with one argument, and which kind it is."""
    if not re.fullmatch(r"[a-z]\w*", name) or name in ("explode", "explode_outer", "posexplode", "posexplode_outer", "inline", "inline_outer"):
        return None
    usage = re.search(rf"\b{re.escape(name)}\((\w+)\)", description)
    if not usage or name in ("not", "grouping", "grouping_id", "cume_dist", "raise_error", "approx_percentile", "space"):
        return None
    aggregate = re.search(r"\.aggregate\.", description)
    return "aggregate" if aggregate else "scalar"


if __name__ == "__main__":
    main()
