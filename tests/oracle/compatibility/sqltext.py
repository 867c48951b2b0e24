"""SQL as Alembic and retort print it, in one form; what is left out is in
docs/differences-from-alembic.md."""

import re

import snapshot

# The type of an added column is made first.
ENUM_FIRST = re.compile(r"DO \$\$ BEGIN CREATE TYPE .*? END \$\$;", re.S)


def normal(sql):
    """Its statements, without what space and a new run change."""
    text = ENUM_FIRST.sub("", snapshot.blur(sql))
    # A driver's escape that Alembic prints: `LIKE 'a%%'`.
    statements = [" ".join(one.replace("%%", "%").split()) for one in re.split(r";\s*\n", text)]
    return in_order([one for one in statements if one])


def same(want, have):
    """Whether retort printed what Alembic did. Alembic prints the parameters of a statement as NULL,
    retort as their values."""
    want, have = normal(want), normal(have)
    return len(want) == len(have) and all(
        one == other or re.fullmatch(".*?".join(map(re.escape, re.split(r"\bNULL\b", one))), other, re.S)
        for one, other in zip(want, have))


def in_order(statements):
    """Indexes of one table come in the order of a hash."""
    out, run = [], []
    for one in statements + [""]:
        if re.match(r"CREATE (UNIQUE )?INDEX", one):
            run.append(one)
            continue
        out += sorted(run) + [one]
        run = []
    return out[:-1]
