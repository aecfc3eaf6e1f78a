"""A decorated function that calls itself by its decorated name."""

import functools
def retry(f):
    @functools.wraps(f)
    def wrapper(*a):
        return f(*a)
    return wrapper
def go():
    @retry
    def step(n):
        return n and step(n - 1)
    return step(3)
go()
