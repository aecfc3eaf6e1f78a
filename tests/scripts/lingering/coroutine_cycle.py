"""A task holds its coroutine, which holds the task."""

class Task:
    def __init__(self):
        self.coro = self.run()
        self.coro.send(None)
    async def run(self):
        await Pause()
class Pause:
    def __await__(self):
        yield
Task()
