# format(), f-strings, str.format and % formatting.


def fails(kind, text, call, *args):
    try:
        call(*args)
    except kind as error:
        assert str(error) == text, str(error)
    else:
        raise AssertionError(f"{kind.__name__} expected")


integers = [
    (0, "", "0"), (42, "5", "   42"), (42, "<5", "42   "), (42, "^6", "  42  "),
    (-42, "=6", "-   42"), (-42, "06", "-00042"), (42, "+", "+42"), (42, " ", " 42"),
    (255, "x", "ff"), (255, "#X", "0XFF"), (5, "08b", "00000101"), (-5, "#b", "-0b101"),
    (8, "#o", "0o10"), (1234567, ",", "1,234,567"), (1234567, "_", "1_234_567"),
    (255, "_b", "1111_1111"), (1234, "010,", "00,001,234"), (1234, "06,", "01,234"),
    (7, "e", "7.000000e+00"), (7, ".2f", "7.00"), (1, "%", "100.000000%"), (97, "c", "a"),
    (42, "*^9", "***42****"), (10**20, ",d", "100,000,000,000,000,000,000"),
    (True, "d", "1"), (True, "5", "    1"), (10**20, "x", "56bc75e2d63100000"),
]
for value, spec, wanted in integers:
    assert format(value, spec) == wanted, (value, spec, format(value, spec))

floats = [
    (3.14159, ".2f", "3.14"), (0.5, ".0f", "0"), (1.5, ".0f", "2"), (2.5, ".0f", "2"),
    (1e16, "", "1e+16"), (123456789.0, "g", "1.23457e+08"), (0.0001, "g", "0.0001"),
    (100.0, "g", "100"), (100.0, "#g", "100.000"), (100.0, ".3", "1e+02"), (99.5, ".4", "99.5"),
    (0.25, "%", "25.000000%"), (0.1234, ".1%", "12.3%"), (1234567.891, ",.2f", "1,234,567.89"),
    (-0.0, ".1f", "-0.0"), (float("inf"), "", "inf"), (float("nan"), "F", "NAN"),
    (1.0, "", "1.0"), (1e22, "", "1e+22"), (5e-324, "", "5e-324"), (0.1, ".20f", "0.10000000000000000555"),
    (1234.5, "012,.1f", "00,001,234.5"), (3.0, "e", "3.000000e+00"), (-1.5, "+08.2f", "-0001.50"),
]
for value, spec, wanted in floats:
    assert format(value, spec) == wanted, (value, spec, format(value, spec))

texts = [
    ("abc", "5", "abc  "), ("abc", ">5", "  abc"), ("abc", "^6", " abc  "), ("abc", ".2", "ab"),
    ("abc", "*<5.1", "a****"), ("日本", ">4", "  日本"), ("abc", "05", "abc00"), ("", "s", ""),
]
for value, spec, wanted in texts:
    assert format(value, spec) == wanted, (value, spec, format(value, spec))

fails(ValueError, "Unknown format code 'd' for object of type 'str'", format, "a", "d")
fails(ValueError, "Unknown format code 's' for object of type 'int'", format, 1, "s")
fails(ValueError, "Unknown format code 'x' for object of type 'float'", format, 1.0, "x")
fails(ValueError, "Precision not allowed in integer format specifier", format, 1, ".2")
fails(ValueError, "Cannot specify ',' with 'x'.", format, 1, ",x")
fails(ValueError, "Cannot specify both ',' and '_'.", format, 1, ",_")
fails(ValueError, "Sign not allowed in string format specifier", format, "a", "+")
fails(ValueError, "'=' alignment not allowed in string format specifier", format, "a", "=5")
fails(TypeError, "unsupported format string passed to list.__format__", format, [], "5")

name, width = "x", 7
assert f"{name:>{width}}|{name!r:^5}|{12.5:{width}.2f}" == "      x| 'x' |  12.50"
assert f"{{}}{1 + 1}" == "{}2"

assert "{} {}".format(1, 2) == "1 2"
assert "{1} {0} {1}".format("a", "b") == "b a b"
assert "{a[k]} {b[0]} {c.real}".format(a={"k": 1}, b=[2], c=3) == "1 2 3"
assert "{:{}}|{:>{w}}".format("a", 3, "b", w=4) == "a  |   b"
assert "{!r} {!s} {!a}".format("é", "é", "é") == "'é' é '\\xe9'"
assert "{x}-{y}".format_map({"x": 1, "y": 2}) == "1-2"
fails(IndexError, "Replacement index 1 out of range for positional args tuple",
      "{} {}".format, 1)
fails(KeyError, "'x'", "{x}".format)
fails(ValueError, "Single '}' encountered in format string", "}".format)
fails(ValueError, "Single '{' encountered in format string", "{".format)
fails(ValueError, "cannot switch from manual field specification to automatic field numbering",
      "{0} {}".format, 1, 2)
fails(ValueError, "expected '}' before end of string", "{0".format, 1)

percent = [
    ("%d items", 3, "3 items"), ("%5d|%-5d|%05d", (42, 42, 42), "   42|42   |00042"),
    ("%x %X %#x %o", (255, 255, 255, 8), "ff FF 0xff 10"), ("%+d % d", (5, 5), "+5  5"),
    ("%.3f %e %g", (3.14159, 1.5, 0.0001), "3.142 1.500000e+00 0.0001"),
    ("%s %r %a", ("é", "é", "é"), "é 'é' '\\xe9'"), ("%c%c", ("a", 98), "ab"),
    ("%5.1s|%-4s|", ("xyz", "a"), "    x|a   |"), ("%%", (), "%"), ("%*d", (5, 3), "    3"),
    ("%.*f", (1, 2.55), "2.5"), ("%(a)s-%(b)03d", {"a": 1, "b": 2}, "1-002"),
    ("%s", [1, 2], "[1, 2]"), ("%s", ((1, 2),), "(1, 2)"), ("%d", 3.99, "3"), ("%i", True, "1"),
    ("%.3d", 5, "005"), ("%s", None, "None"), ("100%% of %s", "x", "100% of x"),
]
for pattern, values, wanted in percent:
    assert pattern % values == wanted, (pattern, pattern % values)


def modulo(pattern, values):
    return pattern % values


fails(TypeError, "not enough arguments for format string", modulo, "%s %s", (1,))
fails(TypeError, "not all arguments converted during string formatting", modulo, "%s", (1, 2))
fails(TypeError, "not all arguments converted during string formatting", modulo, "abc", 5)
fails(TypeError, "format requires a mapping", modulo, "%(a)s", 5)
fails(KeyError, "'a'", modulo, "%(a)s", {})
fails(TypeError, "%d format: a real number is required, not str", modulo, "%d", "5")
fails(TypeError, "%x format: an integer is required, not float", modulo, "%x", 1.5)
fails(TypeError, "must be real number, not str", modulo, "%f", "a")
fails(ValueError, "unsupported format character 'y' (0x79) at index 1", modulo, "%y", 1)
fails(ValueError, "incomplete format", modulo, "%", ())


class Money:
    def __format__(self, spec):
        return "<" + spec + ">"

    def __str__(self):
        return "money"


assert f"{Money():.2x}" == "<.2x>"
assert "{!s:>7}".format(Money()) == "  money"
assert "%s" % Money() == "money"
