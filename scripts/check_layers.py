#!/usr/bin/env python3
"""cmake/layers.txt and the sources → every breach of the house rules, one line each.

Checked: who includes whom, one door per third party, file sizes, names, the first line's comment.
"""

import pathlib
import re
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent
SOURCE = ROOT / "src"

# What the includes of a third party look like. A layer may have those that layers.txt grants it.
DOORS = {
    "proto": r"\.pb\.h$|^grpcpp/|^grpc/|^google/(protobuf|rpc)/",
    "duckdb": r"^duckdb",
    "nanoarrow": r"^nanoarrow|^flatcc/",
    "fmt": r"^fmt/",
    "spdlog": r"^spdlog/",
    "json": r"^nlohmann/",
    "yaml": r"^yaml-cpp/",
    "httplib": r"^httplib\.h$",
    "sqlite": r"^sqlite3",
    "pcre2": r"^pcre2",
    "icu": r"^unicode/",
    "openssl": r"^openssl/",
    "cli11": r"^CLI/",
    "edit": r"^histedit\.h$|^editline/",
}
# Doors that a layer has in these files alone.
NARROW_DOORS = {
    # The laboratory's native DuckDB, a peer of Grebe in a process of its own.
    ("lab", "duckdb"): {"lab/engines/duckdb_worker.cc"},
}
FORBIDDEN_WORDS = {"util", "utils", "helper", "helpers", "common", "manager", "misc"}
FORBIDDEN_TYPE = re.compile(r"^\s*(?:class|struct|enum class)\s+(\w*(?:Utils?|Helpers?|Manager|Misc))\b")
INCLUDE = re.compile(r'^\s*#\s*include\s*(?:"([^"]+)"|<([^>]+)>)')
MAXIMUM_LINES = 600
JUSTIFIED_LINES = 400


class Layer:
    def __init__(self, folder, sees, third_parties):
        self.folder = folder
        self.sees = sees
        self.third_parties = third_parties


def within(folder, path):
    return path == folder or path.startswith(folder + "/")


def read_layers():
    layers = {}
    for line in (ROOT / "cmake/layers.txt").read_text().splitlines():
        if not line or line.startswith("#"):
            continue
        folder, words, third_parties = (part.strip() for part in line.split("|"))
        sees = set()
        for word in words.split():
            if word == "above":
                sees |= set(layers)
            elif word.startswith("-"):
                sees = {one for one in sees if not within(word[1:], one)}
            else:
                sees |= {one for one in layers if within(word, one)}
        unknown = set(third_parties.split()) - set(DOORS)
        if unknown:
            sys.exit(f"cmake/layers.txt: {folder}: no pattern in check_layers.py for {', '.join(sorted(unknown))}")
        layers[folder] = Layer(folder, sees | {folder}, set(third_parties.split()))
    return layers


def layer_of(path, layers):
    """The deepest layer that holds a path below src/."""
    holding = [folder for folder in layers if within(folder, path)]
    return max(holding, key=len, default=None)


def check_includes(path, lines, layer, layers, report):
    relative = path.relative_to(SOURCE).as_posix()
    is_test = path.name.endswith("_test.cc")
    for number, line in enumerate(lines, 1):
        match = INCLUDE.match(line)
        if not match:
            continue
        name = match[1] or match[2]
        other = layer_of(name, layers) if match[1] and (SOURCE / name).exists() else None
        if other is not None:
            if other not in layer.sees:
                report(path, number, f"{layer.folder} must not include {other} (cmake/layers.txt)")
            continue
        if match[1] and not re.search(r"\.pb\.h$|^generated/", name) and not any(
                re.search(door, name) for door in DOORS.values()):
            report(path, number, f'"{name}" is not a path below src/')
        for third_party, door in DOORS.items():
            if re.search(door, name) and third_party not in layer.third_parties and not is_test:
                report(path, number, f"{name}: {layer.folder} is no door to {third_party} (cmake/layers.txt)")
            narrow = NARROW_DOORS.get((layer.folder, third_party))
            if re.search(door, name) and narrow is not None and relative not in narrow:
                report(path, number, f"{name}: only {', '.join(sorted(narrow))} may see {third_party}")
    text = "\n".join(lines)
    if re.search(r'include [<"]duckdb\.hpp', text) and ".grpc.pb.h" in text:
        report(path, 1, "duckdb.hpp and a .grpc.pb.h in one file: each takes seconds to compile")
    if relative.endswith(".h") and "#pragma once" not in text:
        report(path, 1, "a header without #pragma once")


def check_form(path, lines, report):
    if not lines or not re.match(r"// \S", lines[0]):
        report(path, 1, 'the first line must be a comment sentence, best as "input → output"')
    count = len(lines)
    head = "\n".join(lines[:12])
    if "// Table:" in head:  # a table of data may be long
        return
    if count > MAXIMUM_LINES:
        report(path, count, f"{count} lines; {MAXIMUM_LINES} are the most (a table says so with `// Table:` at its head)")
    elif count > JUSTIFIED_LINES and "// Long:" not in head:
        report(path, count, f"{count} lines; above {JUSTIFIED_LINES} the head must say why with `// Long:`")


def check_names(path, lines, report):
    stem = path.name.split(".")[0]
    if not re.fullmatch(r"[a-z0-9_]+", stem):
        report(path, 1, "file names are snake_case")
    for part in (*path.relative_to(ROOT).parent.parts, *stem.split("_")):
        if part in FORBIDDEN_WORDS:
            report(path, 1, f'"{part}" says nothing: name the concept')
    for number, line in enumerate(lines, 1):
        match = FORBIDDEN_TYPE.match(line)
        if match:
            report(path, number, f'"{match[1]}" says nothing: name the concept')


def tracked_files():
    """What git knows or would add: nothing that is ignored."""
    listed = subprocess.run(["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"], cwd=ROOT,
                            capture_output=True)
    if listed.returncode != 0:  # a source archive without git
        return [path for path in ROOT.rglob("*") if path.is_file() and "build" not in path.parts]
    return [path for name in listed.stdout.decode().split("\0") if name and (path := ROOT / name).is_file()]


def main():
    layers = read_layers()
    breaches = []

    def report(path, line, text):
        breaches.append(f"{path.relative_to(ROOT)}:{line}: {text}")

    checked = 0
    for path in sorted(tracked_files()):
        relative = path.relative_to(ROOT)
        if path.suffix == ".py" and relative.parts[0] in ("scripts", "tests", "jobs"):
            checked += 1
            head = [line for line in path.read_text().splitlines()[:2] if not line.startswith("#!")]
            if path.stat().st_size and not (head and re.match(r'(r?""")|(# )', head[0])):
                report(path, 1, "a Python file starts with a docstring that says what it does")
            if set(path.stem.split("_")) & FORBIDDEN_WORDS:
                report(path, 1, "a name that says nothing: name the concept")
        if relative.parts[0] != "src" or path.suffix not in (".h", ".cc"):
            continue
        checked += 1
        lines = path.read_text().splitlines()
        folder = layer_of(path.relative_to(SOURCE).as_posix(), layers)
        if folder is None:
            report(path, 1, "its folder is not in cmake/layers.txt")
            continue
        check_includes(path, lines, layers[folder], layers, report)
        check_form(path, lines, report)
        check_names(path, lines, report)
    print("\n".join(breaches) if breaches else f"check_layers: {checked} files keep the house rules")
    return 1 if breaches else 0


if __name__ == "__main__":
    sys.exit(main())
