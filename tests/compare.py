"""Two outcomes, Spark's and another engine's → the list of differences (empty: the same).

The rules, each with its reason:
- the condition, SQLSTATE, parameters and fragments of an error are compared where the client can see
  them: PySpark 3.5 only has the text of the message, whose bracketed condition is compared there;
- legacy conditions (`_LEGACY_ERROR_TEMP_…`) have no SQLSTATE, only their text is compared;
- of an error inside a Spark task only the inner error is compared (see errors.TASK_FAILURE), and where
  it has no condition, only that there is one.
"""
import json

DETAILED = ("sql_state", "parameters", "context")


def compare(expected, actual, client):
    """Lists what differs, most important first, as short sentences."""
    if actual is None:
        return ["no outcome: the step did not run"]
    if "error" in expected or "error" in actual:
        return compare_errors(expected.get("error"), actual.get("error"), client)
    differences = []
    for part in ("value", "printed"):
        if expected.get(part) != actual.get(part):
            differences.append(f"{part}: expected {brief(expected.get(part))}, got {brief(actual.get(part))}")
    return differences + compare_frames(expected.get("frame"), actual.get("frame"))


def compare_frames(expected, actual):
    if expected is None or actual is None:
        return [] if expected == actual else ["a frame is expected" if expected else "no frame is expected"]
    differences = []
    if expected["schema"] != actual["schema"]:
        differences.append(f"schema: expected {fields(expected['schema'])}, got {fields(actual['schema'])}")
    if expected["rows"] != actual["rows"]:
        differences.append(f"rows: {compare_rows(expected['rows'], actual['rows'])}")
    return differences


def fields(schema):
    return ", ".join(
        f"{f['name']} {f['type'] if isinstance(f['type'], str) else json.dumps(f['type'])}"
        f"{'' if f['nullable'] else ' not null'}{' ' + json.dumps(f['metadata']) if f['metadata'] else ''}"
        for f in schema["fields"]
    )


def compare_rows(expected, actual):
    if len(expected) != len(actual):
        return f"expected {len(expected)}, got {len(actual)}: {brief(actual)}"
    pairs = [(e, a) for e, a in zip(expected, actual) if e != a]
    return f"{len(pairs)} of {len(expected)} differ, first expected {brief(pairs[0][0])}, got {brief(pairs[0][1])}"


def compare_errors(expected, actual, client):
    if expected is None:
        return [f"an answer is expected, got the error {brief(summary(actual))}"]
    if actual is None:
        return [f"the error {brief(summary(expected))} is expected, got an answer"]
    differences = []
    legacy = str(expected.get("condition", "")).startswith("_LEGACY")
    if "task" not in expected and "task" not in actual and expected["class"] != actual["class"]:
        differences.append(f"class: expected {expected['class']}, got {actual['class']}: {brief(actual['message'])}")
    only_an_error = "task" in expected and "condition" not in expected
    if not legacy and not only_an_error and expected.get("condition") != actual.get("condition"):
        differences.append(f"condition: expected {expected.get('condition')}, got {actual.get('condition')}: {brief(actual.get('message'))}")
    if client != "py35" and not legacy and "sql_state" in expected:
        for part in DETAILED:
            if expected.get(part) != actual.get(part):
                differences.append(f"{part}: expected {brief(expected.get(part))}, got {brief(actual.get(part))}")
    if only_an_error:
        return differences
    if not differences and expected["message"] != actual["message"]:
        differences.append(f"message: expected {brief(expected['message'])}, got {brief(actual['message'])}")
    return differences


def summary(error):
    return {key: error[key] for key in ("class", "condition", "message") if key in error}


def brief(value, limit=600):
    text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
    return text if len(text) <= limit else text[:limit] + " …"


def compare_golden(expected, actual):
    """Compares the outcomes of a golden statement, seen by the 4.2 client."""
    if actual is None:
        return ["no outcome: the statement did not run"]
    if "error" in expected or "error" in actual:
        return compare_errors(expected.get("error"), actual.get("error"), "py42")
    differences = []
    if expected["columns"] != actual["columns"]:
        differences.append(f"columns: expected {brief(expected['columns'])}, got {brief(actual['columns'])}")
    if expected["rows"] != actual["rows"]:
        differences.append(f"rows: {compare_rows(expected['rows'], actual['rows'])}")
    return differences
