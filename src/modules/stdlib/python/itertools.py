"""Iterators."""
import operator as _operator


class chain:
    def __init__(self, *iterables):
        self._running = _chained(iterables)

    @classmethod
    def from_iterable(cls, iterables):
        new = cls()
        new._running = _chained(iterables)
        return new

    def __iter__(self):
        return self

    def __next__(self):
        return next(self._running)


def _chained(iterables):
    for iterable in iterables:
        yield from iterable


def count(start=0, step=1):
    value = start
    while True:
        yield value
        value += step


def cycle(iterable):
    saved = []
    for item in iterable:
        yield item
        saved.append(item)
    while saved:
        yield from saved


def repeat(object, times=None):
    if times is None:
        while True:
            yield object
    for _ in range(times):
        yield object


def accumulate(iterable, func=None, *, initial=None):
    func = func or _operator.add
    iterator = iter(iterable)
    total = initial
    if initial is None:
        try:
            total = next(iterator)
        except StopIteration:
            return
    yield total
    for item in iterator:
        total = func(total, item)
        yield total


def batched(iterable, n, *, strict=False):
    if n < 1:
        raise ValueError("n must be at least one")
    iterator = iter(iterable)
    while batch := tuple(islice(iterator, n)):
        if strict and len(batch) != n:
            raise ValueError("batched(): incomplete batch")
        yield batch


def compress(data, selectors):
    return (item for item, selected in zip(data, selectors) if selected)


def dropwhile(predicate, iterable):
    iterator = iter(iterable)
    for item in iterator:
        if not predicate(item):
            yield item
            break
    yield from iterator


def takewhile(predicate, iterable):
    for item in iterable:
        if not predicate(item):
            return
        yield item


def filterfalse(predicate, iterable):
    for item in iterable:
        if not (item if predicate is None else predicate(item)):
            yield item


def starmap(function, iterable):
    for args in iterable:
        yield function(*args)


def pairwise(iterable):
    iterator = iter(iterable)
    try:
        last = next(iterator)
    except StopIteration:
        return
    for item in iterator:
        yield last, item
        last = item


def islice(iterable, *args):
    bounds = slice(*args)
    for value in (bounds.start, bounds.stop, bounds.step):
        if value is not None and (not isinstance(value, int) or value < 0):
            raise ValueError("Indices for islice() must be None or an integer: 0 <= x <= "
                             "sys.maxsize.")
    return _sliced(iter(iterable), bounds.start or 0, bounds.stop,
                   1 if bounds.step is None else bounds.step)


def _sliced(iterator, start, stop, step):
    if step == 0:
        raise ValueError("Step for islice() must be a positive integer or None.")
    position = 0
    wanted = start
    while stop is None or wanted < stop:
        try:
            item = next(iterator)
        except StopIteration:
            return
        if position == wanted:
            yield item
            wanted += step
        position += 1
    while position < stop:
        try:
            next(iterator)
        except StopIteration:
            return
        position += 1


def tee(iterable, n=2):
    iterator = iter(iterable)
    saved = []

    def copy():
        position = 0
        while True:
            if position == len(saved):
                try:
                    saved.append(next(iterator))
                except StopIteration:
                    return
            yield saved[position]
            position += 1

    return tuple(copy() for _ in range(n))


def zip_longest(*iterables, fillvalue=None):
    iterators = [iter(iterable) for iterable in iterables]
    active = [True] * len(iterators)
    while iterators:
        values = []
        for position, iterator in enumerate(iterators):
            value = fillvalue
            if active[position]:
                try:
                    value = next(iterator)
                except StopIteration:
                    active[position] = False
                    if not any(active):
                        return
            values.append(value)
        yield tuple(values)


class groupby:
    def __init__(self, iterable, key=None):
        self._iterator = iter(iterable)
        self._key = key if key is not None else lambda item: item
        self._fresh = False
        self._done = False
        self._item = self._value = None
        self._group = None

    def _advance(self):
        try:
            self._item = next(self._iterator)
        except StopIteration:
            self._done = True
            return False
        self._value = self._key(self._item)
        self._fresh = True
        return True

    def __iter__(self):
        return self

    def __next__(self):
        if self._group is not None:
            wanted = self._group[0]
            while not self._done and (not self._fresh or self._value == wanted):
                self._fresh = False
                if not self._advance():
                    raise StopIteration
        elif not self._advance():
            raise StopIteration
        if self._done:
            raise StopIteration
        self._group = group = [self._value]
        return self._value, self._items(group)

    def _items(self, group):
        while self._group is group and not self._done and self._value == group[0]:
            if not self._fresh:
                if not self._advance():
                    return
                if self._value != group[0]:
                    return
            self._fresh = False
            yield self._item
            if not self._advance():
                return


def product(*iterables, repeat=1):
    pools = [tuple(iterable) for iterable in iterables] * repeat
    return _product(pools, 0, ())


def _product(pools, depth, chosen):
    if depth == len(pools):
        yield chosen
        return
    for item in pools[depth]:
        yield from _product(pools, depth + 1, chosen + (item,))


def permutations(iterable, r=None):
    pool = tuple(iterable)
    return _permutations(pool, len(pool) if r is None else r, ())


def _permutations(pool, r, used):
    if len(used) == r:
        yield tuple(pool[i] for i in used)
        return
    for i in range(len(pool)):
        if i not in used:
            yield from _permutations(pool, r, used + (i,))


def combinations(iterable, r):
    if r < 0:
        raise ValueError("r must be non-negative")
    pool = tuple(iterable)
    return _combinations(pool, r, 0, (), 1)


def combinations_with_replacement(iterable, r):
    if r < 0:
        raise ValueError("r must be non-negative")
    pool = tuple(iterable)
    return _combinations(pool, r, 0, (), 0)


def _combinations(pool, r, start, chosen, step):
    if len(chosen) == r:
        yield chosen
        return
    for i in range(start, len(pool)):
        yield from _combinations(pool, r, i + step, chosen + (pool[i],), step)
