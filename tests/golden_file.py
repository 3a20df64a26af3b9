"""A golden file ↔ its statements with Spark's answers.

    # a comment on the file, or on the next statement; `# ordered` says that row order counts
    SELECT id * 2 AS even FROM range(2)
    ----
    columns [["even", "bigint", false]]
    [0]
    [2]

An answer is the columns (name, type, nullable) and a JSON array for each row, or a line `error {…}`.
Blank lines end a statement; all statements of a file share a session. tests/golden_ansi holds what the
same statements answer under ANSI, only where that is something else: `# 12` names the statement.
"""
import json
import pathlib

HOME = pathlib.Path(__file__).resolve().parent / "golden"
ANSI_HOME = HOME.parent / "golden_ansi"


class Statement:
    """One statement of a file: its comments, its text, and the recorded outcome (None: not yet)."""

    def __init__(self, label, comments, sql, outcome):
        self.label, self.comments, self.sql, self.outcome = label, comments, sql, outcome
        self.is_ordered = "# ordered" in comments


def files():
    return sorted(HOME.rglob("*.test"))


def read(path):
    """Gives the statements of a file; labels count from 1."""
    statements, comments, sql, answer = [], [], [], None
    home = HOME if pathlib.Path(path).resolve().is_relative_to(HOME) else ANSI_HOME
    for line in [*pathlib.Path(path).read_text().split("\n"), ""]:
        if line == "":
            if sql:
                name = pathlib.Path(path).resolve().relative_to(home).with_suffix("")
                label = f"golden/{name}#{len(statements) + 1}"
                statements.append(Statement(label, comments, "\n".join(sql), parse_answer(answer)))
                comments, sql, answer = [], [], None
            elif comments:  # a paragraph of its own belongs to the file
                statements.append(comments)
                comments = []
        elif answer is not None:
            answer.append(line)
        elif line == "----":
            answer = []
        elif line.startswith("#") and not sql:
            comments.append(line)
        else:
            sql.append(line)
    header = [s for s in statements if isinstance(s, list)]
    kept = [s for s in statements if not isinstance(s, list)]
    for number, statement in enumerate(kept, 1):
        statement.label = f"{statement.label.rsplit('#', 1)[0]}#{number}"
    return header, kept


def ansi_path(path):
    return ANSI_HOME / pathlib.Path(path).resolve().relative_to(HOME)


def read_ansi(path):
    """Gives for each statement of a file its label and what it answers under ANSI."""
    answers = {}
    statements = read(path)[1]
    if ansi_path(path).exists():
        for other in read(ansi_path(path))[1]:
            number = int(other.comments[0].removeprefix("# "))
            if statements[number - 1].sql != other.sql:
                raise ValueError(f"{ansi_path(path)}: statement {number} has changed: record it again")
            answers[number] = other.outcome
    return {s.label: answers.get(number, s.outcome) for number, s in enumerate(statements, 1)}


def write_ansi(path, outcomes):
    """Writes the answers that ANSI changes; `outcomes` maps labels to them."""
    changed = []
    for number, statement in enumerate(read(path)[1], 1):
        outcome = outcomes[statement.label]
        if print_answer(outcome) != print_answer(statement.outcome):
            changed.append(Statement(statement.label, [f"# {number}"], statement.sql, outcome))
    target = ansi_path(path)
    target.unlink(missing_ok=True)
    if changed:
        target.parent.mkdir(parents=True, exist_ok=True)
        write(target, [["# Made by scripts/record_spark.py golden --ansi: what ANSI changes in the file of the same name."]], changed)


def parse_answer(lines):
    if lines is None:
        return None
    if lines[0].startswith("error "):
        return {"error": json.loads(lines[0][6:])}
    return {"columns": json.loads(lines[0].removeprefix("columns ")), "rows": [json.loads(x) for x in lines[1:]]}


def write(path, header, statements):
    """Writes a file in the form that `read` reads."""
    blocks = ["\n".join(comments) for comments in header]
    for statement in statements:
        block = [*statement.comments, statement.sql, "----", *print_answer(statement.outcome)]
        blocks.append("\n".join(block))
    pathlib.Path(path).write_text("\n\n".join(blocks) + "\n")


def print_answer(outcome):
    def text(value):
        return json.dumps(value, ensure_ascii=False, sort_keys=True)

    if "error" in outcome:
        return ["error " + text(outcome["error"])]
    return ["columns " + text(outcome["columns"]), *map(text, outcome["rows"])]
