import asyncio
log = []
async def one(x):
    log.append(x)
    await asyncio.sleep(0)
    return x + 1
async def main():
    a = await one(1)
    b = await one(a)
    async with Ctx() as c:
        log.append(c)
    out = []
    async for i in agen(3): out.append(i)
    out2 = [i async for i in agen(2)]
    async for i in AIter(): out.append(i)
    try:
        await fails()
    except ValueError as e:
        log.append(str(e))
    return b, out, out2, await one(10) + await one(20)
class Ctx:
    async def __aenter__(self): log.append("in"); return "ctx"
    async def __aexit__(self, t, v, tb): log.append("out")
async def agen(n):
    for i in range(n):
        await asyncio.sleep(0)
        yield i
class AIter:
    def __init__(self): self.n = 0
    def __aiter__(self): return self
    async def __anext__(self):
        self.n += 1
        if self.n > 2: raise StopAsyncIteration
        return self.n * 100
async def fails(): raise ValueError("async")
assert asyncio.run(main()) == (3, [0, 1, 2, 100, 200], [0, 1], 32)
assert log == [1, 2, "in", "ctx", "out", "async", 10, 20]
# ---
async def coro(): return 5
c = coro()
assert type(c).__name__ == "coroutine"
try:
    c.send(None)
    assert False
except StopIteration as e:
    assert e.value == 5
class Awaitable:
    def __await__(self):
        return "awaited"
        yield
async def use(): return await Awaitable()
try:
    use().send(None)
except StopIteration as e:
    assert e.value == "awaited"
