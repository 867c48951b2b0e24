"""Compiles every public header alone, and the examples of the headers and of docs/cpp-guide.md.

An example is a few lines as a person would write them somewhere in a program, so it is put where it
belongs: what defines functions, structs or revisions into a namespace, the rest into a function that has
the names at hand which the examples speak of.
"""
import concurrent.futures
import pathlib
import re
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parents[2]
compiler, work = sys.argv[1], pathlib.Path(sys.argv[2])
work.mkdir(parents=True, exist_ok=True)
headers = sorted((ROOT / "include/retort").glob("*.h"))

# What the examples take for granted.
SURROUNDINGS = """
using namespace retort;
using namespace std::chrono_literals;
extern const retort::Bundle app_migrations;
namespace app {
extern const MetaData metadata;
}
void show(const Step&);
void show(const std::string&);
void log(const std::string&);
void refuse(const char*);
void try_again_later();
struct World {
  Op& op;
  Connection& db;
  Migrator& migrator;
  const Row& row;
  MetaData& metadata;
  Error& error;
  ::sqlite3* sqlite3_handle;
};
"""
NAMES = {
    "op": "Op& op = world.op;",
    "db": "Connection& db = world.db;",
    "migrator": "Migrator& migrator = world.migrator;",
    "row": "const Row& row = world.row;",
    "metadata": "MetaData& metadata = world.metadata;",
    "error": "Error& error = world.error;",
    "sqlite3_handle": "::sqlite3* sqlite3_handle = world.sqlite3_handle;",
    "now": "std::chrono::sys_seconds now{};",
    "users": 'Expression users = table("users");',
}


def header_examples(path):
    """The indented lines of the comment at the top."""
    block, blocks = [], []
    for line in path.read_text().splitlines()[1:]:
        if line.startswith("//   "):
            block.append(line[5:])
        elif line == "//" and block:
            block.append("")
        elif block:
            blocks.append(block)
            block = []
        if line and not line.startswith("//"):
            break
    return ["\n".join(b) for b in blocks]


def guide_examples(path):
    text = path.read_text()
    return [
        re.sub(r"^  ", "", m.group(2), flags=re.M) if m.group(1) else m.group(2)
        for m in re.finditer(r"^( *)```cpp\n(.*?)^ *```", text, flags=re.M | re.S)
    ]


def place(example, number):
    """The example as a piece of a file."""
    example = "\n".join(
        line for line in example.splitlines() if not re.match(r"\s*#include|\s*using namespace", line)
    )
    example = re.sub(r" \.\.\.$", " {}", example, flags=re.M)
    example = re.sub(r"extern const (retort::)?Bundle app_migrations;[^\n]*", "", example)
    if "RETORT_REVISION" in example:
        return f"#undef RETORT_REVISION_SYMBOL\n#define RETORT_REVISION_SYMBOL example_{number}\n{example}\n"
    if "int main" in example:
        return f"namespace example_{number} {{\n{example.replace('int main', 'int run_main')}\n}}\n"
    outside = []

    def lift(match):
        outside.append(match.group(0))
        return ""

    example = re.sub(r"^template <>.*?^\};\n?", lift, example, flags=re.M | re.S)
    example = re.sub(r"^struct \w+ \{.*?^\};\n?", lift, example, flags=re.M | re.S)
    example = re.sub(r"^void \w+\(Op& op\) \{.*?^\}\n?", lift, example, flags=re.M | re.S)
    given = ""
    for name, declaration in NAMES.items():
        used = re.search(rf"\b{name}\b", example)
        own = re.search(rf"(Connection|Migrator|MetaData|auto|Table|Table&|Error|Error&) {name}\b", example)
        if used and not own:
            given += f"  {declaration}\n"
    if re.search(r"\b(orgs|users)\.c\(", example) is None:
        given = given.replace(NAMES["users"], "")
    lifted = "\n".join(o for o in outside if o.startswith("template"))
    inside = "\n".join(o for o in outside if not o.startswith("template"))
    text = f"namespace example_{number} {{\n{inside}\n}}\n{lifted}\nnamespace example_{number} {{\n"
    return text + f"[[maybe_unused]] void example(World& world) {{\n  (void)world;\n{given}{example}\n}}\n}}\n"


def main():
    alone = "".join(f'#include "{h}"\n' for h in headers)
    failures = []
    pieces = []
    number = 0
    for path in [*headers, ROOT / "docs/cpp-guide.md"]:
        for example in (header_examples if path.suffix == ".h" else guide_examples)(path):
            number += 1
            pieces.append(f'#line 1 "{path.name}, example {number}"\n{place(example, number)}')
    unit = work / "examples.cc"
    unit.write_text(
        alone + "#include <chrono>\n#include <cstdio>\n#include <iostream>\n" + SURROUNDINGS
        + "enum class Mood { sad, ok };\n" + "\n".join(pieces)
    )
    units = [unit]
    for header in headers:
        one = work / f"{header.stem}.cc"
        one.write_text(f'#include "{header}"\n#include "{header}"\n')
        units.append(one)
    def compile_one(each):
        return each, subprocess.run(
            [compiler, "-std=c++20", "-Wall", "-Wextra", "-Wno-unused", "-fsyntax-only",
             f"-I{ROOT / 'include'}", str(each)],
            text=True, capture_output=True,
        )

    with concurrent.futures.ThreadPoolExecutor(2) as pool:
        for each, done in pool.map(compile_one, units):
            if done.returncode != 0:
                failures.append(f"{each}:\n{done.stderr}")
    if failures:
        sys.exit("\n".join(failures)[:20000])
    print(f"{len(headers)} headers, {number} examples")


main()
