#!/usr/bin/env python3
"""Generated Python protocol modules → one FileDescriptorSet that protoc reads.

The modules are parsed, never imported: each holds its serialized FileDescriptorProto in one call
of AddSerializedFile. Google's own well-known types come from protoc's include folder.
Usage: extract_descriptors.py OUTPUT FOLDER...
"""

import ast
import pathlib
import subprocess
import sys
import tempfile

WELL_KNOWN = ["any", "duration", "timestamp", "struct", "wrappers", "empty", "descriptor"]


def serialized_file(module):
    """The bytes given to AddSerializedFile in a *_pb2.py, or None."""
    for node in ast.walk(ast.parse(module.read_text())):
        if isinstance(node, ast.Call) and getattr(node.func, "attr", "") == "AddSerializedFile":
            return node.args[0].value
    return None


def varint(number):
    out = bytearray()
    while number > 0x7F:
        out.append(number & 0x7F | 0x80)
        number >>= 7
    out.append(number)
    return bytes(out)


def well_known_set():
    with tempfile.NamedTemporaryFile(suffix=".pb") as file:
        subprocess.run(["protoc", "--include_imports", f"--descriptor_set_out={file.name}", "-I/usr/include",
                        *(f"google/protobuf/{name}.proto" for name in WELL_KNOWN)], check=True)
        return pathlib.Path(file.name).read_bytes()


def main():
    output, *folders = map(pathlib.Path, sys.argv[1:])
    # FileDescriptorSet is a repetition of field 1, so sets are joined by appending them.
    parts = [well_known_set()]
    for folder in folders:
        for module in sorted(folder.glob("*_pb2.py")):
            content = serialized_file(module)
            if content is None:
                sys.exit(f"{module}: no serialized descriptor; has the generator's layout changed?")
            parts.append(b"\x0a" + varint(len(content)) + content)
    output.write_bytes(b"".join(parts))


if __name__ == "__main__":
    main()
