"""Tests whose methods are coroutines."""
import asyncio
import contextvars
import unittest

said = []
where = contextvars.ContextVar("where", default="outside")


class Session:
    async def __aenter__(self):
        said.append("enter")
        return "session"

    async def __aexit__(self, *error):
        said.append("exit")


class Waiting(unittest.IsolatedAsyncioTestCase):
    def setUp(self):
        said.append("setUp")
        where.set("test")

    async def asyncSetUp(self):
        await asyncio.sleep(0)
        said.append("asyncSetUp " + where.get())
        self.session = await self.enterAsyncContext(Session())

    async def test_one(self):
        self.addAsyncCleanup(self.cleaned, 1)
        await asyncio.sleep(0)
        self.assertEqual(self.session, "session")
        said.append("test_one " + where.get())

    async def test_two(self):
        self.assertEqual(await asyncio.gather(self.number(1), self.number(2)), [1, 3])

    def test_three(self):
        said.append("plain")

    async def test_four(self):
        raise KeyError("broken")

    async def number(self, value):
        await asyncio.sleep(0)
        return value

    async def cleaned(self, value):
        said.append(f"cleaned {value}")

    async def asyncTearDown(self):
        said.append("asyncTearDown")

    def tearDown(self):
        said.append("tearDown")


result = unittest.TestResult()
unittest.defaultTestLoader.loadTestsFromTestCase(Waiting).run(result)
print(result.testsRun, [str(test) for test, _ in result.failures], [text.splitlines()[-1] for _, text in result.errors])
for line in said:
    print(line)
print(where.get())
