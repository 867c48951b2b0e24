raise ValueError("message") ### "^script: ValueError: message$"
---
def f(x):
    return x / 0 ### "^script: ZeroDivisionError: division by zero$"
def g(): return f(1)
g()
---
class AppError(Exception): pass
raise AppError("a", 1) ### "^script: AppError: \('a', 1\)$"
---
counter = 1
conter + 1 ### "NameError: name 'conter' is not defined .*counter"
---
prnt(1) ### "did you mean 'print'"
---
class A:
    def __init__(self): self.value = 1
A().valu ### "AttributeError: 'A' object has no attribute 'valu' .*did you mean 'value'"
---
def f(*, schema=None, table_name=None): pass
f(tabel_name=1) ### "TypeError: f\(\) got an unexpected keyword argument 'tabel_name' .*did you mean 'table_name'"
---
raise SystemExit(3) ### "the file called sys.exit\(3\)"
---
raise KeyError("k") ### "KeyError: 'k'"
---
assert 1 == 2, "they differ" ### "AssertionError: they differ"
---
assert False ### "^script: AssertionError$"
---
try:
    raise ValueError("first") ### "ValueError: first"
finally:
    pass
---
def gen():
    yield 1
    raise KeyError("in generator") ### "KeyError: 'in generator'"
list(gen())
---
try:
    raise ValueError("kept") ### "ValueError: kept"
except ValueError as e:
    saved = e
raise saved
---
e = ValueError("noted")
e.add_note("a note")
raise e ### "ValueError: noted\na note"
---
x = [1, 2,
     3, undefined] ### "NameError: name 'undefined'"
---
open_bracket = [1 ### "syntax: "
---
import datetime
datetime.dattime ### "module 'datetime' has no attribute 'dattime' .*did you mean 'datetime'"
---
from datetime import dattime ### "ImportError: cannot import name 'dattime' from 'datetime' .*did you mean 'datetime'"
---
"abc".uper() ### "'str' object has no attribute 'uper' .*did you mean 'upper'"
