"""types."""
import types


def f():
    yield


print(types.FunctionType is type(f), types.GeneratorType is type(f()), types.BuiltinFunctionType is type(len), types.NoneType is type(None))
print(types.MethodType(lambda self: self * 2, 4)(), isinstance(types, types.ModuleType), types.CodeType is type(f.__code__))
ns = types.SimpleNamespace(a=1, b=[2])
ns.c = ns
print(ns.a, ns == types.SimpleNamespace(a=1), types.SimpleNamespace(x=1) == types.SimpleNamespace(x=1), types.SimpleNamespace(y="t"))
print(ns)
m = types.MappingProxyType({"a": 1})
print(m["a"], m, len(m), "a" in m)
try:
    m["b"] = 1
except TypeError as e:
    print(e)
mod = types.ModuleType("made", "Doc.")
mod.x = 5
print(mod.__name__, mod.__doc__, mod.x)
C = types.new_class("C", (), {}, lambda ns: ns.update(v=3))
print(C.v, C.__name__, types.resolve_bases((int,)), types.prepare_class("X", (int,))[0])
print(isinstance(list[int], types.GenericAlias), isinstance(int | str, types.UnionType), types.EllipsisType is type(...))


class D:
    @types.DynamicClassAttribute
    def v(self):
        return 7


print(D().v)
try:
    D.v
except AttributeError:
    print("no v")
