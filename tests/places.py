"""Names of test parts → where they are: client environments, the binary, a JDK, a real Spark."""
import contextlib
import functools
import glob
import os
import pathlib
import re
import subprocess
import tempfile

ROOT = pathlib.Path(__file__).resolve().parent.parent


@functools.cache
def environment(name):
    """Gives the Python of a pinned test environment: py35, py42 or readers."""
    home = os.environ.get("GREBE_ENVIRONMENTS")
    if not home:
        command = [str(ROOT / "scripts/setup"), "--where", "environments"]
        home = subprocess.run(command, capture_output=True, text=True, check=True).stdout.strip()
    path = f"{home}/{name}/bin/python"
    if not os.path.exists(path):
        raise FileNotFoundError(f"the environment {name} is missing ({path}); run `make setup`")
    return path


def grebe():
    """Gives the binary under test."""
    path = pathlib.Path(os.environ.get("GREBE_BINARY") or ROOT / "build/grebe")
    if not path.exists():
        raise FileNotFoundError(f"{path} is missing; run `make build`")
    return str(path.resolve())


def java_home():
    """Gives a JDK 17, or an empty text where there is none."""
    found = os.environ.get("GREBE_JAVA_HOME") or next(iter(sorted(glob.glob("/usr/lib/jvm/java-17-openjdk-*"))), "")
    return found


@contextlib.contextmanager
def start_oracle(kind, directory=None):
    """Starts a real Spark 3.5.7 for the time of a `with` block and gives its address."""
    with tempfile.TemporaryDirectory(prefix="oracle.") as scratch:
        command = [str(ROOT / "scripts/oracle"), kind, "--port", "0", "--directory", str(directory or scratch)]
        process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
        try:
            ready = process.stdout.readline()
            address = re.search(r"sc://\S+", ready)
            if not address:
                raise RuntimeError(f"the real Spark did not start: {ready.strip() or 'see its log'}")
            yield address.group(0)
        finally:
            process.terminate()
            process.wait(timeout=60)
