"""Records what SQLAlchemy says of each type: python record_types.py recorded/types.txt.

Lines that start with a letter are Python; each is followed by one line a dialect.
"""
import pathlib
import sys
import warnings

import sqlalchemy as sa
from sqlalchemy.dialects import mysql, postgresql, sqlite
from sqlalchemy.dialects.mysql import mariadb

warnings.simplefilter("ignore")
DIALECTS = {
    "sqlite": sqlite.dialect(),
    "postgresql": postgresql.dialect(paramstyle="named"),
    "mysql": mysql.dialect(paramstyle="named"),
    "mariadb": mariadb.MariaDBDialect(paramstyle="named"),
}


def main(path):
    out = []
    for line in pathlib.Path(path).read_text().splitlines():
        if not line[:1].isalpha():
            continue
        out.append(line)
        for name, dialect in DIALECTS.items():
            try:
                kind = eval(line, {"sa": sa, "postgresql": postgresql, "mysql": mysql,
                                   "sqlite": sqlite})
                text = dialect.type_compiler_instance.process(kind)
            except Exception as error:
                text = "! " + type(error).__name__
            out.append("  " + name + ": " + text)
    pathlib.Path(path).write_text("\n".join(out) + "\n")


main(sys.argv[1])
