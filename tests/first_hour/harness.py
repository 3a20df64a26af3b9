"""Step functions + a Spark Connect session → one JSON outcome per step.

An outcome is what a user could see: rows as typed values, the schema with nullability, the printed
text, or the error (Python class, condition, SQLSTATE, parameters, message). Nothing here knows which
engine answers.
"""
import contextlib
import io
import json
import os
import shutil
import signal

from errors import encode_error
from values import Ordered, encode_answer  # noqa: F401  (steps import Ordered from here)

STEPS = {}
STEP_SECONDS = 90


class Step:
    """A named step: the function, the clients that it can run from, and how rows are compared."""

    def __init__(self, name, run, clients):
        self.name = name
        self.run = run
        self.clients = clients


def step(function=None, *, clients=("py35", "py42")):
    """Registers a function as the step `module.function`; `clients` limits who can run it."""

    def register(run):
        name = f"{run.__module__.rsplit('.', 1)[-1]}.{run.__name__}"
        if name in STEPS:
            raise ValueError(f"two steps are named {name}")
        STEPS[name] = Step(name, run, clients)
        return run

    return register(function) if function else register


class Context:
    """What a step may use: a session of its own, a directory of its own, and the usual modules."""

    def __init__(self, spark, root, name):
        from pyspark.sql import Row, Window
        from pyspark.sql import functions as F
        from pyspark.sql import types as T

        self.spark, self.F, self.T, self.Row, self.Window = spark, F, T, Row, Window
        self.name = name
        self.directory = os.path.join(root, name.replace(".", "_"))
        shutil.rmtree(self.directory, ignore_errors=True)
        os.makedirs(self.directory)

    def path(self, name):
        """Gives an absolute path below the step's own directory."""
        return os.path.join(self.directory, name)

    def write(self, name, text):
        """Writes a text file into the step's directory and returns its path."""
        path = self.path(name)
        os.makedirs(os.path.dirname(path), exist_ok=True)
        with open(path, "wb") as file:
            file.write(text if isinstance(text, bytes) else text.encode())
        return path

    def pets(self):
        """A small frame with nulls, made of SQL literals so that it needs no local relation."""
        return self.spark.sql(
            "SELECT * FROM VALUES (1, 'Ada', 'cat', 3.5D), (2, 'Bo', 'dog', 12.25D), "
            "(3, 'Cy', 'cat', NULL), (4, NULL, 'bird', 0.25D), (5, 'Ed', 'dog', 7.0D) "
            "AS pets(id, name, kind, weight)"
        )

    def visits(self):
        """Visits of the pets: one pet has none, one visit has no pet, one has a null key."""
        return self.spark.sql(
            "SELECT * FROM VALUES (1, DATE'2024-02-28', 20.00BD), (1, DATE'2024-02-29', 35.50BD), "
            "(2, DATE'2024-03-01', 99.99BD), (9, DATE'2024-03-02', 1.00BD), "
            "(CAST(NULL AS INT), DATE'2024-03-03', 5.00BD), (5, DATE'2024-12-31', NULL) "
            "AS visits(pet, day, fee)"
        )


# ---------------------------------------------------------------- running


class TookTooLong(Exception):
    """A step did not end within its time."""


def on_alarm(signum, frame):
    raise TookTooLong(f"no answer within {STEP_SECONDS} s")


def run_step(one, make_session, root):
    """Runs a step in a fresh session; the outcome never holds the run's directory."""
    printed = io.StringIO()
    outcome = {}
    signal.signal(signal.SIGALRM, on_alarm)
    signal.alarm(STEP_SECONDS)
    try:
        context = Context(make_session(), root, one.name)
        with contextlib.redirect_stdout(printed):
            outcome = encode_answer(one.run(context))
    except TookTooLong as error:
        outcome = {"error": {"class": "TookTooLong", "message": str(error)}}
    except Exception as error:  # every failure is an outcome to compare
        outcome = {"error": encode_error(error)}
    finally:
        signal.alarm(0)
    if printed.getvalue():
        outcome["printed"] = printed.getvalue()
    return json.loads(json.dumps(outcome).replace(root, "ROOT"))
