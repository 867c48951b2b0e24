"""Where temporary files lie; none are made."""
import os as _os


def gettempdir():
    for name in ("TMPDIR", "TEMP", "TMP"):
        if _os.environ.get(name):
            return _os.environ[name]
    return "/tmp"


def gettempprefix():
    return "tmp"
