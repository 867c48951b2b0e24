"""sqlalchemy.event: listeners of schema events are called, those of a running application are not."""
import _orm_support

_SCHEMA = ("before_parent_attach", "after_parent_attach",
           "before_create", "after_create", "before_drop", "after_drop")
_listeners = []


def listen(target, identifier, fn, *args, **kw):
    if identifier in _SCHEMA:
        _listeners.append((target, identifier, fn))
        _orm_support.set_listener(_dispatch)


def listens_for(target, identifier, *args, **kw):
    def decorate(fn):
        listen(target, identifier, fn, *args, **kw)
        return fn
    return decorate


def contains(target, identifier, fn):
    return any(one[0] is target and one[1] == identifier and one[2] is fn for one in _listeners)


def remove(target, identifier, fn):
    for one in list(_listeners):
        if one[0] is target and one[1] == identifier and one[2] is fn:
            _listeners.remove(one)


def _dispatch(identifier, target, other, **kw):
    for listened, name, fn in list(_listeners):
        if name == identifier and (listened is target or
                                   isinstance(listened, type) and isinstance(target, listened)):
            fn(target, other, **kw)
