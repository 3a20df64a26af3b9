#!/usr/bin/env python3
"""docs/examples/first_session.py, run on build/grebe → the README's session with the output it gave.

With --check nothing is written: the exit code tells whether the README still says the truth.
"""

import argparse
import os
import pathlib
import re
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parent.parent
SESSION = ROOT / "docs/examples/first_session.py"
MARKERS = re.compile(r"(<!-- session:begin[^\n]*-->\n).*?(<!-- session:end -->)", re.DOTALL)


def run_session(binary, python):
    """What the session prints, against a server of its own in an empty directory."""
    with tempfile.TemporaryDirectory(prefix="grebe-readme-") as directory:
        server = subprocess.Popen([binary, "serve", "--host", "127.0.0.1", "--port", "0", "--warehouse",
                                   os.path.join(directory, "warehouse")],
                                  cwd=directory, stdout=subprocess.PIPE, text=True)
        try:
            ready = server.stdout.readline()
            address = re.search(r"127\.0\.0\.1:\d+", ready)
            if address is None:
                sys.exit(f"the server's ready line names no address: {ready!r}")
            done = subprocess.run([python, SESSION, f"sc://{address[0]}"], capture_output=True, text=True, timeout=120)
        finally:
            server.terminate()
            server.wait(timeout=30)
    if done.returncode != 0:
        sys.exit(f"the session failed:\n{done.stderr[-3000:]}")
    return done.stdout


def shown_code():
    """The program as a reader would type it: without docstring, and with the address written out."""
    text = SESSION.read_text().split('"""', 2)[2].lstrip("\n")
    return text.replace("import sys\n\n", "").replace("sys.argv[1]", '"sc://127.0.0.1:15002"').rstrip()


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--binary", default=os.environ.get("GREBE_BINARY", str(ROOT / "build/grebe")))
    parser.add_argument("--check", action="store_true")
    arguments = parser.parse_args()
    where = subprocess.run([ROOT / "scripts/setup", "--where", "environments/py35/bin/python"],
                           capture_output=True, text=True, check=True)
    output = run_session(arguments.binary, where.stdout.strip())
    body = f"```python\n{shown_code()}\n```\n\n```\n{output.rstrip()}\n```\n"
    readme = ROOT / "README.md"
    old = readme.read_text()
    new = MARKERS.sub(lambda match: match[1] + body + match[2], old)
    if arguments.check:
        return 0 if new == old else 1
    readme.write_text(new)
    return 0


if __name__ == "__main__":
    sys.exit(main())
