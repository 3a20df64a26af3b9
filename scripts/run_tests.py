#!/usr/bin/env python3
"""Unit tests and the pytest suites of tests/suites.toml → one line: `123 passed, 0 failed`.

A skipped test fails unless tests/allowed_skips.yaml names it with a reason. The exit code is 0
only when nothing failed and something passed.
Usage: run_tests.py [--suite NAME]... [--build DIRECTORY] [-- arguments for pytest]
"""

import argparse
import fnmatch
import json
import os
import pathlib
import subprocess
import sys
import tempfile
import time
import tomllib
import xml.etree.ElementTree

ROOT = pathlib.Path(__file__).resolve().parent.parent
ENVIRONMENTS = pathlib.Path(
    subprocess.run([ROOT / "scripts/setup", "--where", "environments"], capture_output=True, text=True,
                   check=True).stdout.strip())
PYTHON = ENVIRONMENTS / "py35/bin/python"

try:
    import yaml
except ImportError:  # the system's Python has none; the test environment has
    os.execv(PYTHON, [str(PYTHON), *sys.argv])


class Tally:
    """What passed, failed and was skipped, over all suites."""

    def __init__(self, allowed_skips):
        self.passed = 0
        self.failures = []
        self.allowed = []
        self.allowed_skips = allowed_skips

    def add(self, name, outcome, reason=""):
        if outcome == "passed":
            self.passed += 1
        elif outcome == "skipped":
            if any(fnmatch.fnmatch(name, entry["test"]) for entry in self.allowed_skips):
                self.allowed.append(name)
            else:
                self.failures.append(f"{name}: skipped, and tests/allowed_skips.yaml does not say why: {reason}")
        else:
            self.failures.append(f"{name}: {reason}" if reason else name)


def run_unit_tests(build, tally, scratch):
    """Every test binary of the build; a crash of one is a failure of its own."""
    listed = subprocess.run(["ctest", "--test-dir", str(build), "--show-only=json-v1"], capture_output=True,
                            text=True, check=True)
    for binary in (pathlib.Path(test["command"][0]) for test in json.loads(listed.stdout)["tests"]):
        report = scratch / f"{binary.name}.json"
        done = subprocess.run([binary, f"--gtest_output=json:{report}", "--gtest_brief=1"], cwd=ROOT,
                              capture_output=True, text=True)
        before = len(tally.failures)
        if report.exists() and report.stat().st_size:
            for suite in json.loads(report.read_text())["testsuites"]:
                for case in suite["testsuite"]:
                    name = f"{binary.name}::{suite['name']}.{case['name']}"
                    outcome = ("failed" if case.get("failures") else
                               "skipped" if case["result"] == "SKIPPED" else "passed")
                    tally.add(name, outcome, "; ".join(one["failure"] for one in case.get("failures", [])))
        if done.returncode != 0:
            print(done.stdout[-4000:], done.stderr[-4000:], sep="\n")
            if len(tally.failures) == before:
                tally.add(binary.name, "failed", f"ended with code {done.returncode}")


def run_suite(name, suite, build, tally, scratch, extra):
    """One folder of tests/, once in each environment that it names."""
    for environment in suite["environments"]:
        label = f"{name}[{environment}]"
        report = scratch / f"{label}.xml"
        print(f"--- {label}", flush=True)
        started = time.monotonic()
        done = subprocess.run(
            [ENVIRONMENTS / environment / "bin/python", "-m", "pytest", "-q",
             f"--junitxml={report}", "-p", "no:cacheprovider", str(ROOT / "tests" / name), *extra],
            cwd=ROOT, env=os.environ | {"GREBE_BINARY": str(build / "grebe"), "GREBE_ENVIRONMENT": environment,
                                        "GREBE_ENVIRONMENTS": str(ENVIRONMENTS)})
        print(f"--- {label} took {time.monotonic() - started:.0f} s", flush=True)
        before = len(tally.failures)
        if report.exists():
            for case in xml.etree.ElementTree.parse(report).iter("testcase"):
                test = f"{label}::{case.get('classname')}::{case.get('name')}"
                faults = [*case.findall("failure"), *case.findall("error")]
                skipped = case.find("skipped")
                if faults:
                    tally.add(test, "failed", (faults[0].get("message") or "").partition("\n")[0])
                elif skipped is not None:
                    tally.add(test, "skipped", skipped.get("message", ""))
                else:
                    tally.add(test, "passed")
        if done.returncode not in (0, 1, 5) or (done.returncode == 1 and len(tally.failures) == before):
            tally.add(label, "failed", f"pytest ended with code {done.returncode}")
        if done.returncode == 5:
            tally.add(label, "failed", "pytest found no test")


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--suite", action="append", default=[], help="only this one (`unit` is one); repeatable")
    parser.add_argument("--build", type=pathlib.Path, default=ROOT / "build/release")
    parser.add_argument("--no-build", action="store_true", help="take the binaries as they are")
    arguments, extra = parser.parse_known_args()
    extra = [one for one in extra if one != "--"]
    build = arguments.build.absolute()

    suites = tomllib.loads((ROOT / "tests/suites.toml").read_text())
    wanted = arguments.suite or ["unit", *(name for name, suite in suites.items() if suite.get("default", True))]
    unknown = set(wanted) - set(suites) - {"unit"}
    if unknown:
        parser.error(f"no suite {', '.join(sorted(unknown))} in tests/suites.toml")
    tally = Tally(yaml.safe_load((ROOT / "tests/allowed_skips.yaml").read_text()) or [])

    if not arguments.no_build and subprocess.run(["cmake", "--build", str(build)]).returncode != 0:
        print("0 passed, 1 failed (the build)")
        return 1
    with tempfile.TemporaryDirectory(prefix="grebe-tests-") as directory:
        scratch = pathlib.Path(directory)
        for name in wanted:
            if name == "unit":
                run_unit_tests(build, tally, scratch)
            else:
                run_suite(name, suites[name], build, tally, scratch, extra)
    for name in tally.allowed:
        print(f"skipped, as allowed: {name}")
    for failure in tally.failures:
        print(f"FAILED {failure}")
    print(f"{tally.passed} passed, {len(tally.failures)} failed")
    return 0 if tally.passed and not tally.failures else 1


if __name__ == "__main__":
    sys.exit(main())
