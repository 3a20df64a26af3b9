#!/usr/bin/env python3
"""A built Grebe + a real Spark 3.5.7 → random queries on both; the arguments are those of tests/differential/run.py.

    scripts/differential.py --seed 1 --count 1000 [--ansi] [--out FILE]      (needs a JDK 17)
"""
import os
import pathlib
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "tests"))

from places import environment, java_home  # noqa: E402
from server import Server  # noqa: E402


def main():
    variables = {**os.environ, "JAVA_HOME": java_home(), "PYTHONDONTWRITEBYTECODE": "1"}
    with tempfile.TemporaryDirectory(prefix="differential.") as directory, Server(directory) as server:
        command = [environment("py35"), str(ROOT / "tests/differential/run.py"), "--remote", server.remote, *sys.argv[1:]]
        return subprocess.run(command, env=variables).returncode


if __name__ == "__main__":
    sys.exit(main())
