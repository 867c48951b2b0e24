while True: pass ### "^limit: the file ran for more than [0-9]+ steps and was stopped"
---
def f():
    for i in iter(int, 1): ### "^limit: .* steps"
        pass
f()
---
def f(n):
    return f(n + 1) ### "^limit: calls are nested too deeply"
f(0)
---
try:
    while True: ### "steps"
        pass
except BaseException:
    assert False
finally:
    assert False
---
def g():
    try:
        return g() ### "nested too deeply"
    except BaseException:
        return 1
g()
---
s = "x" * 1000
while True:
    s += s ### "^limit: .* MiB of memory"
---
[0] * 10 ** 10 ### "^limit: .* memory"
---
"ab" * 10 ** 12 ### "^limit: .* memory"
---
l = []
while True:
    l.append("some text that takes room" * 100) ### "^limit: .* (memory|steps)"
---
class R:
    def __getattr__(self, name): return getattr(self, name + "x") ### "nested too deeply"
R().a
---
def gen():
    yield from gen() ### "nested too deeply"
list(gen())
---
x = 2 ** 10 ** 9 ### "OverflowError: the power is too large"
---
[i for i in range(10 ** 12)] ### "^limit"
---
sum(1 for i in range(10 ** 12)) ### "^limit"
---
class A:
    def __repr__(self): return repr([self]) ### "nested too deeply"
repr(A())
---
t = ()
for i in range(100000): t = (t,)
hash(t) ### "nested too deeply"
---
m = iter([])
for i in range(100000): m = map(str, m)
list(m) ### "nested too deeply"
---
import re
try:
    re.compile("(" * 50000 + ")" * 50000)
except re.error as error:
    raise ValueError(str(error)) ### "nested too deeply"
