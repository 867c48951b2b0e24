#!/usr/bin/env python3
"""Writes docs/cpp-reference.md from the headers in include/retort.

A header is its own manual: the comment at its top, then the declarations with theirs. What is private,
or in namespace detail, is left out. With --check the file is compared and not written.
"""
import pathlib
import re
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent
PAGE = ROOT / "docs/cpp-reference.md"
ORDER = """metadata table column constraint type field expression statement value revision op migrator plan differences
connection inspector callback cli error source""".split()


def without_private(lines):
    """The lines of a header that a user may use."""
    out, skip_depth, depth, hidden = [], None, 0, None
    for line in lines:
        opens, closes = line.count("{"), line.count("}")
        if hidden is None and re.match(r"namespace (detail|library|sql) \{", line):
            hidden = depth
        if hidden is None and re.match(r"\s*private:", line):
            skip_depth = depth
        if skip_depth is not None and depth + opens - closes < skip_depth:
            skip_depth = None
        if hidden is None and skip_depth is None:
            out.append(line)
        depth += opens - closes
        if hidden is not None and depth <= hidden:
            hidden = None
    return out


def page(name):
    lines = (ROOT / f"include/retort/{name}.h").read_text().splitlines()
    lines = lines[lines.index("#pragma once") + 1 :]
    while lines and not lines[0]:
        lines.pop(0)
    text, code = [], []
    while lines and lines[0].startswith("//"):
        line = lines.pop(0)[2:]
        if line.startswith("   "):
            if not code:
                text.append("```cpp")
            code.append(line)
            text.append(line[3:])
        else:
            if code and not line.strip():
                text.append("")
                continue
            if code:
                while text[-1] == "":
                    text.pop()
                text += ["```", ""]
                code = []
            text.append(line.strip())
    if code:
        while text[-1] == "":
            text.pop()
        text.append("```")
    body = [
        line
        for line in without_private(lines)
        if not line.startswith("#") and not re.match(r"(}  )?// namespace|namespace retort|}  // namesp", line)
    ]
    body = re.sub(r"\n{3,}", "\n\n", "\n".join(body)).strip()
    return "\n".join([f"## retort/{name}.h", "", *text, "", "```cpp", body, "```", ""])


def main():
    text = "\n".join(
        [
            "# C++ reference",
            "",
            "Made from the headers by docs/make_cpp_reference.py. `#include <retort/retort.h>` for all but "
            "`retort/cli.h`.",
            "",
            *(page(name) for name in ORDER),
        ]
    )
    if "--check" in sys.argv:
        if PAGE.read_text() != text:
            sys.exit("docs/cpp-reference.md is behind the headers: run docs/make_cpp_reference.py")
    else:
        PAGE.write_text(text)


main()
