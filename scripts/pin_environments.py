#!/usr/bin/env python3
"""The `wants` of pins.toml's environments → their `requirements`, resolved and pinned by hash.

Run by hand when a want changes; it rewrites the lists in pins.toml and leaves all else alone.
Usage: pin_environments.py [NAME...]
"""

import json
import re
import subprocess
import sys
import tempfile
import tomllib

import setup


def resolved(wants):
    """Every distribution that pip would install for `wants`, as requirement lines with a hash."""
    with tempfile.NamedTemporaryFile(suffix=".json") as report:
        subprocess.run([*setup.pip_command(), "install", "-q", "--dry-run", "--ignore-installed", "--report",
                        report.name, *wants], check=True)
        found = json.load(report)["install"]
    lines = []
    for item in sorted(found, key=lambda item: item["metadata"]["name"].lower()):
        digest = item["download_info"]["archive_info"]["hashes"]["sha256"]
        lines.append(f"{item['metadata']['name']}=={item['metadata']['version']} --hash=sha256:{digest}")
    return lines


def main():
    text = setup.PINS.read_text()
    environments = tomllib.loads(text)["environment"]
    for name in sys.argv[1:] or environments:
        for wants, pinned in (("wants", "requirements"), ("build_wants", "build")):
            if wants not in environments[name]:
                continue
            body = "".join(f'  "{line}",\n' for line in resolved(environments[name][wants]))
            pattern = rf"(\[environment\.{name}\]\n(?:(?!\[environment).*\n)*?{pinned} = \[\n)(?:  .*\n)*(\])"
            text, count = re.subn(pattern, lambda match: match[1] + body + match[2], text)
            if count != 1:
                sys.exit(f"pins.toml: [environment.{name}] has no list `{pinned} = [ … ]` on lines of its own")
    setup.PINS.write_text(text)


if __name__ == "__main__":
    main()
