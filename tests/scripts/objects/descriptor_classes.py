"""What stands on the runtime's own classes, by class and by name."""
import inspect
import types


class Slotted:
    __slots__ = ("x",)


for thing in (
    int.real, float.imag, BaseException.args, BaseException.__cause__, object.__dict__["__class__"], Slotted.x, str.join, str.__add__,
    object.__init__, list.__reversed__, dict.__reversed__, set.pop, "".join, "".__add__, [].append, [].__len__, len, BaseException.__reduce__,
    object.__sizeof__, type.mro, int.__round__, int.__index__, (5).__add__,
):
    shown = repr(thing).partition(" at 0x")[0]
    owner = getattr(thing, "__objclass__", None)
    print(type(thing).__name__, shown, owner.__name__ if owner else None, thing.__qualname__, thing.__name__)
for kind, thing in (
    (types.GetSetDescriptorType, int.real), (types.MemberDescriptorType, Slotted.x), (types.MethodDescriptorType, str.join),
    (types.WrapperDescriptorType, str.__add__), (types.MethodWrapperType, "".__add__), (types.BuiltinFunctionType, len),
):
    print(kind.__name__, isinstance(thing, kind), inspect.isroutine(thing), inspect.isdatadescriptor(thing))
print(inspect.isgetsetdescriptor(int.real), inspect.ismemberdescriptor(Slotted.x), inspect.ismethoddescriptor(str.join))
print(int.real.__get__(5), str.__add__.__get__("a")("b"), inspect.ismethodwrapper("".__add__), inspect.isbuiltin([].append))
print(int.real.__get__(None, int) is int.real)
