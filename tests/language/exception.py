log = []
def run(f):
    try:
        f()
    except ZeroDivisionError:
        log.append("zero")
    except (KeyError, IndexError) as e:
        log.append(type(e).__name__)
    except Exception as e:
        log.append("other " + str(e))
    else:
        log.append("else")
    finally:
        log.append("finally")
def raiser(e):
    def f(): raise e
    return f
run(lambda: 1 / 0)
run(lambda: {}["k"])
run(lambda: [][0])
run(raiser(ValueError("v")))
run(lambda: None)
assert log == ["zero", "finally", "KeyError", "finally", "IndexError", "finally", "other v", "finally", "else", "finally"], log
try:
    run(raiser(KeyboardInterrupt()))
    assert False
except KeyboardInterrupt: pass
def order():
    try:
        return "try"
    finally:
        log.append("cleanup")
log.clear()
assert order() == "try" and log == ["cleanup"]
def override():
    try:
        return 1
    finally:
        return 2
assert override() == 2
def swallow():
    for i in range(3):
        try:
            raise ValueError
        finally:
            break
    return "swallowed"
assert swallow() == "swallowed"
def loop():
    out = []
    for i in range(4):
        try:
            if i == 1: continue
            if i == 3: break
            out.append(i)
        finally:
            out.append("f%d" % i)
    return out
assert loop() == [0, "f0", "f1", 2, "f2", "f3"]
def nested():
    try:
        try:
            raise ValueError("inner")
        finally:
            log.append("inner finally")
    except ValueError as e:
        return str(e)
assert nested() == "inner"
def else_raises():
    try: pass
    except ValueError: return "wrong"
    else: raise ValueError("from else")
try:
    else_raises()
    assert False
except ValueError as e: assert str(e) == "from else"
try:
    try: raise KeyError("a")
    except KeyError: raise ValueError("b")
    finally: log.append(1)
except ValueError as e:
    assert isinstance(e.__context__, KeyError) and e.__cause__ is None and not e.__suppress_context__
try:
    try: raise KeyError("a")
    except KeyError as k: raise ValueError("b") from k
except ValueError as e:
    assert e.__cause__.args == ("a",) and e.__suppress_context__
try:
    try: raise KeyError("a")
    except KeyError: raise ValueError("b") from None
except ValueError as e:
    assert e.__cause__ is None and e.__suppress_context__ and isinstance(e.__context__, KeyError)
try:
    raise ValueError from 5
except TypeError as e:
    assert str(e) == "exception causes must derive from BaseException"
try:
    try: 1 / 0
    except ZeroDivisionError as e:
        saved = e
        raise
except ZeroDivisionError as e:
    assert e is saved
try:
    raise
except RuntimeError as e:
    assert str(e) == "No active exception to reraise"
try: raise 5
except TypeError as e: assert str(e) == "exceptions must derive from BaseException"
try: raise ValueError
except ValueError as e: assert e.args == () and str(e) == ""
try:
    try: raise ValueError
    except 5: pass
except TypeError as e: assert str(e) == "catching classes that do not inherit from BaseException is not allowed"
def name_gone():
    e = "before"
    try: raise ValueError
    except ValueError as e: pass
    try: return e
    except UnboundLocalError: return "gone"
assert name_gone() == "gone"
def reraise_in_helper():
    def helper(): raise
    try: raise ValueError("h")
    except ValueError: helper()
try: reraise_in_helper()
except ValueError as e: assert str(e) == "h"
# ---
# The hierarchy, arguments and texts.
assert [c.__name__ for c in ModuleNotFoundError.__mro__] == ["ModuleNotFoundError", "ImportError", "Exception", "BaseException", "object"]
assert issubclass(KeyError, LookupError) and issubclass(FileNotFoundError, OSError) and IOError is OSError and EnvironmentError is OSError and issubclass(UnicodeDecodeError, ValueError)
assert issubclass(RecursionError, RuntimeError) and issubclass(NotImplementedError, RuntimeError) and issubclass(UnboundLocalError, NameError) and issubclass(ConnectionResetError, ConnectionError) and not issubclass(SystemExit, Exception)
assert repr(ValueError("a", 1)) == "ValueError('a', 1)" and str(ValueError("a", 1)) == "('a', 1)" and repr(ValueError("x")) == "ValueError('x')" and repr(ValueError()) == "ValueError()"
assert str(KeyError("k")) == "'k'" and str(KeyError()) == "" and str(KeyError(1)) == "1"
e = OSError(2, "No such file", "f.txt")
assert str(e) == "[Errno 2] No such file: 'f.txt'" and e.errno == 2 and e.strerror == "No such file" and e.filename == "f.txt"
assert StopIteration(5).value == 5 and StopIteration().value is None and SystemExit(3).code == 3 and SystemExit().code is None
i = ImportError("m", name="n", path="p")
assert i.name == "n" and i.path == "p" and i.msg == "m" and str(i) == "m"
e = ValueError("x")
e.add_note("note")
assert e.__notes__ == ["note"] and e.with_traceback(None) is e
e.extra = 1
assert e.extra == 1
e.args = ("new",)
assert str(e) == "new"
class App(Exception):
    default = "something"
    def __init__(self, message=None, **extra):
        super().__init__(message or self.default)
        self.extra = extra
    def __str__(self): return "App: " + super().__str__()
assert str(App()) == "App: something" and str(App("m", a=1)) == "App: m" and App("m", a=1).extra == {"a": 1} and repr(App("z")) == "App('z')"
class Quiet(Exception):
    def __init__(self, a, b): self.a = a
assert Quiet(1, 2).args == (1, 2)
assert ValueError("a") != ValueError("a") and type(ValueError("a")) is ValueError
for bad, error, text in [
    (lambda: 1 + "a", TypeError, "unsupported operand type(s) for +: 'int' and 'str'"),
    (lambda: "a" + 1, TypeError, 'can only concatenate str (not "int") to str'),
    (lambda: [1] + (2,), TypeError, 'can only concatenate list (not "tuple") to list'),
    (lambda: "a" * "b", TypeError, "can't multiply sequence by non-int of type 'str'"),
    (lambda: [] - [], TypeError, "unsupported operand type(s) for -: 'list' and 'list'"),
    (lambda: None ** 2, TypeError, "unsupported operand type(s) for ** or pow(): 'NoneType' and 'int'"),
    (lambda: 1 < "a", TypeError, "'<' not supported between instances of 'int' and 'str'"),
    (lambda: [] >= {}, TypeError, "'>=' not supported between instances of 'list' and 'dict'"),
    (lambda: -"a", TypeError, "bad operand type for unary -: 'str'"),
    (lambda: ~1.5, TypeError, "bad operand type for unary ~: 'float'"),
    (lambda: 1 in 5, TypeError, "argument of type 'int' is not iterable"),
    (lambda: 1 in "abc", TypeError, "'in <string>' requires string as left operand, not int"),
    (lambda: [1][5], IndexError, "list index out of range"),
    (lambda: (1,)[5], IndexError, "tuple index out of range"),
    (lambda: "a"[5], IndexError, "string index out of range"),
    (lambda: [1]["a"], TypeError, "list indices must be integers or slices, not str"),
    (lambda: (1,)["a"], TypeError, "tuple indices must be integers or slices, not str"),
    (lambda: "a"["b"], TypeError, "string indices must be integers, not 'str'"),
    (lambda: 5[0], TypeError, "'int' object is not subscriptable"),
    (lambda: {}["k"], KeyError, "'k'"),
    (lambda: {[]: 1}, TypeError, "unhashable type: 'list'"),
    (lambda: {{}}, TypeError, "unhashable type: 'dict'"),
    (lambda: hash([]), TypeError, "unhashable type: 'list'"),
    (lambda: len(5), TypeError, "object of type 'int' has no len()"),
    (lambda: iter(5), TypeError, "'int' object is not iterable"),
    (lambda: next([]), TypeError, "'list' object is not an iterator"),
    (lambda: [*5], TypeError, "Value after * must be an iterable, not int"),
    (lambda: {**5}, TypeError, "'int' object is not a mapping"),
    (lambda: None.x, AttributeError, "'NoneType' object has no attribute 'x'"),
    (lambda: "a".nope(), AttributeError, "'str' object has no attribute 'nope'"),
    (lambda: 1 // 0, ZeroDivisionError, "integer division or modulo by zero"),
    (lambda: 1 % 0, ZeroDivisionError, "integer modulo by zero"),
    (lambda: 1.0 / 0, ZeroDivisionError, "float division by zero"),
    (lambda: 1 / 0, ZeroDivisionError, "division by zero"),
    (lambda: 0 ** -1, ZeroDivisionError, "0.0 cannot be raised to a negative power"),
    (lambda: 1 << -1, ValueError, "negative shift count"),
    (lambda: [1, 2][::0], ValueError, "slice step cannot be zero"),
    (lambda: [1][1.5], TypeError, "list indices must be integers or slices, not float"),
    (lambda: 1(), TypeError, "'int' object is not callable"),
    (lambda: int[0], TypeError, "type 'int' is not subscriptable"),
]:
    try:
        bad()
        assert False, text
    except error as e:
        assert type(e) is error and str(e) == text, (str(e), text)
def unpack(v):
    a, b = v
for v, text in [((1,), "not enough values to unpack (expected 2, got 1)"), ((1, 2, 3), "too many values to unpack (expected 2)")]:
    try: unpack(v); assert False
    except ValueError as e: assert str(e) == text
try: unpack(5); assert False
except TypeError as e: assert str(e) == "cannot unpack non-iterable int object"
try:
    a, *b, c = [1]
    assert False
except ValueError as e: assert str(e) == "not enough values to unpack (expected at least 2, got 1)"
def set_item(o, k): o[k] = 1
for o, k, text in [((1,), 0, "'tuple' object does not support item assignment"), ("a", 0, "'str' object does not support item assignment"), ([1], 5, "list assignment index out of range")]:
    try: set_item(o, k); assert False
    except (TypeError, IndexError) as e: assert str(e) == text
def del_item(o, k): del o[k]
try: del_item((1,), 0); assert False
except TypeError as e: assert str(e) == "'tuple' object doesn't support item deletion"
x = 1
try:
    x.a = 1
    assert False
except AttributeError as e: assert str(e) == "'int' object has no attribute 'a'"
try:
    int.a = 1
    assert False
except TypeError as e: assert str(e) == "cannot set 'a' attribute of immutable type 'int'"
try:
    x += "a"
    assert False
except TypeError as e: assert str(e) == "unsupported operand type(s) for +=: 'int' and 'str'"
try:
    assert 1 == 2, "message"
except AssertionError as e: assert e.args == ("message",)
try:
    assert []
except AssertionError as e: assert e.args == ()
d = {1: 1}
try:
    for k in d: d[k + 1] = 1
    assert False
except RuntimeError as e: assert str(e) == "dictionary changed size during iteration"
s = {1}
try:
    for k in s: s.add(k + 1)
    assert False
except RuntimeError as e: assert str(e) == "Set changed size during iteration"
# ---
# Exception groups.
def run(e):
    log = []
    try:
        try:
            raise e
        except* ValueError as g:
            log.append(("V", [str(x) for x in g.exceptions]))
        except* (KeyError, IndexError) as g:
            log.append(("K", len(g.exceptions)))
        else:
            log.append("else")
        finally:
            log.append("finally")
    except BaseException as rest:
        log.append(rest)
    return log
r = run(ExceptionGroup("m", [ValueError("a"), KeyError("k"), ValueError("b"), TypeError("t")]))
assert r[:3] == [("V", ["a", "b"]), ("K", 1), "finally"] and isinstance(r[3], ExceptionGroup) and [type(x) for x in r[3].exceptions] == [TypeError]
assert run(ValueError("solo")) == [("V", ["solo"]), "finally"]
r = run(TypeError("other"))
assert r[0] == "finally" and type(r[1]) is TypeError
g = ExceptionGroup("top", [ValueError(1), ExceptionGroup("in", [TypeError(2), ValueError(3)])])
match, rest = g.split(ValueError)
assert [type(x).__name__ for x in match.exceptions] == ["ValueError", "ExceptionGroup"] and rest.exceptions[0].exceptions[0].args == (2,)
assert str(g) == "top (2 sub-exceptions)" and g.message == "top" and len(g.exceptions) == 2 and isinstance(g, Exception)
assert g.subgroup(KeyError) is None
assert isinstance(BaseExceptionGroup("b", [KeyboardInterrupt()]), BaseExceptionGroup) and type(BaseExceptionGroup("b", [ValueError()])) is ExceptionGroup
def raises_inside():
    try:
        raise ExceptionGroup("g", [ValueError(1), KeyError(2)])
    except* ValueError:
        raise RuntimeError("new")
try: raises_inside(); assert False
except ExceptionGroup as e: assert sorted(type(x).__name__ for x in e.exceptions) == ["ExceptionGroup", "RuntimeError"], e.exceptions
# ---
# Context of exceptions raised in finally, with and nested handlers.
def f():
    try:
        raise ValueError(1)
    finally:
        raise KeyError(2)
try: f()
except KeyError as e: assert isinstance(e.__context__, ValueError)
try:
    try: raise ValueError(1)
    except ValueError:
        try: raise KeyError(2)
        except KeyError: pass
        raise TypeError(3)
except TypeError as e: assert isinstance(e.__context__, ValueError)
import sys
try: raise ValueError("info")
except ValueError:
    assert sys.exc_info()[0] is ValueError and str(sys.exc_info()[1]) == "info"
assert sys.exc_info() == (None, None, None)
