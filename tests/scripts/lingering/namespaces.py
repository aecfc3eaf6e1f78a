"""Namespaces built from closures that refer to each other: all of it lingers."""


def account(owner):
    balance = 0
    history = []

    def deposit(amount):
        nonlocal balance
        balance += amount
        history.append((owner, amount))
        return report()

    def withdraw(amount):
        return deposit(-amount)

    def report():
        return {"owner": owner, "balance": balance, "last": history[-1], "undo": undo}

    def undo():
        return withdraw(history[-1][1])

    return {"deposit": deposit, "withdraw": withdraw, "undo": undo}


def play():
    mine = account("mite")
    mine["deposit"](10)
    mine["withdraw"](3)
    return mine["undo"]()["balance"]


print(play())
