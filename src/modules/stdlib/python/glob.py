"""Files by pattern."""
from pathlib import Path


def glob(pathname, *, root_dir=None, recursive=False, include_hidden=False, **kwargs):
    start = Path("/" if pathname.startswith("/") else root_dir or ".")
    return [str(found) for found in start.glob(pathname.lstrip("/"))
            if include_hidden or not found.name.startswith(".")]


def iglob(pathname, **kwargs):
    return iter(glob(pathname, **kwargs))


def escape(pathname):
    return "".join(["[%s]" % c if c in "*?[" else c for c in pathname])
