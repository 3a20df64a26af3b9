"""An exception that a client raised → JSON of what its user can handle."""
import re

CONDITION = re.compile(r"\[([A-Z][A-Z0-9_]+(?:\.[A-Z0-9_]+)*)\]")

# Spark reports a failed task as a failed job, with the real error in the middle of the text. Which
# errors happen in a task depends on constant folding, so only the inner error is compared.
TASK_FAILURE = re.compile(
    r"Job aborted due to stage failure.*?executor driver\): ([\w.$]+): (.*)", re.S
)


def encode_error(error):
    """Describes an exception as a user of the client would handle it."""
    described = {"class": type(error).__name__}
    if not any(k.__module__.startswith("pyspark") for k in type(error).__mro__):
        return {**described, "message": str(error).split("\n")[0]}
    message = tidy(str(error))
    task = TASK_FAILURE.search(message)
    if task:
        described["task"], message = task.group(1), tidy(task.group(2))
    found = CONDITION.search(message)
    said = call(error, "getCondition") or call(error, "getErrorClass")
    described["condition"] = said or (found.group(1) if found else None)
    described["sql_state"] = call(error, "getSqlState")
    described["parameters"] = dict(call(error, "getMessageParameters") or {}) or None
    described["context"] = query_context(error)
    described["message"] = message
    return {key: value for key, value in described.items() if value is not None}


def call(error, method):
    try:
        return getattr(error, method)()
    except Exception:
        return None


def query_context(error):
    """Lists the SQL fragments that an error points at."""
    if hasattr(error, "_origin"):  # a classic session of PySpark 3.5, whose contexts are all SQL
        found = call(error._origin, "getQueryContext") or ()
    else:
        found = [c for c in call(error, "getQueryContext") or () if str(c.contextType()).endswith("SQL")]
    return [{"start": c.startIndex(), "stop": c.stopIndex(), "fragment": c.fragment()} for c in found] or None


def tidy(message):
    """Cuts what no other engine can repeat: JVM frames, analyzed plans, the SQLSTATE that 4.x adds."""
    message = message.strip("\n")
    message = re.sub(r"\n+JVM stacktrace:.*", "", message, flags=re.S)
    message = re.sub(r"\n+Driver stacktrace:.*", "", message, flags=re.S)
    message = re.sub(r"\n\tat .*", "", message, flags=re.S)
    message = re.sub(r";\n['+!A-Z].*", "", message, flags=re.S)
    message = re.sub(r"^\(([\w.$]+)\) ", "", message)
    return message.rstrip("\n ;")
