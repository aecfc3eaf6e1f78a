"""Operators in assignments: of the statement itself nothing is marked, of an operator on its right that operator."""
import traceback


def attempt(act):
    try:
        act()
    except TypeError:
        print(traceback.format_exc().replace(__file__, "this file"))


def whole_statement():
    numbers = [1]
    text = "a"
    numbers[0] += text + "x"


def constant():
    number = 1
    number -= "x"


def right_side():
    number = 1
    number += number * (number - "x")


def plain():
    number = 1
    number = number << "x"


for act in whole_statement, constant, right_side, plain:
    attempt(act)
