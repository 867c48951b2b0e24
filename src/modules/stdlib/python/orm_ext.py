"""What sqlalchemy.ext offers beside declarative mapping, as far as schemas and scripts use it."""
from _orm_attributes import InstrumentedAttribute


class hybrid_property:
    """A property of objects that is an SQL expression on the class."""

    def __init__(self, fget, fset=None, fdel=None, expr=None, custom_comparator=None,
                 update_expr=None):
        self.fget = fget
        self.fset = fset
        self.fdel = fdel
        self.expr = expr
        self.custom_comparator = custom_comparator
        self.update_expr = update_expr
        self.__doc__ = getattr(fget, "__doc__", None)
        self.__name__ = getattr(fget, "__name__", None)

    def __get__(self, instance, owner):
        if instance is not None:
            return self.fget(instance)
        if self.custom_comparator is not None:
            return self.custom_comparator(owner)
        return (self.expr or self.fget)(owner)

    def __set__(self, instance, value):
        if self.fset is None:
            raise AttributeError("can't set attribute")
        self.fset(instance, value)

    def _copy(self, **changed):
        names = ("fget", "fset", "fdel", "expr", "custom_comparator", "update_expr")
        values = {name: getattr(self, name) for name in names}
        values.update(changed)
        return type(self)(**values)

    def getter(self, fget):
        return self._copy(fget=fget)

    def setter(self, fset):
        return self._copy(fset=fset)

    def deleter(self, fdel):
        return self._copy(fdel=fdel)

    def expression(self, expr):
        return self._copy(expr=expr.__func__ if isinstance(expr, classmethod) else expr)

    def comparator(self, comparator):
        return self._copy(custom_comparator=comparator)

    def update_expression(self, meth):
        return self._copy(update_expr=meth)

    @property
    def inplace(self):
        return _InPlace(self)

    @property
    def overrides(self):
        return self


class _InPlace:
    def __init__(self, hybrid):
        self.hybrid = hybrid

    def setter(self, fset):
        self.hybrid.fset = fset
        return self.hybrid

    def deleter(self, fdel):
        self.hybrid.fdel = fdel
        return self.hybrid

    def expression(self, expr):
        self.hybrid.expr = expr.__func__ if isinstance(expr, classmethod) else expr
        return self.hybrid

    def comparator(self, comparator):
        self.hybrid.custom_comparator = comparator
        return self.hybrid

    def update_expression(self, meth):
        self.hybrid.update_expr = meth
        return self.hybrid


class hybrid_method:
    def __init__(self, func, expr=None):
        self.func = func
        self.expr = expr or func

    def __get__(self, instance, owner):
        if instance is None:
            return self.expr.__get__(owner, type(owner))
        return self.func.__get__(instance, owner)

    def expression(self, expr):
        self.expr = expr
        return self


class Comparator:
    def __init__(self, expression):
        self.expression = expression

    def __clause_element__(self):
        return self.expression


class AssociationProxy:
    """The attribute of a related object, or of each of a list of them."""

    def __init__(self, target_collection, attr, **kwargs):
        self.target_collection = target_collection
        self.value_attr = attr

    def __get__(self, instance, owner):
        if instance is None:
            return self
        target = getattr(instance, self.target_collection)
        if isinstance(target, (list, tuple, set)):
            return [getattr(each, self.value_attr) for each in target]
        return None if target is None else getattr(target, self.value_attr)


def association_proxy(target_collection, attr, **kwargs):
    return AssociationProxy(target_collection, attr, **kwargs)


def ordering_list(attr, count_from=None, **kw):
    return list


class index_property:
    def __init__(self, attr_name, index, default=None, datatype=None, mutable=True,
                 onebased=True):
        self.attr_name = attr_name
        self.index = index
        self.default = default

    def __get__(self, instance, owner):
        if instance is None:
            return getattr(owner, self.attr_name)[self.index]
        column = getattr(instance, self.attr_name)
        return self.default if column is None else column[self.index]


def compiles(class_, *specs):
    """Registers how a construct is written in a dialect's SQL."""
    def decorate(fn):
        known = class_.__dict__.get("_retort_compilers")
        if known is None:
            known = {}
            class_._retort_compilers = known
        for spec in specs or ("default",):
            known[spec] = fn
        return fn
    return decorate


def deregister(class_):
    class_._retort_compilers = {}


def automap_base(declarative_base=None, **kw):
    from _orm_session import automap_base as make
    return make(declarative_base, **kw)
