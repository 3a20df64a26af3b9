"""The built binary, as a user meets it: version, doctor, exit codes, from any directory."""

import json
import os
import subprocess

import pytest

GREBE = os.environ["GREBE_BINARY"]


def grebe(*arguments, **options):
    return subprocess.run([GREBE, *arguments], capture_output=True, text=True, timeout=60, **options)


def test_version():
    done = grebe("--version")
    assert done.returncode == 0
    assert done.stdout.startswith("grebe ")


def test_doctor_from_any_directory(tmp_path):
    done = grebe("doctor", "--json", cwd=tmp_path)
    assert done.returncode == 0, done.stdout + done.stderr
    report = json.loads(done.stdout)
    assert report["missing"] == []
    assert report["settings"]["threads"]["value"] >= 1
    assert {"avro", "delta", "httpfs", "iceberg"} <= set(report["extensions"])


def test_doctor_obeys_the_user_and_says_so():
    environment = os.environ | {"GREBE_THREADS": "3", "GREBE_MEMORY_LIMIT": "2GiB"}
    settings = json.loads(grebe("doctor", "--json", env=environment).stdout)["settings"]
    assert settings["threads"] == {"value": 3, "rule": "given by the user"}
    assert settings["memory_limit"] == {"value": 2 << 30, "rule": "given by the user"}


def test_doctor_refuses_a_bad_override():
    done = grebe("doctor", env=os.environ | {"GREBE_MEMORY_LIMIT": "lots"})
    assert done.returncode == 1
    assert "GREBE_MEMORY_LIMIT=lots" in done.stderr


def test_doctor_names_what_is_missing(tmp_path):
    done = grebe("doctor", env=os.environ | {"GREBE_EXTENSION_DIRECTORY": str(tmp_path)})
    assert done.returncode == 1
    assert "Missing: DuckDB extension delta" in done.stdout


@pytest.mark.parametrize("arguments", [["nonsense"], ["doctor", "--nonsense"]])
def test_wrong_usage_has_its_own_exit_code(arguments):
    assert grebe(*arguments).returncode == 2
