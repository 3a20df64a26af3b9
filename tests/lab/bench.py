"""Arguments of `grebe bench` → its process, its exit code, what it printed and what it left."""
import json
import os
import pathlib
import subprocess
import time

from places import grebe

# Small enough for a test, large enough that every query has rows to be wrong about.
SCALE = "0.01"


class Bench:
    """The laboratory in one data root."""

    def __init__(self, root):
        self.root = pathlib.Path(root)

    def command(self, *arguments):
        return [grebe(), "bench", *arguments, "--root", str(self.root), "--sf", SCALE]

    def environment(self):
        unset = ("GREBE_DATA", "TPCH_SCALE_FACTOR", "FRAMEWORKS", "BENCH_CONFIG")
        return {key: value for key, value in os.environ.items() if key not in unset}

    def run(self, *arguments, check=0):
        done = subprocess.run(
            self.command(*arguments), capture_output=True, text=True, env=self.environment(), cwd=self.root, timeout=600
        )
        assert done.returncode == check, f"exit code {done.returncode}\n{done.stdout}\n{done.stderr}"
        return done

    def start(self, *arguments):
        return subprocess.Popen(
            self.command(*arguments),
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            env=self.environment(),
            cwd=self.root,
        )

    def state(self):
        return json.loads((self.root / "bronze/tpch/_metadata/state.json").read_text())

    def phases(self):
        return self.state()["scale_factors"][f"sf{SCALE}"]["phases"]

    def metrics(self, benchmark_id=None):
        benchmark_id = benchmark_id or self.state()["benchmarks"][-1]["benchmark_id"]
        return json.loads((self.root / f"gold/metrics/{benchmark_id}.json").read_text())

    def journal(self):
        """The runs of the newest benchmark so far."""
        newest = self.state()["benchmarks"][-1]["benchmark_id"]
        path = self.root / f"gold/metrics/{newest}.runs.jsonl"
        return [json.loads(line) for line in path.read_text().splitlines()] if path.exists() else []

    def results(self, metrics):
        return {(r["engine"], r["format"], r["query"]): r for r in metrics["results"]}


def wait_until(condition, seconds=120):
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline, "waited in vain"
        time.sleep(0.005)


def children(pid):
    """The process ids of the children of a process, with their command lines."""
    found = {}
    for entry in pathlib.Path("/proc").iterdir():
        if not entry.name.isdigit():
            continue
        try:
            parent = int((entry / "stat").read_text().rpartition(")")[2].split()[1])
            if parent == pid:
                found[int(entry.name)] = (entry / "cmdline").read_bytes().replace(b"\0", b" ").decode()
        except (FileNotFoundError, ProcessLookupError):
            continue
    return found
