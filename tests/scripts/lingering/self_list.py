"""Containers that hold themselves."""

def go():
    a = []
    a.append(a)
    b = {}
    b["me"] = b
    s = ([],)
    s[0].append(s)
go()
