"""sqlalchemy.event: listeners are taken and never called; a schema doesn't depend on them."""


def listen(target, identifier, fn, *args, **kw):
    pass


def listens_for(target, identifier, *args, **kw):
    def decorate(fn):
        return fn
    return decorate


def contains(target, identifier, fn):
    return False


def remove(target, identifier, fn):
    pass
