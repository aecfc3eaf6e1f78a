"""Unions of types that type variables are put into, and those that are not."""
from typing import TypeVar

T = TypeVar("T")
U = TypeVar("U")
both = list[T] | dict[str, U]
print(both.__parameters__, both[int, bytes], (list[T] | None)[str], (list[T] | dict[T, T])[int])
for union, item in ((int | str, int), (both, int)):
    try:
        union[item]
    except TypeError as error:
        print(error)
print((int | str).__parameters__, hash(int | str) == hash(str | int), (int | list[T])[int] == int | list[int])
