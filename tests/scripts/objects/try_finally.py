# try, except, else, finally: every way through, and what returns.
def f(x):
    log = []
    try:
        log.append("try")
        if x == 1:
            raise ValueError("v")
        if x == 2:
            return log + ["returned"]
        if x == 3:
            raise KeyError("k")
    except ValueError as error:
        log.append(f"except {error}")
    else:
        log.append("else")
    finally:
        log.append("finally")
        print(log)
    return log
for x in (0, 1, 2):
    print(f(x))
try:
    f(3)
except KeyError as error:
    print("outside", error)
def override():
    try:
        return "try"
    finally:
        return "finally"
print(override())
def swallow():
    try:
        raise ValueError
    finally:
        return "swallowed"
print(swallow())
def loop():
    out = []
    for i in range(5):
        try:
            if i == 1:
                continue
            if i == 3:
                break
            out.append(i)
        finally:
            out.append(("f", i))
    else:
        out.append("not here")
    return out
print(loop())
def nested():
    try:
        try:
            raise ValueError("inner")
        finally:
            print("first finally")
    except ValueError as error:
        print("caught", error)
        try:
            raise KeyError("second")
        except KeyError:
            print("handled second")
        try:
            raise
        except ValueError as again:
            print("raised again", again)
nested()
def scope():
    error = "kept"
    try:
        raise ValueError("x")
    except ValueError as error:
        pass
    try:
        return error
    except UnboundLocalError as e:
        return str(e)
print(scope())
try:
    raise
except RuntimeError as error:
    print(error)
def multi(x):
    try:
        raise x
    except (ValueError, KeyError) as error:
        return ("tuple", type(error).__name__)
    except ArithmeticError:
        return "arithmetic"
    except:
        return "bare"
print(multi(ValueError()), multi(KeyError), multi(ZeroDivisionError()), multi(KeyboardInterrupt()))
def bad():
    try:
        raise ValueError("first")
    except 5:
        pass
try:
    bad()
except TypeError as error:
    print(error, repr(error.__context__))
for wrong in (5, "text", None, object):
    try:
        raise wrong
    except TypeError as error:
        print(error)
def gen():
    try:
        yield 1
        yield 2
    finally:
        print("generator finally")
for v in gen():
    print(v)
    break
print("after")
i = 0
while True:
    try:
        i += 1
        if i < 3:
            continue
        break
    finally:
        print("while finally", i)
