"""Makes the .deb packages and looks into them."""
import pathlib
import shutil
import subprocess
import sys

build, work = pathlib.Path(sys.argv[1]), pathlib.Path(sys.argv[2])
out = work.parent / "deb"
shutil.rmtree(out, ignore_errors=True)
out.mkdir(parents=True)
made = subprocess.run(
    ["cpack", "-G", "DEB", "-B", str(out), "--config", str(build / "CPackConfig.cmake")],
    text=True, capture_output=True,
)
assert made.returncode == 0, made.stdout + made.stderr


def ask(*words):
    return subprocess.run(["dpkg-deb", *map(str, words)], check=True, text=True, capture_output=True).stdout


packages = {path.name.split("_")[0]: path for path in out.glob("*.deb")}
assert set(packages) == {"retort", "libretort-dev"}, packages

program = ask("--contents", packages["retort"])
for path in ("/usr/bin/retort", "/usr/share/man/man1/retort.1", "/usr/share/doc/retort/copyright"):
    assert path in program, (path, program)
assert "/usr/include" not in program
depends = ask("--field", packages["retort"], "Depends")
assert {word.split()[0] for word in depends.split(", ")} <= {
    "libc6", "libstdc++6", "libgcc-s1", "libsqlite3-0",
}, depends

library = ask("--contents", packages["libretort-dev"])
for path in (
    "libretort.a", "/usr/include/retort/retort.h", "/retort-config.cmake", "/RetortMigrations.cmake",
    "/pkgconfig/retort.pc",
):
    assert path in library, (path, library)
assert "/usr/bin" not in library
assert "libsqlite3-dev" in ask("--field", packages["libretort-dev"], "Depends")
