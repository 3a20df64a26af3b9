"""Statements as JSON + a Spark Connect address → the last result as JSON rows of texts.

    python tests/connect_job.py sc://host:port < job.json
A job is a list of steps: {"sql": text}, {"query": text}, or {"write": query, "format": …, "path": …,
"mode": …, "partition_by": […], "options": {…}}. Used by tests whose own environment has no PySpark.
"""
import json
import logging
import os
import sys
import warnings

os.environ["SPARK_CONNECT_MODE_ENABLED"] = "1"
sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))

from table_rows import text  # noqa: E402


def plain(value):
    """Gives Rows as dicts, so that structs look the same to every reader."""
    if hasattr(value, "asDict"):
        return {name: plain(item) for name, item in value.asDict().items()}
    if isinstance(value, dict):
        return {key: plain(item) for key, item in value.items()}
    if isinstance(value, list):
        return [plain(item) for item in value]
    return value


def run(spark, step):
    if "sql" in step:
        spark.sql(step["sql"]).collect()
    elif "query" in step:
        frame = spark.sql(step["query"]) if not step.get("format") else spark.read.format(step["format"]).options(**step.get("options", {})).load(step["path"])
        return [{name: text(plain(row[name])) for name in frame.columns} for row in frame.collect()]
    else:
        writer = spark.sql(step["write"]).write.format(step["format"]).mode(step.get("mode", "error")).options(**step.get("options", {}))
        if step.get("partition_by"):
            writer = writer.partitionBy(*step["partition_by"])
        if "table" in step:
            writer.saveAsTable(step["table"])
        else:
            writer.save(step["path"])
    return None


def main():
    logging.disable(logging.CRITICAL)
    warnings.filterwarnings("ignore")
    os.environ["TZ"] = "UTC"
    from pyspark.sql.connect.session import SparkSession

    spark = SparkSession.builder.remote(sys.argv[1]).create()
    spark.conf.set("spark.sql.session.timeZone", "UTC")
    result = None
    for step in json.load(sys.stdin):
        result = run(spark, step)
    json.dump(result, sys.stdout)
    sys.stdout.flush()
    os._exit(0)


if __name__ == "__main__":
    main()
