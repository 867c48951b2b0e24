# enum.
import enum
from enum import Enum, Flag, IntEnum, IntFlag, StrEnum, auto, unique


def fails(kind, text, call, *args, **kwargs):
    try:
        call(*args, **kwargs)
    except kind as error:
        assert str(error) == text, str(error)
    else:
        raise AssertionError(f"{kind.__name__} expected")


class Color(Enum):
    RED = 1
    GREEN = "g"
    CRIMSON = 1

    def shout(self):
        return self.name + "!"

    @property
    def pair(self):
        return self.name, self.value

    @classmethod
    def first(cls):
        return cls.RED


assert list(Color) == [Color.RED, Color.GREEN] and len(Color) == 2 and Color.CRIMSON is Color.RED
assert repr(Color.RED) == "<Color.RED: 1>" and str(Color.RED) == f"{Color.RED}" == "Color.RED"
assert Color(1) is Color["RED"] is Color.first() and Color.GREEN.shout() == "GREEN!" and Color.RED.pair == ("RED", 1)
assert list(Color.__members__) == ["RED", "GREEN", "CRIMSON"] and Color.RED in Color and repr(Color) == "<enum 'Color'>"
assert {Color.RED: "x"}[Color(1)] == "x" and Color.RED != 1 and isinstance(Color.RED, Color) and bool(Color.RED)
fails(ValueError, "99 is not a valid Color", Color, 99)
fails(KeyError, "'BLUE'", lambda: Color["BLUE"])
fails(TypeError, "'<' not supported between instances of 'Color' and 'Color'", lambda: Color.RED < Color.GREEN)


def rebind():
    Color.RED = 2


fails(AttributeError, "cannot reassign member 'RED'", rebind)


class Status(str, Enum):
    ACTIVE = "active"
    GONE = "gone"


assert Status.ACTIVE == "active" and Status("gone") is Status.GONE and Status.ACTIVE.upper() == "ACTIVE"
assert str(Status.ACTIVE) == "Status.ACTIVE" and Status.ACTIVE.value == "active" and {"active": 1}[Status.ACTIVE] == 1
assert ",".join([Status.ACTIVE]) == "active" and [s.value for s in Status] == ["active", "gone"]


class Level(IntEnum):
    LOW = 1
    HIGH = 2


assert Level.LOW + 1 == 2 and Level.LOW < Level.HIGH and str(Level.LOW) == f"{Level.LOW}" == "1"
assert sorted(Level, reverse=True)[0] is Level.HIGH and [0, 1, 2][Level.HIGH] == 2 and "%d" % Level.HIGH == "2"


class Kind(StrEnum):
    FILE = auto()
    DIR = "folder"


assert Kind.FILE == "file" and str(Kind.DIR) == f"{Kind.DIR}" == "folder" and repr(Kind.FILE) == "<Kind.FILE: 'file'>"


class Permission(Flag):
    READ = auto()
    WRITE = auto()
    RUN = auto()
    ALL = READ | WRITE | RUN


assert (Permission.READ | Permission.RUN).value == 5 and Permission.READ in Permission.ALL and not Permission(0)
assert repr(Permission.READ | Permission.RUN) == "<Permission.READ|RUN: 5>" and Permission(7) is Permission.ALL
assert list(Permission.ALL) == [Permission.READ, Permission.WRITE, Permission.RUN]
assert ~Permission.READ == Permission.WRITE | Permission.RUN and Permission.ALL & ~Permission.RUN == Permission(3)


class Bits(IntFlag):
    A = 1
    B = 2


assert Bits.A | Bits.B == 3 and isinstance(Bits.A | 4, Bits) and int(Bits(7)) == 7


class Planet(Enum):
    EARTH = (5.976e24, 6.37814e6)

    def __init__(self, mass, radius):
        self.mass = mass
        self.radius = radius


assert Planet.EARTH.mass == 5.976e24 and Planet.EARTH.value == (5.976e24, 6.37814e6)


class Labelled(Enum):
    def __new__(cls, value, label):
        new = object.__new__(cls)
        new._value_ = value
        new.label = label
        return new

    ONE = (1, "one")


assert Labelled(1).label == "one" and Labelled.ONE.value == 1


class Lenient(Enum):
    A = 1

    @classmethod
    def _missing_(cls, value):
        return cls.A if value == "first" else None


assert Lenient("first") is Lenient.A
fails(ValueError, "'last' is not a valid Lenient", Lenient, "last")


class Named(Enum):
    @staticmethod
    def _generate_next_value_(name, start, count, last_values):
        return name.lower()

    FOO = auto()
    BAR = auto()


assert [n.value for n in Named] == ["foo", "bar"]

made = Enum("made", "x y")
assert [m.value for m in made] == [1, 2] and Enum("other", {"a": 5}).a.value == 5
assert IntEnum("start", ["m"], start=5).m == 5


def duplicate():
    @unique
    class Twice(Enum):
        A = 1
        B = 1


fails(ValueError, "duplicate values found in <enum 'Twice'>: B -> A", duplicate)


def extend():
    class More(Color):
        pass


fails(TypeError, "<enum 'More'> cannot extend <enum 'Color'>", extend)


class Shown:
    def shown(self):
        return "shown"


class PlainNumber(Shown, int, enum.ReprEnum):
    pass


class Level(PlainNumber):
    LOW = 1
    HIGH = 10


assert f"{Level.HIGH}" == str(Level.HIGH) == "%s" % Level.HIGH == "10" and f"{Level.LOW:03}" == "001"
assert repr(Level.HIGH) == "<Level.HIGH: 10>" and Level.LOW.shown() == "shown"


class Word(str, enum.ReprEnum):
    A = "a"


assert f"{Word.A}" == str(Word.A) == "a"
