"""All of a tuple in an except clause must be exceptions, also behind the one that matches."""
def said(classes):
    try:
        try:
            1 / 0
        except classes:
            print("caught")
    except TypeError as error:
        print(error, repr(error.__context__))
    except ZeroDivisionError:
        print("passed")


said((ZeroDivisionError, KeyError))
said((ZeroDivisionError, 1))
said((KeyError, 1))
said(())
said(int)
said((KeyError, (ZeroDivisionError,)))
