"""A directory → a real Spark 3.5.7 as a classic session in this process (recording and comparing only).

Needs the Python of the environment py35 and JAVA_HOME. Everybody who asks such a Spark makes it here.
"""
import os

# Constants are folded by the interpreter anyway; without compiling each plan a statement takes milliseconds.
INTERPRETED = {"spark.sql.codegen.wholeStage": "false", "spark.sql.codegen.factoryMode": "NO_CODEGEN"}


def classic_session(root, cores, configuration=None):
    """Gives the session, which keeps its tables below `root`/warehouse."""
    from pyspark.sql import SparkSession

    builder = (
        SparkSession.builder.master(f"local[{cores}]")
        .config("spark.ui.enabled", "false")
        .config("spark.sql.warehouse.dir", os.path.join(root, "warehouse"))
    )
    for key, value in (configuration or {}).items():
        builder = builder.config(key, value)
    return builder.getOrCreate()
