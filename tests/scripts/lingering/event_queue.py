"""A queue of calls whose methods hold the queue."""

import heapq
class Sim:
    def __init__(self):
        self.queue = []
        self.at(3, self.tick)
        self.at(1, self.tick)
    def at(self, when, call):
        heapq.heappush(self.queue, (when, len(self.queue), call))
    def tick(self):
        self.at(1, self.tick)
def go():
    sim = Sim()
    heapq.heappop(sim.queue)[2]()
go()
