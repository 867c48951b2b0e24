"""Functions on functions."""

WRAPPER_ASSIGNMENTS = ("__module__", "__name__", "__qualname__", "__doc__", "__annotations__")
WRAPPER_UPDATES = ("__dict__",)


def update_wrapper(wrapper, wrapped, assigned=WRAPPER_ASSIGNMENTS, updated=WRAPPER_UPDATES):
    for name in ("__module__", "__name__", "__qualname__", "__doc__"):
        if name in assigned and hasattr(wrapped, name):
            try:
                setattr(wrapper, name, getattr(wrapped, name))
            except (AttributeError, TypeError):
                pass
    if "__dict__" in updated:
        for name, value in getattr(wrapped, "__dict__", {}).items():
            try:
                setattr(wrapper, name, value)
            except (AttributeError, TypeError):
                pass
    wrapper.__wrapped__ = wrapped
    return wrapper


def wraps(wrapped, assigned=WRAPPER_ASSIGNMENTS, updated=WRAPPER_UPDATES):
    def decorate(wrapper):
        return update_wrapper(wrapper, wrapped, assigned, updated)

    return decorate


class partial:
    def __init__(self, func, /, *args, **keywords):
        if not callable(func):
            raise TypeError("the first argument must be callable")
        if isinstance(func, partial):
            args = func.args + args
            keywords = {**func.keywords, **keywords}
            func = func.func
        self.func = func
        self.args = args
        self.keywords = keywords

    def __call__(self, /, *args, **keywords):
        return self.func(*self.args, *args, **{**self.keywords, **keywords})

    def __repr__(self):
        parts = [repr(self.func)]
        parts.extend(repr(arg) for arg in self.args)
        parts.extend("%s=%r" % item for item in self.keywords.items())
        return "functools.partial(%s)" % ", ".join(parts)


class partialmethod:
    def __init__(self, func, /, *args, **keywords):
        self.func = func
        self.args = args
        self.keywords = keywords

    def __get__(self, instance, owner=None):
        if instance is None:
            return partial(self.func, *self.args, **self.keywords)
        return partial(self.func, instance, *self.args, **self.keywords)


_missing = object()


def reduce(function, iterable, initial=_missing, /):
    iterator = iter(iterable)
    if initial is _missing:
        try:
            value = next(iterator)
        except StopIteration:
            raise TypeError("reduce() of empty iterable with no initial value") from None
    else:
        value = initial
    for item in iterator:
        value = function(value, item)
    return value


class _CacheInfo(tuple):
    def __new__(cls, hits, misses, maxsize, currsize):
        return super().__new__(cls, (hits, misses, maxsize, currsize))

    hits = property(lambda self: self[0])
    misses = property(lambda self: self[1])
    maxsize = property(lambda self: self[2])
    currsize = property(lambda self: self[3])

    def __repr__(self):
        return "CacheInfo(hits=%r, misses=%r, maxsize=%r, currsize=%r)" % tuple(self)


def _cached(function, maxsize, typed):
    store = {}
    counts = [0, 0]

    def wrapper(*args, **kwargs):
        key = args
        if kwargs:
            key += (_missing,) + tuple(kwargs.items())
        if typed:
            key += tuple(type(arg) for arg in args) + tuple(type(v) for v in kwargs.values())
        if key in store:
            counts[0] += 1
            value = store[key]
            if maxsize is not None:
                del store[key]
                store[key] = value
            return value
        value = function(*args, **kwargs)
        counts[1] += 1
        if maxsize != 0:
            store[key] = value
            if maxsize is not None and len(store) > maxsize:
                del store[next(iter(store))]
        return value

    def cache_clear():
        store.clear()
        counts[0] = counts[1] = 0

    wrapper.cache_info = lambda: _CacheInfo(counts[0], counts[1], maxsize, len(store))
    wrapper.cache_clear = cache_clear
    wrapper.cache_parameters = lambda: {"maxsize": maxsize, "typed": typed}
    return update_wrapper(wrapper, function)


def lru_cache(maxsize=128, typed=False):
    if callable(maxsize):
        return _cached(maxsize, 128, False)
    if isinstance(maxsize, int):
        maxsize = max(maxsize, 0)
    elif maxsize is not None:
        raise TypeError("Expected first argument to be an integer, a callable, or None")
    return lambda function: _cached(function, maxsize, typed)


def cache(user_function, /):
    return _cached(user_function, None, False)


class cached_property:
    def __init__(self, func):
        self.func = func
        self.attrname = getattr(func, "__name__", None)
        self.__doc__ = getattr(func, "__doc__", None)

    def __set_name__(self, owner, name):
        self.attrname = name

    def __get__(self, instance, owner=None):
        if instance is None:
            return self
        names = instance.__dict__
        if self.attrname in names:
            return names[self.attrname]
        value = self.func(instance)
        object.__setattr__(instance, self.attrname, value)
        return value


def _opposite(operation):
    def method(self, other):
        answer = operation(self, other)
        return answer if answer is NotImplemented else not answer

    return method


def _or_equal(operation):
    def method(self, other):
        answer = operation(self, other)
        return answer if answer is NotImplemented else answer or self == other

    return method


def _and_unequal(operation):
    def method(self, other):
        answer = operation(self, other)
        return answer if answer is NotImplemented else answer and self != other

    return method


def _neither(operation):
    def method(self, other):
        answer = operation(self, other)
        return answer if answer is NotImplemented else not answer and self != other

    return method


def _either(operation):
    def method(self, other):
        answer = operation(self, other)
        return answer if answer is NotImplemented else not answer or self == other

    return method


def total_ordering(cls):
    made_from = {
        "__lt__": {"__gt__": _neither, "__le__": _or_equal, "__ge__": _opposite},
        "__le__": {"__ge__": _either, "__lt__": _and_unequal, "__gt__": _opposite},
        "__gt__": {"__lt__": _neither, "__ge__": _or_equal, "__le__": _opposite},
        "__ge__": {"__le__": _either, "__gt__": _and_unequal, "__lt__": _opposite},
    }
    defined = [name for name in ("__lt__", "__le__", "__gt__", "__ge__")
               if any(name in base.__dict__ for base in cls.__mro__ if base is not object)]
    if not defined:
        raise ValueError("must define at least one ordering operation: < > <= >=")
    root = defined[0]
    for name, make in made_from[root].items():
        if name not in defined:
            setattr(cls, name, make(getattr(cls, root)))
    return cls


def cmp_to_key(mycmp):
    class K:
        __slots__ = ("obj",)

        def __init__(self, obj):
            self.obj = obj

        def __lt__(self, other):
            return mycmp(self.obj, other.obj) < 0

        def __gt__(self, other):
            return mycmp(self.obj, other.obj) > 0

        def __eq__(self, other):
            return mycmp(self.obj, other.obj) == 0

        __hash__ = None

    return K


def singledispatch(func):
    registry = {object: func}

    def dispatch(cls):
        for base in cls.__mro__:
            if base in registry:
                return registry[base]
        for registered, implementation in registry.items():
            if issubclass(cls, registered) and registered is not object:
                return implementation
        return func

    def register(cls, function=None):
        if function is None:
            if isinstance(cls, type):
                return lambda implementation: register(cls, implementation)
            import _support

            function = cls
            rows = _support.annotations(function)
            if not rows:
                raise TypeError("Invalid first argument to `register()`: %r. Use either "
                                "`@register(some_class)` or plain `@register` on an annotated "
                                "function." % (cls,))
            cls = _support.annotation(function, rows[0][0], True)
        registry[cls] = function
        return function

    def wrapper(*args, **kwargs):
        if not args:
            raise TypeError("%s requires at least 1 positional argument" % func.__name__)
        return dispatch(type(args[0]))(*args, **kwargs)

    wrapper.register = register
    wrapper.dispatch = dispatch
    wrapper.registry = registry
    return update_wrapper(wrapper, func)


class singledispatchmethod:
    def __init__(self, func):
        self.dispatcher = singledispatch(func)
        self.func = func

    def register(self, cls, method=None):
        return self.dispatcher.register(cls, method)

    def __get__(self, instance, owner=None):
        def method(*args, **kwargs):
            return self.dispatcher.dispatch(type(args[0]))(instance, *args, **kwargs)

        return method
