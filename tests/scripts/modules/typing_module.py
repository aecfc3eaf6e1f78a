"""typing."""
import typing
from typing import Any, Callable, ClassVar, Dict, Generic, List, Literal, NamedTuple, NewType, Optional, Protocol, Tuple, TypedDict, TypeVar, Union

T = TypeVar("T")
K = TypeVar("K", bound=int)
print(List[int], Dict[str, List[int]], Optional[int], Union[int, str], Union[int], Tuple[int, ...], Callable[[int], str], Callable[..., Any], Any)
print(T, TypeVar("S", covariant=True), Literal["a", 1], ClassVar[int], List[T], List["Fwd"], List[T][int], Dict[K, T][int, str], Union[int, None, int])
print(typing.get_origin(List[int]), typing.get_args(Dict[str, int]), typing.get_args(Callable[[int, str], bool]), typing.get_origin(int), typing.get_args(int))
print(Optional[int] == Union[int, None], List[int] == List[int], hash(List[int]) == hash(List[int]), typing.cast(int, "x"))


class Stack(Generic[T]):
    def __init__(self):
        self.items = []


print(Stack[int], Stack[int]().items, Stack.__parameters__, issubclass(Stack, Generic))


class Point(NamedTuple):
    x: int
    y: int = 5

    def total(self):
        return self.x + self.y


p = Point(1)
print(p, p.total(), Point._fields, p._replace(x=4), isinstance(p, tuple))


class Movie(TypedDict, total=False):
    name: str
    year: int


print(Movie(name="x"), Movie.__annotations__, Movie.__total__, sorted(Movie.__optional_keys__))


@typing.runtime_checkable
class Closer(Protocol):
    def close(self):
        ...


class Door:
    def close(self):
        pass


print(isinstance(Door(), Closer), isinstance(3, Closer), issubclass(Door, Closer))
UserId = NewType("UserId", int)
print(UserId(5), UserId.__name__, UserId.__supertype__)


def f(a: int, b: "List[str]" = None) -> Optional[bool]:
    pass


print(typing.get_type_hints(f), typing.TYPE_CHECKING)


class Hinted:
    x: "int"
    y: ClassVar[str] = "a"


print(typing.get_type_hints(Hinted))


class MyList(List[int]):
    pass


print(MyList([1]), MyList.__mro__[1], typing.Annotated[int, "meta"], typing.get_type_hints(f, include_extras=True)["a"])


@typing.overload
def g(x: int) -> int: ...


def g(x):
    return x


print(g(1), typing.final(Door) is Door, typing.no_type_check(f) is f)
for call in (lambda: Union[()], lambda: isinstance(1, List[int]), lambda: Any(), lambda: List[int, str], lambda: List[int]()):
    try:
        print(call())
    except TypeError as e:
        print("TypeError", e)
