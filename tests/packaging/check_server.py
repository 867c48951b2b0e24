"""The example server-postgresql, built from the installed package: several instances start at once."""
import os
import pathlib
import subprocess
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "support"))
import postgresql  # noqa: E402

program = pathlib.Path(sys.argv[1]) / "build/server-postgresql/server"
url = os.environ["POSTGRESQL_URL"]
INSTANCES = 6


def start(*arguments):
    return subprocess.Popen([str(program), *arguments], text=True, stdout=subprocess.PIPE, stderr=subprocess.PIPE)


def ended(process, code=0):
    output, errors = process.communicate(timeout=60)
    assert process.returncode == code, f"ended with {process.returncode}:\n{output}{errors}"
    return output, errors


answers = [ended(process) for process in [start(url) for _ in range(INSTANCES)]]
# Each wrote its row; each revision was run by one of them.
assert max(int(output.split()[0]) for output, _ in answers) == INSTANCES, answers
log = "".join(errors for _, errors in answers)
for step in ("Running upgrade  -> 20260101, events", "Running upgrade 20260101 -> 20260102, events by time"):
    assert log.count(step) == 1, (step, log)
# One more finds nothing to do.
output, errors = ended(start(url))
assert output == f"{INSTANCES + 1} events\n" and "Running" not in errors, (output, errors)

# What is wrong is told, without the password.
_, errors = ended(start(url + "_missing"), code=1)
assert "_missing" in errors and postgresql.PASSWORD not in errors, errors
ended(start(), code=2)
