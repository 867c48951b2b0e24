"""Names are evaluated on demand, with the results of eager evaluation."""
import os.path as ospath
a = 1
b = a + 1
a = 10
c = a + b
items = []
items.append(1)
items += [2]
items[0] = "zero"
total = sum_of = len(items)
items.append(3)
d = {}
d["k"] = 1
def late(): return defined_later
early = [late_value for late_value in (1, 2)]
defined_later = "later"
try:
    import nowhere_to_be_found
    HAVE = True
except ImportError:
    HAVE = False
if a > 5:
    branch = "big"
    def chosen(): return "big"
else:
    branch = "small"
    def chosen(): return "small"
for i in range(3):
    last = i
class _Null:
    def __enter__(self): return "entered"
    def __exit__(self, *a): pass
with _Null() as nulled:
    inside = 1
REGISTRY = {}
def register(cls):
    REGISTRY[cls.__name__] = cls
    return cls
@register
class One: pass
@register
class Two: pass
class Tagged: pass
Tagged.tag = "t"
x, (y, *z) = 1, (2, 3, 4)
import sys as removed
del removed
counter = 0
def bump():
    global counter
    counter += 1
    return counter
first_bump = bump()
second_bump = bump()
walrus_source = (walrus := 5) + 1
explode = 1 / 0
