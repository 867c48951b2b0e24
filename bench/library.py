#!/usr/bin/env python3
"""Measures what the C++ library costs its users' compilers, from an installed package: the umbrella header, and a
project of 100 compiled migrations.

usage: library.py --build FOLDER [--compiler PROGRAM]... [--migrations NUMBER]
"""
import argparse
import pathlib
import resource
import subprocess
import tempfile
import time

HEADER_BOUND, PROJECT_BOUND = 0.9, 60  # seconds

# What histories are made of, in turn.
STEPS = (
    """
          op.create_table(Table("things_{n}", Column("id", BigInteger(), primary_key),
                                Column("name", String(80), not_null, unique),
                                Column("price", Numeric(12, 2), not_null, server_default(0)),
                                Column("created_at", DateTime({{.timezone = true}}), not_null,
                                       server_default(func::now())),
                                Check{{"price_{n}", text("price >= 0")}},
                                Index{{.name = "ix_things_{n}_price", .parts = {{"price"}}}}));""",
    """
          op.add_column("things_{before}", Column("owner_{n}", String(40), nullable));
          op.create_index("things_{before}", Index{{.name = "ix_owner_{n}", .parts = {{"owner_{n}"}}}});""",
    """
          auto things = table("things_{first}", {{column("id", Integer()), column("name", String())}});
          op.execute(update(things).values({{{{"name", func::lower(things.c("name"))}}}})
                         .where(things.c("name").like("%{n}%")));""",
    """
          op.batch("things_{first}", [](Op::Batch& things) {{
            things.alter_column("name", {{.type = String({n} + 100), .nullable = false}});
            things.create_unique_constraint("uq_things_{n}", {{"name", "price"}});
          }});""",
)


def migration(number):
    down = f'    .down = "{number - 1:04}",\n' if number > 1 else ""
    first = number - (number - 1) % len(STEPS)
    body = STEPS[(number - 1) % len(STEPS)].format(n=number, before=number - 1, first=first)
    return f"""#include <retort/retort.h>

using namespace retort;

RETORT_REVISION{{
    .id = "{number:04}",
{down}    .message = "number {number}",
    .upgrade =
        [](Op& op) {{{body}
        }},
    .downgrade = [](Op& op) {{ op.execute("SELECT {number}"); }},
}};
"""


PROJECT = """cmake_minimum_required(VERSION 3.20)
project(many LANGUAGES CXX)
set(CMAKE_CXX_STANDARD 20)
find_package(retort CONFIG REQUIRED)
retort_add_migrate_tool(many_migrate DIR migrations)
"""


def seconds_of(folder, *commands):
    """By the clock, and of the processors."""
    before, start = resource.getrusage(resource.RUSAGE_CHILDREN), time.monotonic()
    for command in commands:
        subprocess.run(command, cwd=folder, check=True, capture_output=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return time.monotonic() - start, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def header_seconds(compiler, include, folder):
    """Of the processor; the best of some."""
    (folder / "header.cc").write_text("#include <retort/retort.h>\n")
    compile_it = [compiler, "-std=c++20", f"-I{include}", "-c", "header.cc", "-o", "header.o"]
    return min(seconds_of(folder, compile_it)[1] for _ in range(5))


def project_seconds(compiler, installed, folder, count):
    """Of an optimised build with two jobs; then the history is run."""
    (folder / "migrations").mkdir(parents=True)
    for number in range(1, count + 1):
        (folder / f"migrations/{number:04}_step.cc").write_text(migration(number))
    (folder / "CMakeLists.txt").write_text(PROJECT)
    seconds = seconds_of(
        folder,
        ["cmake", "-S", ".", "-B", "build", "-G", "Ninja", f"-DCMAKE_PREFIX_PATH={installed}",
         f"-DCMAKE_CXX_COMPILER={compiler}", "-DCMAKE_BUILD_TYPE=", "-DCMAKE_CXX_FLAGS=-O2 -Wall -Wextra"],
        ["cmake", "--build", "build", "--parallel", "2"])
    subprocess.run(["build/many_migrate", "--url", "sqlite://", "upgrade", "head"], cwd=folder, check=True,
                   capture_output=True)
    return seconds


def main():
    options = argparse.ArgumentParser()
    options.add_argument("--build", required=True, help="a build of retort, which is installed from it")
    options.add_argument("--compiler", action="append")
    options.add_argument("--migrations", type=int, default=100)
    options = options.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        scratch = pathlib.Path(scratch)
        installed = scratch / "installed"
        subprocess.run(["cmake", "--install", options.build, "--prefix", installed], check=True, capture_output=True)
        for compiler in options.compiler or ["g++"]:
            header = header_seconds(compiler, installed / "include", scratch)
            print(f"{compiler}: #include <retort/retort.h>: {header:.2f} s (bound: {HEADER_BOUND} s)", flush=True)
            whole, work = project_seconds(compiler, installed, scratch / compiler, options.migrations)
            print(f"{compiler}: {options.migrations} compiled migrations, two jobs: {whole:.1f} s, {work:.1f} s of the"
                  f" processors (bound: {PROJECT_BOUND} s)", flush=True)


main()
