"""docs/compatibility.md says what the function tables, the goldens and the known gaps say."""
import subprocess
import sys

from places import ROOT


def test_the_compatibility_page_is_current():
    done = subprocess.run([sys.executable, ROOT / "scripts/compatibility.py", "--check"], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
