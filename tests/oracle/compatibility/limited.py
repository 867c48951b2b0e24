"""Programs under limits of memory and time, whose output is not gathered in memory."""
import functools
import json
import pathlib
import resource
import select
import subprocess

MEMORY = 4 << 30
SECONDS = 1800  # of a program that does all of a history
ANSWER_SECONDS = 60  # of the driver, for one file
MESSAGES = 20_000


@functools.cache
def limits(program):
    """What a child does before it becomes the program. One that the address sanitizer watches has no
    limit: it reserves terabytes of addresses and uses little of them."""
    if b"__asan_init" in pathlib.Path(program).read_bytes():
        return None
    return lambda: resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))


def run(command, text="", **options):
    """A finished process; of its messages the end is kept."""
    process = subprocess.Popen(command, stdin=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
                               errors="replace", preexec_fn=limits(command[0]), **options)
    try:
        _, messages = process.communicate(text, timeout=SECONDS)
    except subprocess.TimeoutExpired:
        process.kill()
        _, messages = process.communicate()
        messages += "\ntoo slow"
    return subprocess.CompletedProcess(command, process.returncode, "", messages[-MESSAGES:])


class Driver:
    """The program that runs files on paper: a line of question, a line of answer. A new one is started
    after a question that ended it or took too long."""

    def __init__(self, program):
        self.program = program
        self.process = None

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.stop()

    def stop(self):
        if self.process:
            self.process.kill()
            self.process.communicate()
            self.process = None

    def ask(self, question):
        if not self.process:
            self.process = subprocess.Popen([self.program], stdin=subprocess.PIPE, stdout=subprocess.PIPE,
                                            stderr=subprocess.DEVNULL, text=True, errors="replace",
                                            preexec_fn=limits(self.program))
        try:
            self.process.stdin.write(json.dumps(question) + "\n")
            self.process.stdin.flush()
            ready, _, _ = select.select([self.process.stdout], [], [], ANSWER_SECONDS)
            line = self.process.stdout.readline() if ready else ""
        except BrokenPipeError:
            ready, line = [1], ""
        if line:
            return json.loads(line)
        self.stop()
        return {"error": "the program died" if ready else "too slow", "code": "crash", "line": 0, "text": ""}
