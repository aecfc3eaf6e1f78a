# A place of a removed member is used again: the order of small sets of numbers shows it.
s = {1, 2, 3}
s.remove(1)
s.add(9)
print(s)
s = {1, 2, 3}
s.discard(2)
s.add(8)
s.add(16)
print(s)
s = {1, 2, 3}
s ^= {1, 9}
print(s)
state, numbers = 12345, set()
for step in range(2000):
    state = (state * 1103515245 + 12345) % 2 ** 31
    number = state >> 8
    match number % 7:
        case 0 | 1 | 2: numbers.add(number % 200)
        case 3 | 4: numbers.discard(number % 190)
        case 5: numbers ^= {number % 100, number % 77}
        case 6: numbers -= {number % 50 + n for n in range(5)}
    if step % 100 == 0:
        print(numbers)
        print(numbers | {5}, numbers & set(range(100)), numbers - {3}, numbers.copy() == numbers)
