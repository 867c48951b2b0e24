"""The installed program needs the C and C++ libraries and SQLite, and nothing else."""
import pathlib
import subprocess
import sys

work, flags = pathlib.Path(sys.argv[1]), sys.argv[3]
program = work / "installed/bin/retort"
listing = subprocess.run(["ldd", str(program)], check=True, text=True, capture_output=True).stdout
needed = {line.split()[0].split(".so")[0] for line in listing.splitlines()}
allowed = {"linux-vdso", "libsqlite3", "libstdc++", "libm", "libgcc_s", "libc", "/lib64/ld-linux-x86-64"}
if flags:
    # What the sanitizers bring with them.
    allowed |= {"libasan", "libubsan", "libtsan", "libpthread", "librt", "libdl", "libresolv"}
assert needed <= allowed, f"also needs {needed - allowed}"
assert "libsqlite3" in needed
for path in (
    "share/man/man1/retort.1",
    "share/bash-completion/completions/retort",
    "include/retort/retort.h",
):
    assert (work / "installed" / path).is_file(), path
