import enum, dataclasses, datetime, re, json


class Color(str, enum.Enum):
    red = "r"
    blue = "b"


@dataclasses.dataclass
class Point:
    x: int = 0
    y: int = 1

    @property
    def size(self):
        return (self.x ** 2 + self.y ** 2) ** 0.5


def walk(n):
    for i in range(n):
        yield i, [j * 2 for j in range(i) if j % 2]


total = {k: f"{v!r:>8}" for k, v in walk(5)}
try:
    assert Color("r") is Color.red and Point(3, 4).size == 5.0
    print(sorted(total, key=lambda k: -k), json.dumps({"a": [1, None, True]}), re.sub(r"\d+", "#", "a1b22"))
    print(datetime.datetime(2020, 1, 2) + datetime.timedelta(days=3), "%05.2f|%-4s|" % (1.5, "x"))
except (ValueError, KeyError) as error:
    raise RuntimeError("no") from error
finally:
    del total
