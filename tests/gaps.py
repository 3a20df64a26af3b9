"""known_gaps.yaml + a test's differences → pass, or fail; an unexpected pass fails as well."""
import fnmatch
import functools
import pathlib

import yaml

MODES = ("unimplemented", "error", "wrong")
FILE = pathlib.Path(__file__).resolve().parent / "known_gaps.yaml"


@functools.cache
def known_gaps():
    """Gives the list of gaps: a label (a glob), a mode of MODES, and a reason."""
    with open(FILE) as file:
        gaps = yaml.safe_load(file) or []
    for gap in gaps:
        if set(gap) != {"label", "mode", "reason"} or gap["mode"] not in MODES:
            raise ValueError(f"not a gap: {gap}")
    return gaps


def judge(label, differences):
    """Fails the running test unless it agrees with Spark, or is known not to."""
    import pytest

    gap = next((g for g in known_gaps() if fnmatch.fnmatchcase(label, g["label"])), None)
    if gap is None:
        if differences:
            pytest.fail(f"{label}\n  " + "\n  ".join(differences), pytrace=False)
    elif not differences:
        pytest.fail(f"{label} agrees with Spark now: remove it from known_gaps.yaml ({gap['reason']})", pytrace=False)
