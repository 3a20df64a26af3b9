#!/usr/bin/env python3
"""Functions that Grebe computes itself, each beside DuckDB's nearest → nanoseconds of CPU a row, and their ratio.

  kernels.py [--binary build/grebe] [--rows 1000000] [--repetitions 3] [--only WORD] [--json FILE]

Both engines read the same Parquet file and answer `SELECT max(f(x))`, in turn; what `max(x)` alone takes is subtracted.
A function over five times DuckDB's is named at the end with what it does that DuckDB's does not. The exit code is 1 when
one fails, or exceeds the limit without a reason here.
"""
import argparse
import json
import os
import pathlib
import statistics
import sys
import tempfile
import time

from tpcds import ROOT, Duckdb, Grebe, environment

LIMIT = 5.0
LEAST = 2.0  # ns a row: less is noise, not a function
DATA = """
COPY (SELECT i::INTEGER AS i, (i * 7919 % 1000003)::BIGINT AS l, (i % 1000)::INTEGER AS k, (i * 0.37)::DOUBLE AS d, (i % 997 / 997.0)::DOUBLE AS u,
             (i % 100000 / 100.0)::DECIMAL(12, 2) AS m, 'Name ' || i || ' of customer' AS s, (i % 100000)::VARCHAR AS n,
             'key' || (i % 10) || '=value,' || i AS kv, DATE '1800-01-01' + (i % 100000)::INTEGER AS dt, TIMESTAMP '1992-01-01 00:00:00' + INTERVAL (i * 37) SECOND AS ts,
             [i % 10, i % 7, i % 3]::INTEGER[] AS a, '{"a": ' || i || ', "b": {"c": "x"}}' AS j, encode('Name ' || i) AS b
      FROM range(ROWS) t(i)) TO 'FILE'
"""
# group, the column that is read, Spark's expression, DuckDB's, and why it may take longer.
JAVA = "Java's own algorithm, to the last bit"
CASES = [
    ("math", "d", "sqrt(d)", "sqrt(d)", ""), ("math", "d", "exp(u)", "exp(u)", JAVA), ("math", "d", "ln(d + 1)", "ln(d + 1)", ""), ("math", "d", "log10(d + 1)", "log10(d + 1)", ""),
    ("math", "d", "sin(d)", "sin(d)", ""), ("math", "d", "cos(d)", "cos(d)", ""), ("math", "d", "tan(u)", "tan(u)", ""), ("math", "d", "asin(u)", "asin(u)", ""),
    ("math", "d", "sinh(u)", "sinh(u)", JAVA), ("math", "d", "cbrt(d)", "cbrt(d)", JAVA), ("math", "d", "pow(u, 3)", "pow(u, 3)", JAVA), ("math", "d", "rint(d)", "round_even(d, 0)", ""),
    ("math", "d", "signum(d)", "sign(d)", ""), ("math", "d", "round(d, 1)", "round(d, 1)", "rounds the digits that Java prints, HALF_UP"), ("math", "d", "bround(d, 1)", "round_even(d, 1)", "as round"),
    ("math", "l", "round(l, -2)", "round(l, -2)", ""), ("math", "l", "pmod(l, 97)", "l % 97", ""), ("math", "d", "d % 7", "d % 7", ""), ("math", "i", "i + k", "i + k", ""), ("math", "i", "i * 3", "i * 3", ""),
    ("math", "l", "l div 7", "l // 7", ""), ("math", "i", "abs(i - 500)", "abs(i - 500)", ""), ("math", "i", "-i", "-i", ""), ("math", "i", "shiftleft(i, 2)", "i << 2", ""), ("math", "l", "conv(n, 10, 16)", "hex(n::BIGINT)", ""),
    ("math", "k", "factorial(k % 15)", "factorial(k % 15)", ""), ("math", "d", "width_bucket(d, 0D, 1000D, 20)", "floor(d / 50)", ""), ("math", "d", "hypot(d, u)", "sqrt(d * d + u * u)", "without overflow in between"),
    ("decimal", "m", "m + 1.5BD", "m + 1.5", ""), ("decimal", "m", "m * m", "m * m", ""), ("decimal", "m", "m / 7.5BD", "m / 7.5", "exact decimal digits, where DuckDB gives a double"), ("decimal", "m", "round(m, 1)", "round(m, 1)", ""),
    ("decimal", "m", "m % 7.5BD", "m % 7.5", ""), ("decimal", "m", "CAST(m AS DECIMAL(20, 4))", "m::DECIMAL(20, 4)", ""), ("decimal", "d", "CAST(d AS DECIMAL(20, 4))", "d::DECIMAL(20, 4)", "by the double's shortest digits"),
    ("cast", "d", "CAST(d AS STRING)", "d::VARCHAR", "Java's digits"), ("cast", "i", "CAST(i AS STRING)", "i::VARCHAR", ""), ("cast", "n", "CAST(n AS INT)", "try_cast(n AS INTEGER)", ""), ("cast", "n", "CAST(n AS DOUBLE)", "try_cast(n AS DOUBLE)", ""),
    ("cast", "n", "CAST(n AS DECIMAL(10, 2))", "try_cast(n AS DECIMAL(10, 2))", ""), ("cast", "ts", "CAST(ts AS STRING)", "ts::VARCHAR", "in the session's zone"), ("cast", "dt", "CAST(dt AS STRING)", "dt::VARCHAR", ""), ("cast", "m", "CAST(m AS STRING)", "m::VARCHAR", ""),
    ("cast", "dt", "CAST(CAST(dt AS STRING) AS DATE)", "dt::VARCHAR::DATE", "a year alone and a trailing time are dates too"), ("cast", "ts", "CAST(CAST(ts AS STRING) AS TIMESTAMP)", "ts::VARCHAR::TIMESTAMP", "zones, partial dates and times"),
    ("text", "s", "upper(s)", "upper(s)", ""), ("text", "s", "lower(s)", "lower(s)", ""), ("text", "s", "initcap(s)", "upper(s)", "word by word, DuckDB has none"), ("text", "s", "substring(s, 3, 5)", "substring(s, 3, 5)", ""), ("text", "s", "length(s)", "length(s)", ""),
    ("text", "s", "substring_index(s, ' ', 2)", "split_part(s, ' ', 1)", ""), ("text", "s", "split_part(s, ' ', 2)", "split_part(s, ' ', 2)", ""), ("text", "s", "lpad(s, 30, '*')", "lpad(s, 30, '*')", ""), ("text", "s", "rpad(s, 30, '*')", "rpad(s, 30, '*')", ""),
    ("text", "s", "locate('cust', s)", "instr(s, 'cust')", ""), ("text", "s", "instr(s, 'cust')", "instr(s, 'cust')", ""), ("text", "s", "replace(s, 'cust', 'x')", "replace(s, 'cust', 'x')", ""), ("text", "s", "translate(s, 'aeo', '123')", "translate(s, 'aeo', '123')", ""),
    ("text", "s", "reverse(s)", "reverse(s)", ""), ("text", "s", "trim(s)", "trim(s)", ""), ("text", "s", "concat(s, n)", "s || n", ""), ("text", "s", "overlay(s PLACING 'xx' FROM 3)", "substring(s, 1, 2) || 'xx' || substring(s, 5)", "positions as boxed values"),
    ("text", "s", "levenshtein(s, 'Name 12 of x')", "levenshtein(s, 'Name 12 of x')", ""), ("text", "s", "soundex(s)", "left(upper(s), 4)", "DuckDB has none"), ("text", "n", "find_in_set(n, '1,22,333')", "list_position(['1', '22', '333'], n)", ""),
    ("text", "d", "format_number(d, 2)", "format('{:,.2f}', d)", ""), ("text", "s", "format_string('%s-%d', s, i)", "printf('%s-%d', s, i)", "Java's conversions, arguments as texts"), ("text", "s", "ascii(s)", "ascii(s)", ""), ("text", "k", "chr(k % 256)", "chr(k % 127 + 1)", ""),
    ("text", "s", "mask(s)", "regexp_replace(s, '[a-z]', 'x', 'g')", ""), ("text", "s", "max(size(split(s, ' ')))", "max(len(string_split_regex(s, ' ')))", ""), ("text", "s", "char_length(repeat(s, 3))", "length(repeat(s, 3))", ""),
    ("pattern", "s", "s LIKE '%99%'", "s LIKE '%99%'", ""), ("pattern", "s", "s LIKE 'Name%'", "s LIKE 'Name%'", ""), ("pattern", "s", "s LIKE '_ame%o_r'", "s LIKE '_ame%o_r'", ""), ("pattern", "s", "s ILIKE '%CUST%'", "s ILIKE '%CUST%'", ""),
    ("pattern", "s", "s RLIKE '[0-9]{3}'", "regexp_matches(s, '[0-9]{3}')", "Java's expressions need a backtracking engine"), ("pattern", "s", "regexp_replace(s, '[aeiou]', '#')", "regexp_replace(s, '[aeiou]', '#', 'g')", "as RLIKE"),
    ("pattern", "s", "regexp_extract(s, '([0-9]+)', 1)", "regexp_extract(s, '([0-9]+)', 1)", "as RLIKE"), ("pattern", "s", "regexp_count(s, 'm')", "len(regexp_extract_all(s, 'm'))", ""), ("pattern", "s", "max(size(regexp_extract_all(s, '([a-z])', 1)))", "max(len(regexp_extract_all(s, '([a-z])', 1)))", ""),
    ("hash", "s", "hash(s)", "hash(s)", "Spark's murmur3, byte by byte at the tail"), ("hash", "l", "hash(l)", "hash(l)", "Spark's murmur3 against a multiplication"), ("hash", "s", "xxhash64(s)", "hash(s)", ""), ("hash", "l", "xxhash64(l)", "hash(l)", "xxHash64 against a multiplication"),
    ("hash", "s", "md5(s)", "md5(s)", ""), ("hash", "s", "sha2(s, 256)", "sha256(s)", ""), ("hash", "b", "crc32(b)", "hash(b)", "CRC-32 against a multiplication"), ("hash", "b", "base64(b)", "base64(b)", ""), ("hash", "l", "hex(l)", "hex(l)", ""), ("hash", "b", "unhex(hex(b))", "unhex(hex(b))", ""),
    ("time", "dt", "year(dt)", "year(dt)", ""), ("time", "ts", "hour(ts)", "hour(ts)", "in the session's zone"), ("time", "ts", "date_trunc('HOUR', ts)", "date_trunc('hour', ts)", "in the session's zone"), ("time", "ts", "date_trunc('MONTH', ts)", "date_trunc('month', ts)", "in the session's zone"),
    ("time", "dt", "trunc(dt, 'MM')", "date_trunc('month', dt)", ""), ("time", "ts", "date_format(ts, 'yyyy-MM-dd HH:mm')", "strftime(ts, '%Y-%m-%d %H:%M')", "in the session's zone"), ("time", "dt", "add_months(dt, 3)", "dt + INTERVAL 3 MONTH", ""), ("time", "dt", "next_day(dt, 'MON')", "dt + 7", "DuckDB has none, and adding a number is next to nothing"),
    ("time", "ts", "to_timestamp(CAST(ts AS STRING), 'yyyy-MM-dd HH:mm:ss')", "strptime(ts::VARCHAR, '%Y-%m-%d %H:%M:%S')", ""), ("time", "dt", "make_date(k + 1000, 1, 1)", "make_date(k + 1000, 1, 1)", ""), ("time", "ts", "months_between(ts, TIMESTAMP'2000-01-01 00:00:00')", "datediff('month', TIMESTAMP '2000-01-01', ts)", "fractions of a month"),
    ("time", "ts", "from_utc_timestamp(ts, 'Asia/Tokyo')", "ts + INTERVAL 9 HOUR", "a zone's rules"), ("time", "ts", "ts + INTERVAL '1' DAY", "ts + INTERVAL 1 DAY", "in the session's zone"), ("time", "ts", "unix_timestamp(ts)", "epoch(ts)", ""),
    ("json", "j", "get_json_object(j, '$.b.c')", "json_extract_string(j, '$.b.c')", "leniently, as Jackson reads"), ("json", "j", "from_json(j, 'a INT').a", "(j::JSON->>'a')::INTEGER", "Spark's modes, types and malformed records"), ("json", "i", "to_json(named_struct('i', i, 's', s))", "to_json({'i': i, 's': s})::VARCHAR", "field by field, without those that are null"), ("json", "j", "json_array_length(j)", "json_array_length(j)", "leniently, as Jackson reads"),
    ("list", "a", "array_contains(a, 5)", "list_contains(a, 5)", ""), ("list", "a", "array_max(a)", "list_max(a)", ""), ("list", "a", "a[1]", "a[2]", ""), ("list", "a", "element_at(a, -1)", "a[-1]", ""), ("list", "a", "aggregate(a, 0, (x, y) -> x + y)", "list_sum(a)", "a lambda for each element"),
    ("list", "a", "max(size(array_distinct(a)))", "max(len(list_distinct(a)))", ""), ("list", "a", "max(size(transform(a, x -> x + 1)))", "max(len(list_transform(a, lambda x: x + 1)))", ""), ("list", "a", "max(size(sort_array(a)))", "max(len(list_sort(a)))", ""), ("list", "k", "max(size(sequence(1, k % 10 + 1)))", "max(len(generate_series(1, k % 10 + 1)))", "boxed values"),
    ("list", "a", "max(size(array_union(a, a)))", "max(len(list_distinct(a || a)))", ""), ("list", "a", "max(size(array_intersect(a, a)))", "max(len(list_intersect(a, a)))", ""), ("list", "a", "array_join(a, ',')", "array_to_string(a, ',')", ""), ("list", "kv", "max(size(str_to_map(kv, ',', '=')))", "max(len(string_split(kv, ',')))", "keys are checked for doubles"),
    ("aggregate", "d", "stddev_samp(d)", "stddev_samp(d)", ""), ("aggregate", "d", "corr(d, u)", "corr(d, u)", ""), ("aggregate", "d", "skewness(d)", "skewness(d)", ""), ("aggregate", "d", "regr_slope(d, u)", "regr_slope(d, u)", ""), ("aggregate", "k", "percentile(k, 0.5)", "quantile_cont(k, 0.5)", ""),
    ("aggregate", "l", "approx_count_distinct(l)", "approx_count_distinct(l)", ""), ("aggregate", "m", "sum(m)", "sum(m)", ""), ("aggregate", "m", "avg(m)", "avg(m)", ""), ("aggregate", "k", "hll_sketch_estimate(hll_sketch_agg(k))", "approx_count_distinct(k)", "DataSketches' own structure"),
    ("aggregate", "l", "sum(l)", "sum(l)", ""), ("aggregate", "k", "max_by(i, k)", "arg_max(i, k)", ""), ("aggregate", "k", "max(k)", "max(k)", ""),
]


class Timed(Grebe):
    """A server whose CPU is read in nanoseconds."""

    def used(self):
        return time.clock_gettime((~self.server.process.pid << 3) | 2)


def statement(text, group):
    return f"SELECT {text if group == 'aggregate' or text.startswith('max(') else f'max({text})'} AS x FROM t"


def spent(engine, text, repetitions):
    """Gives the least CPU of some runs, or an error."""
    seen = []
    for _ in range(repetitions):
        answer = engine.ask(text)
        if "error" in answer:
            return answer["error"]
        seen.append(answer["cpu"])
    return min(seen)


def measure(grebe, native, cases, rows, repetitions):
    bases, results = {}, []
    for group, column, spark, duckdb, reason in cases:
        counted = f"SELECT count({column}) AS x FROM t"
        if column not in bases:
            bases[column] = [statistics.median(spent(engine, counted, 1) for _ in range(repetitions)) for engine in (grebe, native)]
        line = {"group": group, "spark": spark, "duckdb": duckdb, "reason": reason}
        ours, theirs = spent(grebe, statement(spark, group), repetitions), spent(native, statement(duckdb, group), repetitions)
        failure = next((each for each in (ours, theirs) if isinstance(each, str)), None)
        if failure:
            line["error"] = failure
            print(f"{group:10} {spark:48.48} FAILED {failure[:150]}", flush=True)
        else:
            line["grebe_ns"], line["duckdb_ns"] = (max((cpu - base) * 1e9 / rows, LEAST) for cpu, base in zip((ours, theirs), bases[column]))
            line["ratio"] = line["grebe_ns"] / line["duckdb_ns"]
            print(f"{group:10} {spark:48.48} {line['grebe_ns']:8.1f} ns {line['duckdb_ns']:8.1f} ns {line['ratio']:6.2f}", flush=True)
        results.append(line)
    return results


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--binary", type=pathlib.Path, default=ROOT / "build/grebe")
    parser.add_argument("--rows", type=int, default=1_000_000)
    parser.add_argument("--repetitions", type=int, default=3)
    parser.add_argument("--only", default="", help="a word of the group or the expression")
    parser.add_argument("--json", type=pathlib.Path, help="file for the figures")
    arguments = parser.parse_args()
    try:
        import pyspark  # noqa: F401
    except ImportError:  # inside the client's environment
        os.execv(environment("py35"), [environment("py35"), *sys.argv])
    cases = [case for case in CASES if arguments.only in case[0] or arguments.only in case[2]]
    with tempfile.TemporaryDirectory(prefix="kernels.") as directory:
        grebe, native = Timed(arguments.binary.resolve(), directory), Duckdb(len(os.sched_getaffinity(0)))
        file = f"{directory}/t.parquet"
        native.rows(DATA.replace("ROWS", str(arguments.rows)).replace("FILE", file))
        native.rows(f"CREATE VIEW t AS SELECT * FROM read_parquet('{file}')")
        grebe.spark.conf.set("spark.sql.session.timeZone", "UTC")
        grebe.spark.sql(f"CREATE TEMPORARY VIEW t AS SELECT * FROM parquet.`{file}`").collect()
        results = measure(grebe, native, cases, arguments.rows, arguments.repetitions)
        native.close()
        grebe.server.stop()
    slow = [line for line in results if line.get("ratio", 0) > LIMIT]
    failed = [line for line in results if "error" in line]
    print(f"{len(results) - len(slow) - len(failed)} of {len(results)} within {LIMIT:g} times DuckDB's; {len(failed)} failed")
    for line in sorted(slow, key=lambda line: -line["ratio"]):
        print(f"  {line['ratio']:5.1f} × {line['spark']} against {line['duckdb']}: {line['reason'] or 'no reason yet'}")
    if arguments.json:
        arguments.json.write_text(json.dumps({"rows": arguments.rows, "results": results}, indent=1))
    os._exit(1 if failed or any(not line["reason"] for line in slow) else 0)  # the 3.5 client's threads may keep the process


if __name__ == "__main__":
    main()
