"""A Spark Connect address → the outcome of every first-hour step as JSON lines.

Runs inside the Python of one client (PySpark 3.5.7 or pyspark-client 4.2.0):
    python tests/first_hour/run.py --remote sc://127.0.0.1:15002 --root DIR --out FILE [--only REGEX]
"""
import argparse
import importlib
import json
import logging
import os
import pkgutil
import re
import socket
import sys
import tempfile
import time
import warnings
from urllib.parse import urlparse

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path[:0] = [HERE, os.path.dirname(HERE)]

import harness  # noqa: E402
import steps  # noqa: E402
from classic_spark import classic_session  # noqa: E402


def client_name():
    import pyspark

    return "py35" if pyspark.__version__.startswith("3.") else "py42"


def load_steps():
    for module in sorted(m.name for m in pkgutil.iter_modules(steps.__path__)):
        importlib.import_module(f"steps.{module}")
    return harness.STEPS


def remote_sessions(remote, presets):
    """Gives a function that opens a new session at the endpoint, with some configuration preset."""
    from pyspark.sql.connect.session import SparkSession

    SparkSession.__del__ = lambda self: None  # may deadlock in 3.5 when the collector runs it

    def make_session():
        session = SparkSession.builder.remote(remote).create()
        for key, value in presets.items():
            session.conf.set(key, value)
        return session

    return make_session


# Configuration that the 4.2 client reads and that Spark 3.5.7 does not know, with 4.2's defaults.
NEWER_CONFIGURATION = {
    "spark.sql.session.localRelationSizeLimit": "3221225472",
    "spark.sql.session.localRelationChunkSizeRows": "10000",
    "spark.sql.session.localRelationChunkSizeBytes": "16777216",
    "spark.sql.session.localRelationBatchOfChunksSizeBytes": "1073741824",
    "spark.sql.execution.pandas.convertToArrowArraySafely": "false",
    "spark.sql.execution.pandas.inferPandasDictAsMap": "false",
    "spark.sql.pyspark.legacy.inferMapTypeFromFirstPair.enabled": "false",
    "spark.sql.execution.arrow.useLargeVarTypes": "false",
    "spark.sql.execution.pyspark.binaryAsBytes": "true",
    "spark.connect.session.planCompression.threshold": "-1",
    "spark.connect.session.planCompression.defaultAlgorithm": "NONE",
}


def speak_to_an_older_server():
    """Lets the 4.2 client fill the fields in which a 3.5 server looks for the text of a statement."""
    from pyspark.sql.connect import plan

    def command(self, session):
        relation = self.plan(session)
        made = plan.proto.Command()
        made.sql_command.input.CopyFrom(relation)
        made.sql_command.sql = relation.sql.query
        made.sql_command.pos_args.extend(arg.literal for arg in relation.sql.pos_arguments)
        for name, arg in relation.sql.named_arguments.items():
            made.sql_command.args[name].CopyFrom(arg.literal)
        return made

    plan.SQL.command = command


def classic_sessions(root):
    """Gives a function that opens a new session of a Spark in this process (recording only)."""
    return classic_session(root, cores=2).newSession


def alive(remote):
    where = urlparse(remote.replace("sc://", "tcp://"))
    try:
        with socket.create_connection((where.hostname, where.port), timeout=5):
            return True
    except OSError:
        return False


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--remote", help="sc://host:port; without it a classic Spark is started")
    parser.add_argument("--root", help="directory that client and server can both use")
    parser.add_argument("--out", help="file for the JSON lines (default: standard output)")
    parser.add_argument("--only", default="", help="regular expression over step names")
    parser.add_argument("--failed", help="outcomes of another run: only the steps that failed there")
    parser.add_argument("--older", action="store_true", help="the server is older than the client (recording only)")
    options = parser.parse_args()

    logging.disable(logging.CRITICAL)
    warnings.filterwarnings("ignore")
    if options.remote:
        os.environ["SPARK_CONNECT_MODE_ENABLED"] = "1"
    root = os.path.abspath(options.root or tempfile.mkdtemp(prefix="first_hour."))
    client = client_name()
    presets = NEWER_CONFIGURATION if options.older and client == "py42" else {}
    if presets:
        speak_to_an_older_server()
    make_session = remote_sessions(options.remote, presets) if options.remote else classic_sessions(root)
    out = open(options.out, "w") if options.out else sys.stdout
    failed = {line["step"] for line in map(json.loads, open(options.failed)) if "error" in line} if options.failed else None
    for name, one in sorted(load_steps().items()):
        if failed is not None and name not in failed:
            continue
        if client not in one.clients or not re.search(options.only, name):
            continue
        started = time.monotonic()
        if options.remote and not alive(options.remote):
            outcome = {"error": {"class": "ServerIsDown", "message": "nothing listens"}}
        else:
            outcome = harness.run_step(one, make_session, root)
        line = {"step": name, **outcome, "seconds": round(time.monotonic() - started, 3)}
        print(json.dumps(line, sort_keys=True), file=out, flush=True)


if __name__ == "__main__":
    main()
    sys.stdout.flush()
    os._exit(0)
