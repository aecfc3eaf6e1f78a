"""bisect and heapq."""
import heapq
from bisect import bisect, bisect_left, bisect_right, insort, insort_left

a = [1, 2, 2, 3, 5]
print(bisect(a, 2), bisect_left(a, 2), bisect_right(a, 9), bisect_left(a, 0), bisect_left(a, 4, 1, 3))
insort(a, 2.5)
insort_left(a, 5)
print(a, bisect([{"k": 1}, {"k": 5}], 3, key=lambda d: d["k"]))
words = ["b", "aaa"]
insort(words, "cc", key=len)
print(words)
h = []
for x in [5, 1, 8, 3, 9, 2]:
    heapq.heappush(h, x)
print(h, heapq.heappop(h), h, heapq.heappushpop(h, 0), heapq.heapreplace(h, 7), h)
l = [9, 4, 7, 1, 8, 2, 6]
heapq.heapify(l)
print(l, [heapq.heappop(l) for _ in range(len(l))])
print(heapq.nlargest(3, [1, 8, 3, 9]), heapq.nsmallest(2, ["bb", "a", "ccc"], key=len), heapq.nlargest(0, [1]), heapq.nsmallest(9, [2, 1]))
print(list(heapq.merge([1, 4], [2, 3], [0])), list(heapq.merge([5, 3], [4, 1], reverse=True)), list(heapq.merge(["a", "ccc"], ["bb"], key=len)))
for call in (lambda: heapq.heappop([]), lambda: heapq.heapify(3), lambda: bisect([1], "a"), lambda: bisect([1], 1, -1), lambda: heapq.heapreplace([], 1)):
    try:
        call()
    except Exception as e:
        print(type(e).__name__, e)
