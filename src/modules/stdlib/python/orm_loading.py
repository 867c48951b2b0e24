"""Loader options: how SQLAlchemy would read related rows, which changes no result. And the order
of tables."""
import _orm_support


class _Option:
    """joinedload(A.b).selectinload(B.c): taken and not needed."""

    def __init__(self, *args, **kwargs):
        pass

    def __getattr__(self, name):
        if name.startswith("_"):
            raise AttributeError(name)
        return lambda *args, **kwargs: self


Load = _Option


def joinedload(*keys, **kw):
    return _Option()


selectinload = subqueryload = lazyload = noload = raiseload = contains_eager = joinedload
load_only = defer = undefer = undefer_group = defaultload = immediateload = joinedload
selectin_polymorphic = with_loader_criteria = with_expression = joinedload
joinedload_all = subqueryload_all = joinedload


def with_polymorphic(base, classes, *args, **kwargs):
    return base


def table_ranks(tables):
    """Full name to position: a table after those it refers to, else in the order given."""
    names = [table.fullname for table in tables]
    needs = {}
    for table in tables:
        needs[table.fullname] = {referred for key in _orm_support.references(table)
                                 for column, referred, other in key
                                 if referred in names and referred != table.fullname}
    ranks = {}
    while len(ranks) < len(names):
        ready = [name for name in names
                 if name not in ranks and all(need in ranks for need in needs[name])]
        if not ready:
            ready = [name for name in names if name not in ranks]
        ranks[ready[0]] = len(ranks)
    return ranks
