"""The same leak a hundred times: one group of a hundred cycles."""


def leak():
    def again(left):
        return left and again(left - 1)

    return again(2)


for _ in range(100):
    leak()
print("done")
