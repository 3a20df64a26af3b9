#!/usr/bin/env python3
"""What Spark says of its functions (src/functions/descriptions.json) → a C++ header with one sorted table.

Usage: embed_function_descriptions.py INPUT OUTPUT
"""
import json
import pathlib
import sys

HEAD = """// Spark's own descriptions of its functions, sorted by name. Generated from descriptions.json.
#pragma once

#include <string_view>

namespace grebe::generated {

/// What DESCRIBE FUNCTION EXTENDED prints of a function in Spark 3.5.7.
struct FunctionDescription {
  std::string_view name;
  std::string_view class_name;  // empty: Spark names none
  std::string_view usage;
  std::string_view extended;
};

inline constexpr FunctionDescription kFunctionDescriptions[] = {
"""


def main():
    source, output = map(pathlib.Path, sys.argv[1:])
    lines = [HEAD]
    described = json.loads(source.read_text())
    for name in sorted(described, key=str.encode):
        entry = described[name]
        texts = (name, *(entry.get(part, "") for part in ("class", "usage", "extended")))
        lines.append("    {" + ", ".join(json.dumps(text, ensure_ascii=False) for text in texts) + "},\n")
    lines.append("};\n\n}  // namespace grebe::generated\n")
    output.parent.mkdir(parents=True, exist_ok=True)
    output.write_text("".join(lines))


if __name__ == "__main__":
    main()
