"""An object has one proxy without a callback, which does what operators of both sides and in place do."""
import functools
import collections.abc
import weakref


class Number:
    def __init__(self, value):
        self.value = value

    def __rmatmul__(self, other):
        return f"{other} @ {self.value}"

    def __imatmul__(self, other):
        return f"{self.value} @= {other}"

    def __ifloordiv__(self, other):
        self.value //= other
        return self

    def __iadd__(self, other):
        self.value += other
        return self


number = Number(42)
proxy = weakref.proxy(number)
print(proxy is weakref.proxy(number), weakref.proxy(number, print) is proxy, weakref.ref(number) is weakref.ref(number))
print(5 @ proxy)
changed = proxy
changed //= 2
print(changed is number, number.value)
changed = proxy
changed @= 3
print(changed)
del proxy, changed
other = weakref.proxy(number)
other += 1
print(number.value)


class Owner:
    def method(self):
        return "called"


owner = Owner()
method = weakref.WeakMethod(owner.method, lambda gone: print("gone", gone()))
print(isinstance(method, weakref.ref), isinstance(method, weakref.ReferenceType), method()(), method == weakref.WeakMethod(owner.method))
print(method != weakref.WeakMethod(Owner().method), len({method, weakref.WeakMethod(owner.method)}))
del owner
print(method(), method == method)
key = functools.cmp_to_key(lambda a, b: a - b)
print(isinstance(key(1), collections.abc.Hashable), key(1) < key(2))
