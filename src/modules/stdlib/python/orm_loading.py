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


def group_ranks(groups):
    """Key to position for groups of tables: a group after those it refers to, else as given."""
    owner = {table.fullname: key for key, tables in groups.items() for table in tables}
    needs = {}
    for key, tables in groups.items():
        needs[key] = {owner[referred] for table in tables
                      for pairs in _orm_support.references(table)
                      for column, referred, other in pairs
                      if referred in owner and owner[referred] is not key}
    ranks = {}
    while len(ranks) < len(groups):
        left = [key for key in groups if key not in ranks]
        ready = [key for key in left if all(need in ranks for need in needs[key])]
        ranks[(ready or left)[0]] = len(ranks)
    return ranks
