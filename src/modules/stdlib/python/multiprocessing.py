"""How many processors there are; no processes are started."""


def cpu_count():
    return 1
