#!/usr/bin/env python3
"""Spark's error-classes.json → a C++ header with one sorted constexpr table.

Usage: embed_error_conditions.py INPUT OUTPUT
"""

import json
import pathlib
import sys

HEAD = """// Spark's error-classes.json → its conditions as a table sorted by (condition, sub_condition). Generated.
#pragma once

#include <string_view>

namespace grebe::generated {

/// One error condition, or one sub-condition, of Spark. `message` holds <placeholders>.
struct ErrorConditionRow {
  std::string_view condition;
  std::string_view sub_condition;  // empty: the condition itself
  std::string_view sql_state;      // empty: Spark gives none
  std::string_view message;
};

inline constexpr ErrorConditionRow kErrorConditions[] = {
"""


def rows(catalogue):
    for name, entry in sorted(catalogue.items()):
        state = entry.get("sqlState", "")
        yield name, "", state, "\n".join(entry["message"])
        for sub_name, sub_entry in sorted(entry.get("subClass", {}).items()):
            yield name, sub_name, state, "\n".join(sub_entry["message"])


def main():
    source, output = map(pathlib.Path, sys.argv[1:])
    lines = [HEAD]
    for row in rows(json.loads(source.read_text())):
        lines.append("    {" + ", ".join(json.dumps(text) for text in row) + "},\n")
    lines.append("};\n\n}  // namespace grebe::generated\n")
    output.parent.mkdir(parents=True, exist_ok=True)
    output.write_text("".join(lines))


if __name__ == "__main__":
    main()
