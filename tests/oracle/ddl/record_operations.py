"""Records the SQL that Alembic makes of operations: python record_operations.py FILE...

A file is a list of cases: "=== name", Python lines, then a "--- dialect..." line with the expected
statements for each group of dialects that agree. The Python lines are kept, the rest is written
anew. A line "convention = {...}" among the first ones sets the naming convention. Sections
"--- retort dialect..." are what retort does otherwise on purpose; they are kept.
"""
import io
import pathlib
import re
import sys
import warnings

import sqlalchemy as sa
from alembic.migration import MigrationContext
from alembic.operations import Operations
from sqlalchemy.dialects import mysql, postgresql, sqlite

warnings.simplefilter("ignore")
DIALECTS = ("sqlite", "postgresql", "mysql", "mariadb")


def run(code, dialect):
    buffer = io.StringIO()
    names = {"sa": sa, "postgresql": postgresql, "mysql": mysql, "sqlite": sqlite}
    lines = code.split("\n")
    convention = None
    if lines[0].startswith("convention = "):
        convention = eval(lines.pop(0)[len("convention = "):])
    context = MigrationContext.configure(
        dialect_name=dialect,
        dialect_opts={"paramstyle": "named"},
        opts={
            "as_sql": True,
            "literal_binds": True,
            "output_buffer": buffer,
            "target_metadata": sa.MetaData(naming_convention=convention),
        },
    )
    names["op"] = Operations(context)
    try:
        exec("\n".join(lines), names)
    except Exception as error:
        message = re.sub(r" object at 0x\w+", "", str(error).split("\n")[0])
        return buffer.getvalue() + f"! {type(error).__name__}: {message}"
    return buffer.getvalue()


def main(path):
    text = pathlib.Path(path).read_text()
    out = []
    for case in re.split(r"^=== ", text, flags=re.M)[1:]:
        name, _, rest = case.partition("\n")
        parts = re.split(r"^--- ", rest, flags=re.M)
        code = parts[0].strip("\n")
        own = [part for part in parts[1:] if part.startswith("retort ")]
        groups = {}
        for dialect in DIALECTS:
            groups.setdefault(run(code, dialect).strip(), []).append(dialect)
        out.append(f"=== {name}\n{code}\n")
        for sql, dialects in groups.items():
            out.append("--- " + " ".join(dialects) + "\n" + (sql + "\n" if sql else ""))
        out.extend("--- " + part.rstrip("\n") + "\n" for part in own)
    pathlib.Path(path).write_text("".join(out))


for argument in sys.argv[1:]:
    main(argument)
