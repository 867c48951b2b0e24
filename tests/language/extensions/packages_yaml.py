# PyYAML reads what settings are written in.
import io
import math
import re
from datetime import date, datetime, timedelta, timezone

import yaml

TEXT = """
# the settings
database: &database
  host: localhost
  port: 5432
  options: {sslmode: require, timeout: 1_000, "quoted": 'yes'}
replica:
  <<: *database
  host: replica
names:
  - plain text: with colon
  - "a\\tb \\u00e9"
  - 'it''s'
  - |
    two
    lines
  - >-
    folded
    text
empty:
nothing: ~
flags: [yes, No, on, off, true, FALSE, y]
numbers: [1, -2, 0x1F, 0o17, 017, 0b101, 1_000, 190:20:30, 1.5, -1e3, 1.0e+3, .5, .inf, 1:30.5]
dates: [2001-12-14, 2001-12-14t21:59:43.10-05:00, 2001-12-14 21:59:43]
tagged: [!!str 12, !!int "7", !!float 1, !!binary aGk=, ! 12]
? [complex]
"""
loaded = yaml.safe_load(TEXT.rpartition("?")[0])
assert loaded["database"] == {"host": "localhost", "port": 5432,
                              "options": {"sslmode": "require", "timeout": 1000, "quoted": "yes"}}
assert loaded["replica"] == {**loaded["database"], "host": "replica"}
assert loaded["replica"]["options"] is loaded["database"]["options"]
assert loaded["names"] == [{"plain text": "with colon"}, "a\tb \xe9", "it's", "two\nlines\n", "folded text"]
assert loaded["empty"] is None and loaded["nothing"] is None
assert loaded["flags"] == [True, False, True, False, True, False, "y"]
assert loaded["numbers"] == [1, -2, 31, "0o17", 15, 5, 1000, 685230, 1.5, "-1e3", 1000.0, 0.5, math.inf, 90.5]
assert loaded["dates"] == [date(2001, 12, 14),
                           datetime(2001, 12, 14, 21, 59, 43, 100000, timezone(-timedelta(hours=5))),
                           datetime(2001, 12, 14, 21, 59, 43)]
assert loaded["tagged"] == ["12", 7, 1.0, b"hi", 12]

assert yaml.safe_load("") is None and yaml.safe_load("text") == "text"
assert yaml.load(io.StringIO("a: 1"), Loader=yaml.FullLoader) == {"a": 1}
assert yaml.load(b"a: [1, 2]", Loader=yaml.CSafeLoader) == {"a": [1, 2]}
assert yaml.load("a: 1", Loader=yaml.BaseLoader) == {"a": "1"}
assert list(yaml.safe_load_all("a: 1\n---\nb: 2\n")) == [{"a": 1}, {"b": 2}]
assert math.isnan(yaml.safe_load(".nan"))


def fails(text):
    try:
        yaml.safe_load(text)
    except yaml.YAMLError as problem:
        return str(problem)
    raise AssertionError(text)


assert "line" in fails("a: 1\nb: [1")
fails("a: [1")
fails("*nowhere")
fails("? [a]\n: 1")
fails("a: !own 1")
fails("a: 1\n---\nb: 1")
fails("\tx: 1")


class Own(yaml.SafeLoader):
    pass


Own.add_constructor("!env", lambda loader, node: "<%s>" % loader.construct_scalar(node))
Own.add_constructor("!join", lambda loader, node: "".join(map(str, loader.construct_sequence(node))))
Own.add_implicit_resolver("!env", re.compile(r"\$\{\w+\}"), None)
assert yaml.load("a: !env HOME\nb: !join [a, 1]\nc: ${X}", Loader=Own) == {"a": "<HOME>", "b": "a1", "c": "<${X}>"}
fails("a: !env HOME")
