# json.
import json
from enum import Enum


def fails(kind, text, call, *args, **kwargs):
    try:
        call(*args, **kwargs)
    except kind as error:
        assert str(error) == text, str(error)
    else:
        raise AssertionError(f"{kind.__name__} expected")


for value, wanted in [
    (None, "null"), (True, "true"), (1, "1"), (1.0, "1.0"), (10**30, "1" + "0" * 30), ("é\n\"\\\x00", '"\\u00e9\\n\\"\\\\\\u0000"'),
    ("\U0001f600", '"\\ud83d\\ude00"'), ([], "[]"), ({}, "{}"), ([1, [2], {}], "[1, [2], {}]"), ((1, 2), "[1, 2]"),
    ({"b": 1, "a": None}, '{"b": 1, "a": null}'), ({1: 2, None: 3, True: 4, 1.5: 5}, '{"1": 4, "null": 3, "1.5": 5}'),
    (float("inf"), "Infinity"), (1e-7, "1e-07"),
]:
    assert json.dumps(value) == wanted, json.dumps(value)

nested = {"b": [1, {"x": []}], "a": "é"}
assert json.dumps(nested, sort_keys=True) == '{"a": "\\u00e9", "b": [1, {"x": []}]}'
assert json.dumps(nested, ensure_ascii=False, separators=(",", ":")) == '{"b":[1,{"x":[]}],"a":"é"}'
assert json.dumps(nested, indent=2) == """{
  "b": [
    1,
    {
      "x": []
    }
  ],
  "a": "\\u00e9"
}"""
assert json.dumps([1], indent="\t") == "[\n\t1\n]" and json.dumps({(1,): 1, "a": 2}, skipkeys=True) == '{"a": 2}'
assert json.dumps({1, 2}, default=sorted) == "[1, 2]"


class Color(str, Enum):
    RED = "red"


class Encoder(json.JSONEncoder):
    def default(self, o):
        if isinstance(o, set):
            return sorted(o)
        return super().default(o)


assert json.dumps({"c": Color.RED, Color.RED: 1}) == '{"c": "red", "red": 1}'
assert json.dumps([{2, 1}], cls=Encoder) == "[[1, 2]]"
fails(TypeError, "Object of type set is not JSON serializable", json.dumps, {1})
fails(TypeError, "keys must be str, int, float, bool or None, not tuple", json.dumps, {(1,): 2})
fails(ValueError, "Circular reference detected", json.dumps, (lambda x: (x.append(x), x)[1])([]))

for text, wanted in [
    ("null", None), ("[1, 2.0, -3e2]", [1, 2.0, -300.0]), ('{"a": {"b": []}}', {"a": {"b": []}}), ('"\\u00e9\\ud83d\\ude00\\/"', "é\U0001f600/"),
    ("  [ ]  ", []), ('{"a": 1, "a": 2}', {"a": 2}), ("123456789012345678901234567890", 123456789012345678901234567890),
    ("-Infinity", float("-inf")),
]:
    assert json.loads(text) == wanted, text
assert type(json.loads("1")) is int and type(json.loads("1.0")) is float and json.loads(b'{"a": 1}') == {"a": 1}
assert list(json.loads('{"b": 1, "a": 2}')) == ["b", "a"]
assert json.loads('{"a": {"b": 1}}', object_hook=lambda d: sorted(d)) == ["a"]
assert json.loads('{"a": 1, "a": 2}', object_pairs_hook=list) == [("a", 1), ("a", 2)]
assert json.loads("[1.50, 2]", parse_float=str, parse_int=float) == ["1.50", 2.0]

for text, message in [
    ("", "Expecting value: line 1 column 1 (char 0)"), ("[1", "Expecting ',' delimiter: line 1 column 3 (char 2)"),
    ('{"a" 1}', "Expecting ':' delimiter: line 1 column 6 (char 5)"), ("1 2", "Extra data: line 1 column 3 (char 2)"),
    ('"abc', "Unterminated string starting at: line 1 column 1 (char 0)"), ('{"a": 1,\n "b": x}', "Expecting value: line 2 column 7 (char 15)"),
    ("{a:1}", "Expecting property name enclosed in double quotes: line 1 column 2 (char 1)"), ('"\\x"', "Invalid \\escape: line 1 column 2 (char 1)"),
    ('"a\nb"', "Invalid control character at: line 1 column 3 (char 2)"),
]:
    try:
        json.loads(text)
    except json.JSONDecodeError as error:
        assert str(error) == message, str(error)
        assert isinstance(error, ValueError) and error.doc == text
    else:
        raise AssertionError(text)
fails(TypeError, "the JSON object must be str, bytes or bytearray, not int", json.loads, 5)
