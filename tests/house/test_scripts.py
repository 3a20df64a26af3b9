"""The repository's own scripts: layers, setup's checksums, the protocol's descriptors."""

import pathlib
import subprocess
import sys

import pytest

ROOT = pathlib.Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "scripts"))

import check_layers  # noqa: E402
import extract_descriptors  # noqa: E402
import setup  # noqa: E402


@pytest.fixture
def tree(tmp_path, monkeypatch):
    """A source tree of its own with the real layers; returns a function that adds a file and checks."""
    (tmp_path / "cmake").mkdir()
    (tmp_path / "cmake/layers.txt").write_text((ROOT / "cmake/layers.txt").read_text())
    monkeypatch.setattr(check_layers, "ROOT", tmp_path)
    monkeypatch.setattr(check_layers, "SOURCE", tmp_path / "src")
    subprocess.run(["git", "init", "-q", tmp_path], check=True)

    def check(capsys, **files):
        for name, text in files.items():
            path = tmp_path / "src" / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text)
        code = check_layers.main()
        return code, capsys.readouterr().out

    return check


def test_clean_tree_passes(tree, capsys):
    code, out = tree(capsys, **{"core/a.h": "// a → b\n#pragma once\n", "types/b.cc": '// b → c\n#include "core/a.h"\n'})
    assert code == 0, out


@pytest.mark.parametrize("files, complaint", [
    ({"types/t.h": "// t\n#pragma once\n", "core/a.cc": '// a\n#include "types/t.h"\n'}, "core must not include types"),
    ({"lakehouse/delta/d.h": "// d\n#pragma once\n", "lakehouse/hudi/h.cc": '// h\n#include "lakehouse/delta/d.h"\n'},
     "lakehouse/hudi must not include lakehouse/delta"),
    ({"pipeline/p.h": "// p\n#pragma once\n", "lab/l.cc": '// l\n#include "pipeline/p.h"\n'},
     "lab must not include pipeline"),
    ({"server/s.cc": '// s\n#include <duckdb.h>\n'}, "server is no door to duckdb"),
    ({"plan/p.cc": '// p\n#include "spark/connect/base.pb.h"\n'}, "plan is no door to proto"),
    ({"core/string_utils.cc": "// s\n"}, '"utils" says nothing'),
    ({"core/a.cc": "// a\nclass ThreadManager {};\n"}, '"ThreadManager" says nothing'),
    ({"core/a.cc": "int a;\n"}, "first line must be a comment"),
    ({"core/a.h": "// a\n"}, "without #pragma once"),
    ({"core/a.cc": "// a\n" + "\n" * 700}, "600 are the most"),
    ({"core/a.cc": "// a\n" + "\n" * 500}, "the head must say why"),
    ({"elsewhere/a.cc": "// a\n"}, "not in cmake/layers.txt"),
])
def test_breach_is_named(tree, capsys, files, complaint):
    code, out = tree(capsys, **files)
    assert code == 1
    assert complaint in out


def test_table_may_be_long(tree, capsys):
    code, out = tree(capsys, **{"core/a.cc": "// a\n// Table: names.\n" + "\n" * 700})
    assert code == 0, out


def test_wrong_checksum_is_refused(tmp_path):
    (tmp_path / "thing-1.tar.gz").write_bytes(b"not what was pinned")
    pin = {"package": "thing", "version": "1", "sha256": "0" * 64}
    with pytest.raises(setup.SetupError, match="checksum differs"):
        setup.fetched_file(pin, tmp_path)


def test_unreachable_registry_says_what_to_do():
    with pytest.raises(setup.SetupError, match="could not fetch thing by `false`"):
        setup.run_client(["false"], "thing")


def test_a_failed_fetch_leaves_nothing_behind(tmp_path, monkeypatch):
    def fetch(pin, directory):
        (directory / "half.tar.gz").write_bytes(b"half a file")
    monkeypatch.setattr(setup, "CACHE", tmp_path)
    monkeypatch.setitem(setup.FETCH, "pypi", fetch)
    pin = {"package": "half", "version": "1", "sha256": "0" * 64, "registry": "pypi", "take": ["x"]}
    with pytest.raises(setup.SetupError):
        setup.provide_artifact("half", pin)
    assert [path.name for path in tmp_path.rglob("*")] == ["artifacts"]


def test_every_pin_has_a_checksum():
    pins = setup.tomllib.loads(setup.PINS.read_text())
    assert all(len(pin["sha256"]) == 64 for pin in pins["artifact"].values())
    for environment in pins["environment"].values():
        assert environment["requirements"], "run scripts/pin_environments.py"
        assert all("--hash=sha256:" in line for line in environment["requirements"])


def test_descriptor_is_read_without_import(tmp_path):
    module = tmp_path / "x_pb2.py"
    module.write_text("import does_not_exist\nD = pool.Default().AddSerializedFile(b'\\n\\x01x')\n")
    assert extract_descriptors.serialized_file(module) == b"\n\x01x"
    assert extract_descriptors.varint(300) == b"\xac\x02"
