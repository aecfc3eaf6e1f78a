# What scripts do to their objects, one small function an operation. The test calls them in random order, with slices of the
# collector in between. Each takes three numbers that choose among what there is.
import collections
import functools
import gc
import heapq
import itertools
import random
import weakref

random.seed(7)
SLOTS = 12
slots = [None] * SLOTS
weak = []
back = []


class Node:
    def __init__(self, a=None, b=None):
        self.a = a
        self.b = b
        self.late = None


class Slotted:
    __slots__ = ("a", "__weakref__")

    def __init__(self, a):
        self.a = a


class Finalized(Node):
    count = 0

    def __del__(self):
        Finalized.count += 1
        if Finalized.count % 3 == 0:
            back.append(self)


class Selfish(Node):
    def __del__(self):
        self.late = self


class MyList(list):
    pass


class MyDeque(collections.deque):
    pass


def at(i):
    return slots[i % SLOTS]


def put(i, value):
    slots[i % SLOTS] = value


def of(kind, i):
    """The first object of a kind from place i on."""
    for step in range(SLOTS):
        found = slots[(i + step) % SLOTS]
        if isinstance(found, kind):
            return found
    made = kind() if kind is not Node else Node()
    put(i, made)
    return made


def new_node(i, j, k):
    put(i, Node(at(j), at(k)))


def new_slotted(i, j, k):
    put(i, Slotted(at(j)))


def new_finalized(i, j, k):
    put(i, Finalized(at(j)))


def new_selfish(i, j, k):
    put(i, Selfish(at(j)))


def new_list(i, j, k):
    put(i, [Node(at(j)) for _ in range(k)])


def new_my_list(i, j, k):
    made = MyList(Node(at(j)) for _ in range(k % 90))
    made.other = made if k % 2 else at(j)
    put(i, made)


def new_dict(i, j, k):
    put(i, {n: Node(at(j)) for n in range(k)})


def new_set(i, j, k):
    put(i, {Node(at(j)) for _ in range(k)})


def new_deque(i, j, k):
    kind = MyDeque if k % 3 == 0 else collections.deque
    put(i, kind((Node(at(j)) for _ in range(k)), 100 if k % 2 else None))


def new_tuple(i, j, k):
    put(i, (*of(list, j), at(k), Node()))


def new_cycle(i, j, k):
    a, b = Node(at(i)), Node(at(j))
    a.b, b.b = b, a


def new_closure(i, j, k):
    held = at(j)

    def walk(depth):
        return walk(depth - 1) if depth else held

    if k % 2:
        put(i, walk)


def drop(i, j, k):
    put(i, None)


def link(i, j, k):
    of(Node, i).a = at(j)


def link_self(i, j, k):
    node = of(Node, i)
    node.a = node


def move_attribute(i, j, k):
    node = of(Node, i)
    value, node.a = node.a, None
    put(j, Node(value))


def delete_attribute(i, j, k):
    node = of(Node, i)
    put(j, [node.late])
    node.late = at(k)
    if k % 3 == 0:
        del node.late
        node.late = None


def as_dict(i, j, k):
    node = of(Node, i)
    put(j, [node.__dict__])


def pop_dict_of(i, j, k):
    node = of(Node, i)
    put(j, [node.__dict__.pop("a", None)])
    node.a = None


def list_append(i, j, k):
    of(list, i).append(at(j))


def list_pop(i, j, k):
    items = of(list, i)
    if items:
        put(j, [items.pop()])


def list_pop_at(i, j, k):
    items = of(list, i)
    if items:
        put(j, Node(items.pop(k % len(items))))


def list_shift(i, j, k):
    items = of(list, i)
    for _ in range(k % 8):
        if items:
            put(j, (items.pop(0),))


def list_insert(i, j, k):
    of(list, i).insert(k, at(j))


def list_delete(i, j, k):
    items = of(list, i)
    del items[j % 20 : k % 60]


def list_delete_steps(i, j, k):
    items = of(list, i)
    del items[j % 7 :: 2 + k % 3]


def list_delete_one(i, j, k):
    items = of(list, i)
    if items:
        put(j, [items[k % len(items)]])
        del items[k % len(items)]


def list_assign_slice(i, j, k):
    items = of(list, i)
    kept = items[:3]
    items[j % 10 : k % 50] = [Node(at(j)), at(k)]
    put(j, kept)


def list_assign_back(i, j, k):
    items = of(list, i)
    half = len(items) // 2
    items[:half], items[half:] = items[half:], items[:half]


def list_reverse(i, j, k):
    of(list, i).reverse()


def list_sort(i, j, k):
    of(list, i).sort(key=lambda item: (id(item) >> 4) * (k | 1) % 97)


def list_shuffle(i, j, k):
    random.shuffle(of(list, i))


def list_double(i, j, k):
    items = of(list, i)
    if len(items) < 200:
        items *= 2


def list_clear(i, j, k):
    items = of(list, i)
    put(j, items[-2:])
    items.clear()


def list_remove(i, j, k):
    items = of(list, i)
    if items:
        item = items[k % len(items)]
        items.remove(item)
        put(j, [item])


class Ranked:
    def __init__(self, rank, of):
        self.rank = rank
        self.of = of

    def __lt__(self, other):
        return self.rank < other.rank


heap = []


def heap_push(i, j, k):
    for n in range(k % 90):
        heapq.heappush(heap, Ranked((k * 7919 + n * 31) % 101, Node(at(j))))


def heap_pop(i, j, k):
    for _ in range(k % 5):
        if heap:
            put(j, [heapq.heappop(heap)])


def heap_replace(i, j, k):
    if heap:
        put(i, (heapq.heapreplace(heap, Ranked(k % 101, at(j))),))
        put(j, (heapq.heappushpop(heap, Ranked(k % 101, at(j))),))
    if len(heap) > 300:
        heap.clear()


def dict_set(i, j, k):
    of(dict, i)[k] = at(j)


def dict_pop(i, j, k):
    put(j, [of(dict, i).pop(k, None)])


def dict_popitem(i, j, k):
    items = of(dict, i)
    if items:
        put(j, [items.popitem()])


def dict_crowd(i, j, k):
    """Deletes from the front and adds behind, until the table is squeezed."""
    items = of(dict, i)
    for key in list(items)[: k % 40]:
        put(j, [items.pop(key)])
    for n in range(k % 50):
        items[(k, n)] = Node(at(j))
    if len(items) > 400:
        items.clear()


def dict_move_values(i, j, k):
    items = of(dict, i)
    put(j, {key: items.pop(key) for key in list(items)})


def dict_setdefault(i, j, k):
    put(i, [of(dict, i).setdefault(k, Node(at(j)))])


def set_add(i, j, k):
    members = of(set, i)
    for _ in range(k % 50):
        members.add(Node(at(j)))
    if len(members) > 400:
        members.clear()


def set_pop(i, j, k):
    members = of(set, i)
    for _ in range(k % 4):
        if members:
            put(j, [members.pop()])


def set_update(i, j, k):
    members, others = of(set, i), set(list(of(set, j))[:20])
    put(j, others)
    if k % 4 == 0:
        members &= others
    elif k % 4 == 1:
        members |= others
    elif k % 4 == 2:
        members ^= others
    else:
        members -= others


def deque_append(i, j, k):
    items = of(collections.deque, i)
    for _ in range(k % 40):
        items.append(Node(at(j)))
    items.appendleft(at(k))
    if len(items) > 400:
        items.clear()


def deque_pop(i, j, k):
    items = of(collections.deque, i)
    for n in range(k % 9):
        if items:
            put(j, [items.popleft() if n % 3 else items.pop()])


def deque_rotate(i, j, k):
    items = of(collections.deque, i)
    items.rotate(k % 17 - 8)
    if j % 5 == 0:
        items.reverse()


def deque_edit(i, j, k):
    items = of(collections.deque, i)
    if items:
        put(j, [items[k % len(items)]])
        del items[k % len(items)]
    if items.maxlen is None:
        items.insert(k, at(j))


def count_up(first, second):
    kept = [first]
    try:
        while True:
            got = yield kept[-1:]
            kept.append(got)
            second, got = got, None
            if len(kept) > 5:
                put(0, (*kept, (yield second)))
                kept.pop(0)
    finally:
        kept.clear()


generators = []


def generator_new(i, j, k):
    made = count_up(at(i), at(j))
    next(made)
    if k % 4 == 0:
        put(i, made)
    else:
        generators.append(made)
    del generators[:-6]


def generator_resume(i, j, k):
    if generators:
        generator = generators[k % len(generators)]
        put(i, [generator.send(at(j))])


def generator_self(i, j, k):
    """A generator that is held by itself alone."""
    box = []

    def run():
        mine = box
        while True:
            yield mine

    made = run()
    next(made)
    box.append(made)
    box.append(at(i))


def generator_drop(i, j, k):
    if generators:
        del generators[k % len(generators)]


def weak_make(i, j, k):
    found = of(Node, i)
    weak.append(weakref.ref(found))
    if k % 3 == 0:
        weak.append(weakref.ref(found, lambda _: None))
    del weak[:-8]


def weak_read(i, j, k):
    if weak:
        put(i, [weak[k % len(weak)]()])


def weak_touch(i, j, k):
    for reference in weak:
        reference()


values = weakref.WeakValueDictionary()


def weak_values(i, j, k):
    values[k % 20] = of(Node, i)
    put(j, [values.get(j % 20)])


def come_back(i, j, k):
    if back:
        put(i, back.pop())
    del back[:-4]


def look_at_all(i, j, k):
    found = [item for item in gc.get_objects() if type(item) is Node or type(item) is Finalized]
    if found:
        put(i, found[k % len(found)])


def look_at_referrers(i, j, k):
    found = [item for item in gc.get_referrers(of(Node, i)) if type(item) is Node]
    if found:
        put(j, found[0])


def collect(i, j, k):
    gc.collect()


def collect_while_held(i, j, k):
    """What a variable alone holds lives through a collection, and is lost with the call."""
    node = of(Node, i)
    for n in range(SLOTS):
        if slots[n] is node:
            slots[n] = None
    if k % 2:
        node = [node]
        node[0].b = node
    gc.collect()
    if k % 2 == 0:
        node.late = node


def raised(i, j, k):
    try:
        raise ValueError(at(i))
    except ValueError as error:
        if k % 2:
            put(j, error)
        error.cause = error if k % 3 == 0 else None


tees = []


def tee_new(i, j, k):
    tees.extend(itertools.tee(iter([Node(at(i)) for _ in range(k % 30)])))
    del tees[:-5]


def tee_read(i, j, k):
    if tees:
        put(i, [next(tees[j % len(tees)], None)])
        if k % 4 == 0:
            del tees[j % len(tees)]


groups = []


def group_new(i, j, k):
    groups.append(itertools.groupby([Node(at(i)) for _ in range(k % 9)], key=lambda item: k % 2))
    del groups[:-3]


def group_read(i, j, k):
    if groups:
        for _, group in groups[k % len(groups)]:
            put(i, [next(group, None)])
            put(j, group)
            break


@functools.lru_cache(maxsize=4)
def cached(number):
    return Node(at(number))


def cache_read(i, j, k):
    put(i, [cached(k % 7)])


@functools.singledispatch
def take_arguments(*args, **more):
    return [args, more]


def call(i, j, k):
    put(i, take_arguments(at(i), *of(list, j)[:4], key=at(k)))


OPERATIONS = [
    value
    for name, value in list(globals().items())
    if callable(value) and getattr(value, "__code__", None) and value.__code__.co_varnames[:3] == ("i", "j", "k")
]


def count():
    return len(OPERATIONS)


def name(number):
    return OPERATIONS[number].__name__


def apply(number, i, j, k):
    OPERATIONS[number](i, j, k)


def held(i):
    return at(i)
