"""The table of configuration keys tells the truth: a key that it calls obeyed is read by the engine, and no other is."""
import re

from places import ROOT

TABLE = ROOT / "src/session/config_table.cc"
# What only checks a value, not what obeys it.
CHECKS = {TABLE, ROOT / "src/session/config.cc"}


def effects():
    entries = re.findall(r'\{"(spark\.[^"]+)",(.*?)\},\n', TABLE.read_text(), re.S)
    return {key: (re.findall(r"\bk(Acts|Client|Outside|Fixed)\b", rest) or ["Tuning"])[0] for key, rest in entries}


def keys_read():
    sources = [p for p in sorted((ROOT / "src").rglob("*.*")) if p not in CHECKS and not p.name.endswith("_test.cc")]
    # What an error names as a parameter is not read.
    key = re.compile(r'(?<!", )"(spark\.[\w.]+\w)"')
    return {name for p in sources if p.suffix in (".cc", ".h") for name in key.findall(p.read_text())}


def test_what_is_called_obeyed_is_read():
    read = keys_read()
    assert [key for key, effect in effects().items() if effect == "Acts" and key not in read] == []


def test_what_is_read_is_called_obeyed():
    known = effects()
    assert [key for key in sorted(keys_read()) if known.get(key, "Acts") not in ("Acts", "Client")] == []
