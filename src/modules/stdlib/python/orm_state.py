"""What sqlalchemy.inspect() tells of a mapped object."""
from collections import namedtuple

from _orm_mutable import is_changed


class History(namedtuple("History", ("added", "unchanged", "deleted"))):
    def has_changes(self):
        return bool(self.added or self.deleted)

    def sum(self):
        return list(self.added) + list(self.unchanged) + list(self.deleted)

    def empty(self):
        return not (self.added or self.unchanged or self.deleted)


def get_history(instance, key, passive=None):
    """What became of an attribute since its row was read."""
    values = instance.__dict__
    state = values.get("_sa_instance_state")
    if key not in values:
        return History((), (), ())
    value = values[key]
    if state is None or state.key is None:
        return History([value], (), ())
    if key not in state.original:
        return History((), [value], ())
    old = state.original[key]
    return History([value], (), () if is_changed(old) or old is None else [old])


class _Attribute:
    def __init__(self, instance, key):
        self.key = key
        self._instance = instance

    @property
    def value(self):
        return getattr(self._instance, self.key)

    @property
    def loaded_value(self):
        return self._instance.__dict__.get(self.key)

    @property
    def history(self):
        return get_history(self._instance, self.key)

    load_history = history.fget


class _Attributes:
    def __init__(self, mapper, instance):
        self._names = list(mapper.all_columns()) + list(mapper.all_relationships())
        self._instance = instance

    def __getitem__(self, key):
        if key not in self._names:
            raise KeyError(key)
        return _Attribute(self._instance, key)

    def __getattr__(self, name):
        if name.startswith("_") or name not in self._names:
            raise AttributeError(name)
        return _Attribute(self._instance, name)

    def __contains__(self, key):
        return key in self._names

    def __iter__(self):
        return iter([_Attribute(self._instance, name) for name in self._names])

    def keys(self):
        return list(self._names)

    def values(self):
        return list(self)

    def items(self):
        return [(each.key, each) for each in self]


class InstanceState:
    def __init__(self, state, instance):
        self._state = state
        self.object = instance
        self.mapper = state.mapper
        self.class_ = type(instance)
        self.session = state.session
        self.attrs = _Attributes(state.mapper, instance)

    def obj(self):
        return self.object

    @property
    def dict(self):
        return {key: value for key, value in self.object.__dict__.items()
                if key != "_sa_instance_state"}

    @property
    def identity(self):
        return None if self._state.key is None else self._state.key[1]

    @property
    def identity_key(self):
        return self._state.key

    key = identity_key

    @property
    def transient(self):
        return self._state.key is None and self._state.session is None

    @property
    def pending(self):
        return self._state.key is None and self._state.session is not None

    @property
    def persistent(self):
        return self._state.key is not None and self._state.session is not None

    @property
    def detached(self):
        return self._state.key is not None and self._state.session is None

    deleted = was_deleted = False

    @property
    def has_identity(self):
        return self._state.key is not None

    @property
    def modified(self):
        return bool(self._state.original)

    @property
    def unmodified(self):
        return {name for name in self.attrs.keys() if name not in self._state.original}

    @property
    def unloaded(self):
        return {name for name in self.attrs.keys() if name not in self.object.__dict__}
