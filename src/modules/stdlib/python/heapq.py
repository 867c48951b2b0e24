"""Heaps in lists."""


def heappush(heap, item, /):
    heap.append(item)
    _up(heap, len(heap) - 1)


def _up(heap, at):
    while at > 0:
        parent = (at - 1) // 2
        if not heap[at] < heap[parent]:
            return
        heap[at], heap[parent] = heap[parent], heap[at]
        at = parent


def _down(heap, at):
    size = len(heap)
    while True:
        child = 2 * at + 1
        if child >= size:
            return
        if child + 1 < size and heap[child + 1] < heap[child]:
            child += 1
        if not heap[child] < heap[at]:
            return
        heap[at], heap[child] = heap[child], heap[at]
        at = child


def heappop(heap, /):
    last = heap.pop()
    if not heap:
        return last
    first, heap[0] = heap[0], last
    _down(heap, 0)
    return first


def heapify(x, /):
    for at in reversed(range(len(x) // 2)):
        _down(x, at)


def heapreplace(heap, item, /):
    first, heap[0] = heap[0], item
    _down(heap, 0)
    return first


def heappushpop(heap, item, /):
    return heapreplace(heap, item) if heap and heap[0] < item else item


def nlargest(n, iterable, key=None):
    return sorted(iterable, key=key, reverse=True)[:n]


def nsmallest(n, iterable, key=None):
    return sorted(iterable, key=key)[:n]


def merge(*iterables, key=None, reverse=False):
    items = [item for iterable in iterables for item in iterable]
    return iter(sorted(items, key=key, reverse=reverse))
