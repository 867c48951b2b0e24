"""Rows of a benchmark: what was measured, beside what, and the bound it has to keep."""
import functools
import os
import re
import statistics
import subprocess
import time


def measure(command, folder, times, before=lambda: None):
    """Median wall seconds and the largest resident size in MiB."""
    seconds, largest = [], 0
    for _ in range(times):
        before()
        started = time.perf_counter()
        process = subprocess.Popen(command, cwd=folder, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        _, status, usage = os.wait4(process.pid, 0)
        seconds.append(time.perf_counter() - started)
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode:
            raise SystemExit(f"{command} ended with {process.returncode}")
        largest = max(largest, usage.ru_maxrss / 1024)
    return statistics.median(seconds), largest


def once(action):
    """The action as a function that does it at its first call and then only remembers what came out."""
    return functools.cache(action)


class Rows:
    """The rows whose work matches a pattern; nothing is run or made ready for the others."""

    def __init__(self, only):
        self.only = re.compile(only)
        self.rows = []

    def add(self, work, ours, other, bound, slower=False):
        """`ours` and `other` measure when they are called. The ratio is how many times faster retort is, with
        `slower` how many times slower."""
        if not self.only.search(work):
            return
        (own, size), (others, _) = ours(), other()
        self.rows.append({"work": work, "retort_ms": own * 1000, "other_ms": others * 1000,
                          "ratio": own / others if slower else others / own, "retort_mib": size, "bound": bound})

    def print(self):
        print("| work | retort | other | ratio | bound | retort's memory |")
        print("|---|---|---|---|---|---|")
        for each in self.rows:
            print(f"| {each['work']} | {each['retort_ms']:.1f} ms | {each['other_ms']:.1f} ms | "
                  f"{each['ratio']:.2f} | {each['bound']} | {each['retort_mib']:.0f} MiB |")
