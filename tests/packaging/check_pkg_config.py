"""A program is built with what pkg-config says of the installed library, and run."""
import os
import pathlib
import shlex
import subprocess
import sys

work, compiler, flags = pathlib.Path(sys.argv[1]), sys.argv[2], sys.argv[3]
installed = work / "installed"
folder = next(installed.glob("lib*/**/pkgconfig"))
source = work / "pkg_config.cc"
source.write_text(
    """#include <retort/connection.h>
#include <cstdio>
int main() {
  retort::Connection db = retort::connect("sqlite://");
  std::printf("%d\\n", *db.scalar<int>("SELECT 6 * 7"));
}
"""
)
environment = {**os.environ, "PKG_CONFIG_PATH": str(folder)}
words = subprocess.run(
    ["pkg-config", f"--define-variable=prefix={installed}", "--cflags", "--libs", "retort"],
    env=environment, check=True, text=True, capture_output=True,
).stdout
program = work / "pkg_config"
subprocess.run(
    [compiler, *shlex.split(flags), str(source), "-o", str(program), *shlex.split(words)], check=True
)
answer = subprocess.run([str(program)], check=True, text=True, capture_output=True).stdout
assert answer == "42\n", answer
