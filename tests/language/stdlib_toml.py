import datetime
import tomllib
from decimal import Decimal

text = '''
title = "it's \\u00e9"  # a comment
[owner]
name = 'Tom'
born = 1979-05-27T07:32:00-08:00
day = 1979-05-27
at = 07:32:00.5
[database]
ports = [8000, 0x1F, 1_000]
ratio = 0.1
big = -inf
on = true
"a key".dotted = 1
[[servers]]
ip = "a"
[[servers]]
ip = """b
c"""
inline = { x = 1, y = [ { z = 2 } ] }
'''
found = tomllib.loads(text)
assert list(found) == ["title", "owner", "database", "servers"]
assert found["title"] == "it's \u00e9"
assert list(found["owner"]) == ["name", "born", "day", "at"]
assert found["owner"]["born"] == datetime.datetime.fromisoformat("1979-05-27T07:32:00-08:00")
assert found["owner"]["day"] == datetime.date(1979, 5, 27)
assert found["owner"]["at"] == datetime.time(7, 32, 0, 500000)
assert found["database"] == {"ports": [8000, 31, 1000], "ratio": 0.1, "big": float("-inf"), "on": True,
                             "a key": {"dotted": 1}}
assert found["servers"] == [{"ip": "a"}, {"ip": "b\nc", "inline": {"x": 1, "y": [{"z": 2}]}}]
assert tomllib.loads("x = 0.10", parse_float=Decimal)["x"] == Decimal("0.10")
assert str(tomllib.loads("x = 0.10", parse_float=Decimal)["x"]) == "0.10"

# ---
import io
import tomllib

assert tomllib.load(io.BytesIO(b"a = 1")) == {"a": 1}
try:
    tomllib.load(io.StringIO("a = 1"))
    raise AssertionError
except TypeError as error:
    assert "binary mode" in str(error)
for wrong in ["a = ", "a", "[a", "a = 1\na = 2", "a = tru"]:
    try:
        tomllib.loads(wrong)
        raise AssertionError(wrong)
    except tomllib.TOMLDecodeError as error:
        assert isinstance(error, ValueError)
