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


def nsmallest(n, iterable, key=None):
    """The n smallest items, sorted."""
    if n <= 0:
        return []
    return sorted(iterable, key=key)[:n]


def nlargest(n, iterable, key=None):
    """The n largest items, the largest first."""
    if n <= 0:
        return []
    return sorted(iterable, key=key, reverse=True)[:n]
