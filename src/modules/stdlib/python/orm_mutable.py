"""Values that tell the object they belong to when they are changed in place, and what else is done
to a value on its way into a mapped attribute."""


class Mutable:
    """A value of a column that notices changes made to it: changed() has it written by the next flush."""

    @classmethod
    def as_mutable(cls, sqltype):
        made = sqltype() if isinstance(sqltype, type) else sqltype
        made._mutable_class = cls
        return made

    @classmethod
    def associate_with(cls, sqltype):
        sqltype._mutable_class = cls

    @classmethod
    def associate_with_attribute(cls, attribute):
        attribute.type._mutable_class = cls

    @classmethod
    def coerce(cls, key, value):
        if value is None:
            return None
        raise ValueError("Attribute '%s' does not accept objects of type %s" % (key, type(value)))

    def changed(self):
        for instance, key in self.__dict__.get("_owners", ()):
            flag_modified(instance, key)


class MutableComposite(Mutable):
    pass


def _changing(base, names):
    """Methods of a built-in container that change it and then say so."""
    def wrap(name):
        plain = getattr(base, name)

        def method(self, *args, **kwargs):
            result = plain(self, *args, **kwargs)
            self.changed()
            return result
        return method
    return {name: wrap(name) for name in names}


def _container(name, base, taken, methods):
    def coerce(cls, key, value):
        if isinstance(value, cls):
            return value
        return cls(value) if isinstance(value, taken) else Mutable.coerce(key, value)

    return type(name, (Mutable, base), dict(_changing(base, methods), coerce=classmethod(coerce)))


MutableDict = _container("MutableDict", dict, dict,
                         ("__setitem__", "__delitem__", "setdefault", "update", "pop", "popitem",
                          "clear"))
MutableList = _container("MutableList", list, (list, tuple),
                         ("__setitem__", "__delitem__", "append", "extend", "insert", "remove", "pop",
                          "clear", "sort", "reverse"))
MutableSet = _container("MutableSet", set, (set, frozenset, list, tuple),
                        ("update", "add", "remove", "discard", "pop", "clear", "difference_update",
                         "intersection_update", "symmetric_difference_update"))


def _in_place(change):
    def method(self, other):
        getattr(self, change)(other)
        return self
    return method


MutableDict.__ior__ = _in_place("update")
MutableList.__iadd__ = _in_place("extend")
MutableSet.__ior__ = _in_place("update")


_CHANGED = object()


def is_changed(old):
    """Whether the value before a change is not known, as the change was made in place."""
    return old is _CHANGED


def flag_modified(instance, key):
    """Writes an attribute at the next flush though it was changed in place."""
    state = instance.__dict__.get("_sa_instance_state")
    if state is not None:
        state.original[key] = _CHANGED
        state.mark(instance)


def validates(*names, include_removes=False, include_backrefs=True):
    """A method that is asked for the value an attribute gets, or an item of a collection."""
    def decorate(fn):
        fn._validates = names
        return fn
    return decorate


def make_checks(mapper):
    """Attribute to what a value goes through that is given to it."""
    checks = {}
    for cls in reversed(mapper.class_.__mro__):
        for fn in list(vars(cls).values()):
            for name in getattr(fn, "_validates", ()) if callable(fn) else ():
                checks[name] = [fn]
    for name, cls in mapper.mutables().items():
        checks.setdefault(name, []).append(_adopter(cls))
    return checks


def _adopter(cls):
    def adopt(instance, key, value):
        value = cls.coerce(key, value)
        if isinstance(value, Mutable):
            owners = value.__dict__.setdefault("_owners", [])
            if not any(one is instance and name == key for one, name in owners):
                owners.append((instance, key))
        return value
    return adopt


def adopt_values(instance, mapper):
    """Has what was read from the database notice changes."""
    values = instance.__dict__
    for name, cls in mapper.mutables().items():
        if values.get(name) is not None:
            values[name] = _adopter(cls)(instance, name, values[name])
