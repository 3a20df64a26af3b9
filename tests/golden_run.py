"""Golden files + a Spark Connect address → the outcome of every statement as JSON lines.

    python tests/golden_run.py --remote sc://host:port --out FILE [--ansi] [GOLDEN FILE …]
"""
import argparse
import decimal
import json
import logging
import os
import pathlib
import sys
import warnings

HERE = pathlib.Path(__file__).resolve().parent
sys.path[:0] = [str(HERE), str(HERE / "first_hour")]

import golden_file  # noqa: E402
from errors import encode_error  # noqa: E402
from values import canonical, encode  # noqa: E402


def scaled(value, scale):
    """A classic session hands decimals over in engineering notation, which may add a zero; the column knows better."""
    if not isinstance(value, decimal.Decimal):
        return value
    with decimal.localcontext() as context:
        context.prec = 60
        return value.quantize(decimal.Decimal(1).scaleb(-scale))


def answer(spark, statement):
    """Runs a statement and gives its outcome."""
    try:
        frame = spark.sql(statement.sql)
        columns = [[f.name, f.dataType.simpleString(), f.nullable] for f in frame.schema.fields]
        scales = [getattr(f.dataType, "scale", None) for f in frame.schema.fields]
        rows = [[encode(scaled(value, scale)) for value, scale in zip(row, scales)] for row in frame.collect()]
    except Exception as error:  # every failure is an outcome
        return {"error": encode_error(error)}
    return {"columns": columns, "rows": rows if statement.is_ordered else sorted(rows, key=canonical)}


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--remote", help="without it a classic Spark is started (recording only)")
    parser.add_argument("--root", default="/tmp")
    parser.add_argument("--out", required=True)
    parser.add_argument("--ansi", action="store_true", help="begin every file with spark.sql.ansi.enabled=true")
    parser.add_argument("files", nargs="*")
    options = parser.parse_args()
    logging.disable(logging.CRITICAL)
    warnings.filterwarnings("ignore")
    if options.remote:
        os.environ["SPARK_CONNECT_MODE_ENABLED"] = "1"
    import run

    sessions = run.remote_sessions(options.remote, {}) if options.remote else run.classic_sessions(options.root)
    with open(options.out, "w") as out:
        for path in options.files or golden_file.files():
            spark = sessions()
            if options.ansi:
                spark.conf.set("spark.sql.ansi.enabled", "true")
            for statement in golden_file.read(path)[1]:
                print(json.dumps({"label": statement.label, **answer(spark, statement)}), file=out, flush=True)
    out.close()
    os._exit(0)


if __name__ == "__main__":
    main()
