# Values retort can't know are carried along; a decision on one is an error that names its origin.
import nowhere
client = nowhere.client("s3", region="eu", n=3)
x = client.bucket["name"].objects[0] + 1
y = -x
z = x.a.b(y, [1], lambda: 0).c
a, b = nowhere.pair()
nowhere.settings.debug = True
nowhere.table["k"] = 1
del nowhere.table["k"]
assert nowhere is not None
---
import nowhere.deep.er as short, nowhere.other
from nowhere.sub import thing as t, Other
from nowhere.sub import *
t(Other.x)
anything_at_all.from_the_star()
---
import boto3
if boto3.client("s3"): pass ### "^unknown-value: the condition needs the value of boto3.client\('s3'\), which retort can't know"
---
from boto3 import client
while client: pass ### "needs the value of boto3.client, .*'boto3' is neither part of retort nor of the project.*errors/unknown.py:22"
---
import nowhere
nowhere.x == 1 ### "the comparison needs the value of nowhere.x"
---
import nowhere
nowhere.x() is None ### "the comparison needs the value of nowhere.x\(\)"
---
import nowhere
for i in nowhere.items: pass ### "the iteration needs the value of nowhere.items"
---
import nowhere
f"{nowhere.version}" ### "the f-string needs the value of nowhere.version"
---
import nowhere
str(nowhere.version) ### "needs the value of nowhere.version"
---
import nowhere
int(nowhere.version) ### "needs the value of nowhere.version"
---
import nowhere
len(nowhere.version) ### "len\(\) needs the value of nowhere.version"
---
import nowhere
isinstance(nowhere.version, str) ### "isinstance\(\) needs the value of nowhere.version"
---
import nowhere
isinstance(1, nowhere.Kind) ### "isinstance\(\) needs the value of nowhere.Kind"
---
import nowhere
1 in nowhere.things ### "needs the value of nowhere.things"
---
import nowhere
[1, 2][nowhere.n] ### "an index needs the value of nowhere.n"
---
import nowhere
not nowhere.n ### "needs the value of nowhere.n"
---
import nowhere
1 if nowhere.n else 2 ### "needs the value of nowhere.n"
---
import nowhere
nowhere.a and 1 ### "needs the value of nowhere.a"
---
import nowhere
max(1, nowhere.a) ### "needs the value of nowhere.a"
---
import nowhere
print(*nowhere.args) ### "the iteration needs the value of nowhere.args"
---
import nowhere
match nowhere.a: ### "the match statement needs the value of nowhere.a"
    case 1: pass
---
import nowhere
raise nowhere.Error("x") ### "raise needs the value of nowhere.Error\('x'\)"
---
# No `except`, no `finally` sees the error.
import nowhere
log = []
try:
    try:
        if nowhere.a: pass ### "needs the value of nowhere.a"
    except Exception:
        log.append(1)
    except:
        log.append(2)
    finally:
        assert False
except BaseException:
    pass
---
# In a function, the error says where it is and who called.
import nowhere
def decide(v):
    return 1 if v else 2 ### "needs the value of nowhere.f\(1\)"
decide(nowhere.f(1))
---
# An import that is guarded keeps the branch of `try`.
try:
    import nowhere
    have = True
except ImportError:
    have = False
assert have
if nowhere is None:
    assert False
---
# Deriving from an unknown class; attributes that are not there are unknown.
from nowhere.models import BaseModel
import nowhere
class Settings(BaseModel, nowhere.Mixin):
    name: str = "x"
    def own(self): return self.name
    class Config:
        env = 1
s = Settings(name="y", other=3)
assert s.own() == "x" and Settings.Config.env == 1
s.missing.more(1)
Settings.model_validate({})
class Sub(Settings):
    def __init__(self, *a, **k):
        super().__init__(*a, **k)
        self.z = super().anything
Sub(1).z.more
---
from nowhere.models import BaseModel
class S(BaseModel): pass
if S().debug: pass ### "needs the value of S.debug"
---
# An unknown decorator gives back what it decorates.
import nowhere
from nowhere import cached
@nowhere.route("/x", methods=["GET"])
@cached
def f(): return 5
assert f() == 5
@nowhere.register
class K:
    v = 1
    @nowhere.validator("v")
    def check(self): return self.v
    @property
    @cached
    def p(self): return 9
assert K.v == 1 and K().check() == 1 and K().p == 9
---
# with, await, unpacking, containers.
import nowhere
with nowhere.lock() as l, nowhere.other:
    l.do()
d = {nowhere.key: 1, "a": nowhere.value}
assert d["a"] is d["a"] and nowhere.x is not nowhere
e = [nowhere.a, nowhere.b]
e.append(nowhere.c)
async def f(): return await nowhere.fetch()
f()
def g(x=nowhere.default, *a, **k): return x
g().attr
try:
    pass
except nowhere.Error:
    assert False
try:
    raise ValueError
except (nowhere.Error, KeyError): assert False
except ValueError: pass
---
import nowhere
{1: 2}[nowhere.k] ### "the look-up needs the value of nowhere.k"
---
# Third-party exceptions as bases.
from nowhere import HTTPError
class MyError(HTTPError):
    pass
raise MyError("m") ### "raising MyError needs the value of nowhere.HTTPError"
