#!/usr/bin/env python3
"""The function tables, Spark's error list and the recorded answers → docs/compatibility.md.

    scripts/compatibility.py            writes the page
    scripts/compatibility.py --check    says whether it is current (tests/house does)

Nothing on the page is typed by hand: functions come from the tables in src/functions, conditions from
the catalogue of the pinned Spark and the names that src/ raises, differences from tests/known_gaps.yaml,
and what was asked from the golden files and the first-hour steps.
"""
import argparse
import collections
import fnmatch
import json
import os
import pathlib
import re
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "tests"))

import golden_file  # noqa: E402
from places import environment  # noqa: E402

try:
    import yaml  # noqa: F401
except ImportError:  # the system's Python has none; the test environment has
    os.execv(environment("py35"), [environment("py35"), *sys.argv])
from gaps import known_gaps  # noqa: E402

PAGE = ROOT / "docs/compatibility.md"
ENTRY = re.compile(r'^    \{\.name = "([^"]+)",(.*?)(?=^    \{\.name|^\};)', re.S | re.M)
CONSTANT = re.compile(r'constexpr (?:std::string_view|char|const char\*) (k\w+)(?:\[\])? =\s*((?:"[^"]*"\s*)+);')
# Entries of the parser's own, which no user can name.
INTERNAL = re.compile(r"^#|^getarrayitem$|^getmapvalue$")
MODES = {
    "wrong": "another answer, without an error",
    "error": "another error, or none where Spark has one",
    "unimplemented": "a typed error that names what is missing",
}


def functions():
    """Gives (name, group, since, reason why it does not run or "") of each entry of the tables."""
    found = []
    for path in sorted((ROOT / "src/functions").rglob("*.cc")):
        text = path.read_text()
        constants = {name: "".join(re.findall(r'"([^"]*)"', value)) for name, value in CONSTANT.findall(text)}
        default = re.search(r"constexpr Group kGroup = Group::k(\w+)", text)
        for name, body in ENTRY.findall(text):
            if INTERNAL.search(name):
                continue
            group = re.search(r"\.group = Group::k(\w+)", body)
            since = re.search(r'\.since = "([^"]*)"', body)
            reason = re.search(r'\.unsupported = (?:"([^"]*)"|(k\w+))', body)
            if name == "cast":  # runs by a syntax of its own
                reason = None
            why = (reason.group(1) or constants.get(reason.group(2), "not implemented")) if reason else ""
            kind = group or default
            found.append((name, kind.group(1) if kind else "Other", since.group(1) if since else "", why))
    return sorted(found)


def catalogue():
    """Gives every condition of the pinned Spark, sub-conditions with a dot, without the legacy ones."""
    home = pathlib.Path(environment("py35")).parent.parent
    jars = sorted(home.glob("lib/python*/site-packages/pyspark/jars/spark-common-utils_*.jar"))
    import zipfile

    with zipfile.ZipFile(jars[0]) as jar:
        listed = json.loads(jar.read("error/error-classes.json"))
    names = []
    for name, entry in listed.items():
        if name.startswith("_LEGACY"):
            continue
        names += [f"{name}.{sub}" for sub in entry["subClass"]] if entry.get("subClass") else [name]
    return sorted(names)


def raised(names):
    """Gives the conditions of Spark whose names stand in src/."""
    text = "\n".join(path.read_text() for path in sorted((ROOT / "src").rglob("*.cc")) if not path.name.endswith("_test.cc"))
    words = set(re.findall(r'"([A-Z][A-Z0-9_]*(?:\.[A-Z0-9_]+)*)"', text))
    subs = {word.rpartition(".")[2] for word in words}
    return {n for n in names if n in words or ("." in n and n.partition(".")[0] in words and n.partition(".")[2] in subs)}


def questions():
    """Gives the label of each recorded question, and of golden statements the condition it ends with."""
    asked = {}
    for path in golden_file.files():
        for statement in golden_file.read(path)[1]:
            error = (statement.outcome or {}).get("error")
            asked[statement.label] = error.get("condition") if error else None
        for label, outcome in golden_file.read_ansi(path).items():
            asked["ansi/" + label] = (outcome.get("error") or {}).get("condition")
    with open(ROOT / "tests/first_hour/expected.jsonl") as file:
        for line in map(json.loads, file):
            for client in line.get("clients", ["py35", "py42"]):
                asked[f"first_hour/{client}/{line['step']}"] = (line.get("error") or {}).get("condition")
    return asked


def suite(label):
    """Names the row of the table in which a question is counted."""
    first, second = label.split("/")[:2]
    if first == "ansi":
        return "golden: all of it under ANSI"
    return f"{first}: {second}" if first == "golden" else f"first hour: client {second.removeprefix('py')[0]}.{second[-1]}"


def settings():
    """Gives (key, default, effect) of each entry of the table of configuration keys."""
    text = (ROOT / "src/session/config_table.cc").read_text()
    entries = re.findall(r'\{"(spark\.[^"]+)",\s*k\w+,\s*(?:"([^"]*)"|\{\}),(.*?)\},\n', text, re.S)
    return [(key, default, (re.findall(r"\bk(Acts|Client|Outside|Fixed)\b", rest) or ["Tuning"])[0]) for key, default, rest in entries]


def percent(part, whole):
    return f"{100 * part / whole:.1f} %" if whole else "–"


def words(name):
    """`kHigherOrder` → `Higher order`."""
    text = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", name).lower()
    return {"csv": "CSV", "json": "JSON", "url": "URL", "xml": "XML"}.get(text, text.capitalize())


def page():
    listed, names, asked = functions(), catalogue(), questions()
    known, conditions = known_gaps(), raised(names)
    lines = [
        "# How far Grebe is Spark 3.5.7",
        "",
        "Made by `scripts/compatibility.py` from the function tables, Spark's list of errors and the recorded answers; `make test`",
        "fails when it is out of date. Every expected answer was given by a real Spark 3.5.7.",
        "",
        "## Recorded answers",
        "",
        "A question agrees when values, types, names, nullability, and for errors condition, SQLSTATE, parameters and text are",
        "Spark's. Each known difference is one of three kinds:",
        "",
        *[f"- *{mode}*: {meaning}" for mode, meaning in MODES.items()],
        "",
        "| suite | questions | agree | " + " | ".join(MODES) + " |",
        "|---|---:|---:|" + "---:|" * len(MODES),
    ]
    counts = collections.defaultdict(collections.Counter)
    for label in asked:
        # A gap of a golden statement is one under ANSI too.
        either = {label, label.removeprefix("ansi/")}
        gap = next((g["mode"] for g in known if any(fnmatch.fnmatchcase(each, g["label"]) for each in either)), "agree")
        counts[suite(label)][gap] += 1
        counts["**all**"][gap] += 1
    for name in sorted(counts, key=lambda n: (n == "**all**", n)):
        row, total = counts[name], sum(counts[name].values())
        lines.append(f"| {name} | {total} | {percent(row['agree'], total)} | " + " | ".join(str(row[m]) for m in MODES) + " |")
    done = [f for f in listed if not f[3]]
    lines += ["", "## Functions", "", f"{len(done)} of {len(listed)} built-in functions and operators run.", "", "| group | functions |", "|---|---|"]
    groups = collections.defaultdict(list)
    for name, group, _, why in listed:
        groups[words(group)].append(f"`{name}`".replace("|", "\\|") if not why else f"~~{name}~~")
    lines += [f"| {group} | {' '.join(members)} |" for group, members in sorted(groups.items())]
    missing = [f for f in listed if f[3]]
    if missing:
        lines += ["", "These give a typed error:", "", "| function | since | why |", "|---|---|---|"]
        lines += [f"| `{name}` | {since} | {why} |" for name, _, since, why in missing]
    keys = settings()
    of_effect = lambda effect: [(key, default) for key, default, given in keys if given == effect]  # noqa: E731
    lines += [
        "",
        "## Configuration",
        "",
        f"{len(keys)} keys of Spark are known; any other key is stored, as Spark does. {len(of_effect('Tuning'))} only tune how Spark plans and",
        f"runs, {len(of_effect('Client'))} are read by the client, {len(of_effect('Outside'))} belong to something that Grebe refuses itself (streaming, ORC, Avro,",
        "Hive, the Thrift server). Grebe obeys these:",
        "",
        ", ".join(f"`{key}`" for key, _ in of_effect("Acts")) + ".",
        "",
        "Answers depend on these as well, and Grebe gives those of the default: setting another value is a typed error.",
        "",
        ", ".join(f"`{key}` = {default or 'unset'}" for key, default in of_effect("Fixed")) + ".",
    ]
    proven = {c for c in asked.values() if c in names}
    lines += [
        "",
        "## Errors",
        "",
        f"Spark's catalogue has {len(names)} conditions (sub-conditions counted, legacy ones not). Grebe can raise {len(conditions)};",
        f"{len(proven)} are among the recorded answers:",
        "",
        ", ".join(f"`{c}`" for c in sorted(proven)) + ".",
        "",
    ]
    return "\n".join(lines)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--check", action="store_true", help="only say whether the page is current")
    options = parser.parse_args()
    text = page()
    if not options.check:
        PAGE.write_text(text)
    elif not PAGE.exists() or PAGE.read_text() != text:
        raise SystemExit("docs/compatibility.md is out of date: run scripts/compatibility.py")


if __name__ == "__main__":
    main()
