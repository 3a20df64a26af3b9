"""Random queries on Grebe and on a real Spark 3.5.7 → each difference, as small as it gets.

    python tests/differential/run.py --remote sc://127.0.0.1:PORT --seed 1 --count 1000 [--out FILE]

Runs inside the 3.5 client's environment with JAVA_HOME set; the Spark is a classic session in this
process. `make differential` starts Grebe and calls this.
"""
import argparse
import decimal
import json
import logging
import os
import pathlib
import re
import sys
import tempfile
import warnings

HERE = pathlib.Path(__file__).resolve().parent
sys.path[:0] = [str(HERE), str(HERE.parent), str(HERE.parent / "first_hour")]

import queries  # noqa: E402
import tables  # noqa: E402
from classic_spark import INTERPRETED, classic_session  # noqa: E402
from errors import encode_error  # noqa: E402
from gaps import known_gaps  # noqa: E402
from values import canonical, encode  # noqa: E402

ATTEMPTS = 80  # to make one difference smaller
SETTINGS = {"spark.sql.session.timeZone": "America/Los_Angeles"}
# A tenth of a second for each query: little to plan, nothing compiled, one stage after the other.
QUICK = {
    "spark.sql.shuffle.partitions": "1",
    "spark.sql.adaptive.enabled": "false",
    "spark.driver.extraJavaOptions": "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC",
    "spark.ui.showConsoleProgress": "false",
}
# What raises for which rows, what a count over a relation known to be empty is and whether a constant key loses the sign
# of -0.0 hangs on these: where Spark without them answers as Grebe does, Spark itself has both answers.
ORDERING_RULES = ["ConstantFolding", "ConvertToLocalRelation", "PropagateEmptyRelation", "PruneFilters", "PushDownPredicates", "PushPredicateThroughJoin", "NullPropagation", "SimplifyConditionals",
                  "ColumnPruning", "CollapseProject", "EliminateOuterJoin", "InferFiltersFromConstraints", "OptimizeIn", "BooleanSimplification", "RemoveRedundantAggregates", "PushDownLeftSemiAntiJoin"]
EXCLUDED_RULES = ",".join(f"org.apache.spark.sql.catalyst.optimizer.{rule}" for rule in ORDERING_RULES)
# Not the engines but the Python that holds their values.
HOLDERS = ("OverflowError", "ValueError", "UnicodeDecodeError", "TypeError")


def spark_session(root):
    base = classic_session(root, 1, {**QUICK, **INTERPRETED})
    base.sparkContext.setLogLevel("OFF")
    return base


def grebe_session(remote):
    from pyspark.sql.connect.session import SparkSession

    SparkSession.__del__ = lambda self: None  # may deadlock in 3.5 when the collector runs it
    return SparkSession.builder.remote(remote).create()


def outcome(session, sql):
    try:
        frame = session.sql(sql)
        columns = [[f.name, f.dataType.simpleString(), f.nullable] for f in frame.schema.fields]
        rows = sorted(([plain(encode(value)) for value in row] for row in frame.collect()), key=canonical)
    except Exception as error:  # every failure is an outcome
        return {"error": encode_error(error)}
    return {"columns": columns, "rows": rows}


def plain(value):
    """Decimals without zeros at the end: an interpreted Spark now and then keeps more than the type has."""
    if isinstance(value, dict):
        return {key: str(decimal.Decimal(inner).normalize()) if key == "decimal" else plain(inner) for key, inner in value.items()}
    return [plain(item) for item in value] if isinstance(value, list) else value


def judge(spark, grebe):
    """Names the kind of a difference, or gives None."""
    fault, other = spark.get("error"), grebe.get("error")
    if (fault and fault["class"] in HOLDERS) or (other and other["class"] in HOLDERS):
        return None
    if fault or other:
        if not other:
            return "no error"
        if not fault:
            return "error"
        conditions = fault.get("condition"), other.get("condition")
        return "condition" if None not in conditions and conditions[0] != conditions[1] else None
    if [c[1] for c in spark["columns"]] != [c[1] for c in grebe["columns"]]:
        return "type"
    if spark["rows"] != grebe["rows"]:
        return "rows"
    if [c[0] for c in spark["columns"]] != [c[0] for c in grebe["columns"]]:
        return "name"
    return "nullability" if spark["columns"] != grebe["columns"] else None


def known(kind, sql):
    """Gives whether known_gaps.yaml tolerates it: label `differential/<kind>/<regular expression over the small SQL>`."""
    start = f"differential/{kind}/"
    return any(g["label"].startswith(start) and re.search(g["label"][len(start) :], sql) for g in known_gaps())


class Hunter:
    def __init__(self, spark, grebe):
        self.spark, self.grebe = spark, grebe

    def difference(self, node):
        sql = node.sql()
        expected, got = outcome(self.spark, sql), outcome(self.grebe, sql)
        kind = judge(expected, got)
        if kind in ("error", "no error", "rows") and judge(self.unordered(sql), got) is None:
            kind = None
        return kind, sql, expected, got

    def unordered(self, sql):
        """Gives what Spark answers when its optimizer leaves rows and expressions where they were written."""
        self.spark.conf.set("spark.sql.optimizer.excludedRules", EXCLUDED_RULES)
        try:
            return outcome(self.spark, sql)
        finally:
            self.spark.conf.unset("spark.sql.optimizer.excludedRules")

    def shrink(self, node, kind):
        """Takes the first smaller tree that still differs in the same way, again and again."""
        left, seen = ATTEMPTS, set()
        found = True
        while found and left > 0:
            found = False
            for smaller in node.smaller():
                sql = smaller.sql()
                if sql in seen or len(sql) > len(node.sql()):
                    continue
                seen.add(sql)
                left -= 1
                if self.difference(smaller)[0] == kind:
                    node, found = smaller, True
                    break
                if left <= 0:
                    break
        return node


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--remote", required=True, help="the Grebe under test")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--count", type=int, default=1000)
    parser.add_argument("--ansi", action="store_true")
    parser.add_argument("--out", help="JSON lines of the differences (default: only printed)")
    options = parser.parse_args()
    logging.disable(logging.CRITICAL)
    warnings.filterwarnings("ignore")
    spark, grebe = spark_session(tempfile.mkdtemp(prefix="differential.")), grebe_session(options.remote)
    for session in (spark, grebe):
        for key, value in {**SETTINGS, "spark.sql.ansi.enabled": str(options.ansi).lower()}.items():
            session.conf.set(key, value)
        for statement in tables.setup():
            session.sql(statement).collect()
    hunter, agreeing, tolerated, counts, shown = Hunter(spark, grebe), 0, 0, {}, set()
    out = open(options.out, "a") if options.out else None
    for seed in range(options.seed, options.seed + options.count):
        node = queries.Maker(seed).query()
        kind = hunter.difference(node)[0]
        done = seed - options.seed + 1
        if done % 500 == 0:
            print(f"{done} of {options.count} asked", file=sys.stderr, flush=True)
        if kind is None:
            agreeing += 1
            continue
        small = hunter.shrink(node, kind)
        _, sql, expected, got = hunter.difference(small)
        if known(kind, sql):
            tolerated += 1
            continue
        counts[kind] = counts.get(kind, 0) + 1
        shape = re.sub(r"\b[xy]\.\w+|'[^']*'|\d+", "?", sql)
        if (kind, shape) in shown:
            continue
        shown.add((kind, shape))
        print(f"-- seed {seed}: {kind}\n{sql}\n   Spark: {brief(expected)}\n   Grebe: {brief(got)}", flush=True)
        if out:
            print(json.dumps({"seed": seed, "kind": kind, "sql": sql, "spark": expected, "grebe": got}), file=out, flush=True)
    print(f"{agreeing} of {options.count} queries agree, {tolerated} differ as known_gaps.yaml says; " + (", ".join(f"{n} {kind}" for kind, n in sorted(counts.items())) or "no difference"), flush=True)
    os._exit(1 if counts else 0)


def brief(seen):
    text = json.dumps(seen.get("error") or seen, ensure_ascii=False)
    return text if len(text) < 700 else text[:700] + " …"


if __name__ == "__main__":
    main()
