# try, except, else, finally: what wins, loops around them, nested handlers.
def show(f, *args):
    try:
        print(f.__name__, args, "->", f(*args))
    except Exception as error:
        print(f.__name__, args, "->", type(error).__name__, error, repr(error.__context__))


def final_wins():
    try: return 1
    finally: return 2
def final_over_raise():
    try: 1 / 0
    finally: return "quiet"
def final_break():
    for i in range(3):
        try: 1 / 0
        finally: break
    return i
def final_continue():
    out = []
    for i in range(3):
        try: out.append(i / (i - 1))
        except ZeroDivisionError: continue
        finally: out.append("f")
    return out
def else_part(fail):
    try:
        if fail: raise ValueError("x")
    except ValueError: return "except"
    else: return "else"
    finally: print("finally")
def raise_in_else():
    try: pass
    except KeyError: return "no"
    else: raise KeyError("from else")
def raise_in_except():
    try: 1 / 0
    except ZeroDivisionError: raise KeyError("from except")
def raise_in_finally():
    try: 1 / 0
    finally: raise KeyError("from finally")
def nested():
    try:
        try: 1 / 0
        except KeyError: return "wrong"
        finally: print("inner")
    except ZeroDivisionError as e: return f"outer {e}"
def reraised():
    try:
        try: raise ValueError(1)
        except ValueError as e:
            e.args = (2,)
            raise
    except ValueError as e: return e.args
def name_gone():
    e = "before"
    try: raise ValueError
    except ValueError as e: pass
    try: return e
    except NameError as error: return type(error).__name__
def tuple_of():
    for error in (KeyError("k"), IndexError("i"), TypeError("t")):
        try: raise error
        except (KeyError, IndexError) as e: print("lookup", repr(e))
        except Exception as e: print("other", repr(e))
def not_a_class():
    try: 1 / 0
    except 5: pass
def not_evaluated():
    try: pass
    except undefined_name: pass
    return "fine"
def evaluated():
    try: 1 / 0
    except undefined_name: pass
def base_too():
    try: raise KeyboardInterrupt("k")
    except Exception: return "no"
    except BaseException as e: return repr(e)
def while_else():
    n = 0
    while n < 3:
        n += 1
        try:
            if n == 2: continue
        finally: print("n", n)
    else: return "else"
def return_order():
    x = [1]
    try: return x
    finally: x.append(2)
def return_value():
    x = 1
    try: return x
    finally: x = 2
def gen():
    try:
        yield 1
        yield 2
    except ValueError as e: yield f"caught {e}"
    else: yield "else"
    finally: print("gen final")
def generators():
    g = gen()
    next(g)
    print(g.throw(ValueError("v")))
    return list(g), list(gen())
def star():
    try: raise ExceptionGroup("g", [ValueError(1), KeyError(2), TypeError(3)])
    except* ValueError as e: print("v", e.exceptions)
    except* (KeyError, IndexError) as e: print("k", e.exceptions)
def star_all():
    try: raise ValueError(1)
    except* Exception as e: return repr(e)
def star_raise():
    try: raise ExceptionGroup("g", [ValueError(1)])
    except* ValueError: raise KeyError("new")
def context_cleared():
    try: 1 / 0
    except ZeroDivisionError: pass
    raise KeyError("later")
def from_none():
    try: 1 / 0
    except ZeroDivisionError: raise KeyError from None
def assertion(v):
    assert v, f"message {v}"
    return v


for f, *args in [(final_wins,), (final_over_raise,), (final_break,), (final_continue,), (else_part, 0), (else_part, 1), (raise_in_else,), (raise_in_except,), (raise_in_finally,), (nested,), (reraised,), (name_gone,), (tuple_of,), (not_a_class,), (not_evaluated,), (evaluated,), (base_too,), (while_else,), (return_order,), (return_value,), (generators,), (star,), (star_all,), (star_raise,), (context_cleared,), (from_none,), (assertion, 0), (assertion, 5), (assertion, [])]:
    show(f, *args)
