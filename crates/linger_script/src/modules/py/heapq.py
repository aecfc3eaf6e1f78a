"""Heaps in lists: the smallest item stands first."""

from _heapq import heapify, heappop, heappush, heappushpop, heapreplace
from _heapq import _heapify_max, _heappop_max, _heapreplace_max

__all__ = ["heappush", "heappop", "heapify", "heapreplace", "merge", "nlargest", "nsmallest", "heappushpop"]


def merge(*iterables, key=None, reverse=False):
    """The items of sorted iterables, sorted."""
    heap = []
    sign = -1 if reverse else 1
    for order, iterable in enumerate(iterables):
        step = iter(iterable).__next__
        try:
            item = step()
        except StopIteration:
            continue
        heap.append([item if key is None else key(item), order * sign, item, step])
    if reverse:
        make, replace, remove = _heapify_max, _heapreplace_max, _heappop_max
    else:
        make, replace, remove = heapify, heapreplace, heappop
    make(heap)
    while heap:
        entry = heap[0]
        yield entry[2]
        try:
            item = entry[3]()
        except StopIteration:
            remove(heap)
            continue
        entry[0] = item if key is None else key(item)
        entry[2] = item
        replace(heap, entry)


def _plain(n, iterable, key, reverse):
    """What needs no heap: everything sorted, if n items or fewer are known to be there; else None."""
    try:
        size = len(iterable)
    except (TypeError, AttributeError):
        return None
    return sorted(iterable, key=key, reverse=reverse)[:n] if n >= size else None


def nsmallest(n, iterable, key=None):
    """The n smallest items, sorted."""
    if n == 1:
        nothing = object()
        least = min(iterable, default=nothing, key=key)
        return [] if least is nothing else [least]
    found = _plain(n, iterable, key, False)
    if found is not None:
        return found
    return _best(n, iterable, key, 1, _heapify_max, _heapreplace_max)


def nlargest(n, iterable, key=None):
    """The n largest items, the largest first."""
    if n == 1:
        nothing = object()
        most = max(iterable, default=nothing, key=key)
        return [] if most is nothing else [most]
    found = _plain(n, iterable, key, True)
    if found is not None:
        return found
    return _best(n, iterable, key, -1, heapify, heapreplace)


def _best(n, iterable, key, direction, make, replace):
    """The n best items, in a heap whose first is the worst of them. Among equals the earlier is the better one."""
    rest = iter(iterable)
    heap = []
    for order, item in zip(range(0, n * direction, direction), rest):
        heap.append((item, order) if key is None else (key(item), order, item))
    if not heap:
        return heap
    make(heap)
    worst = heap[0][0]
    order = n * direction
    for item in rest:
        rank = item if key is None else key(item)
        if rank < worst if direction > 0 else worst < rank:
            replace(heap, (rank, order) if key is None else (rank, order, item))
            worst = heap[0][0]
            order += direction
    heap.sort(reverse=direction < 0)
    return [entry[0] if key is None else entry[2] for entry in heap]
