# Methods of str and bytes.


def fails(kind, text, call, *args):
    try:
        call(*args)
    except kind as error:
        assert str(error) == text, str(error)
    else:
        raise AssertionError(f"{kind.__name__} expected")


# Case, beyond ASCII too.
assert "Straße ÀÉ".upper() == "STRASSE ÀÉ"
assert "ΑΣ ΣΑΣ".lower() == "ας σας"
assert "ЖИЗНЬ".lower() == "жизнь"
assert "hello wORLD it's".title() == "Hello World It'S"
assert "élan VITAL".capitalize() == "Élan vital"
assert "Straße".casefold() == "strasse"
assert "aBc ß".swapcase() == "AbC SS"
assert "ǆ".title() == "ǅ" and "ﬁn".upper() == "FIN"

tests = {
    "isalpha": ("aé日", "a1", ""), "isdigit": ("1²", "½", "a"), "isdecimal": ("12१", "²", ""),
    "isnumeric": ("½²1", "a", ""), "isspace": (" \t\u2028", "a ", ""), "isupper": ("ÀB1", "Ab", "1"),
    "islower": ("àb1", "Ab", "1"), "istitle": ("Ab Cd", "AB", ""), "isidentifier": ("_é1", "1a", ""),
    "isalnum": ("a1½", "a ", ""), "isascii": ("", "é", "日"), "isprintable": ("", "\n", "\xad"),
}
for name, (yes, no, other) in tests.items():
    assert getattr(yes, name)() is True, name
    assert getattr(no, name)() is False and getattr(other, name)() is False, name

# Searching; positions count characters.
text = "日本語 日本"
assert text.find("本") == 1 and text.rfind("本") == 5 and text.index("日", 1) == 4
assert text.find("x") == -1 and text.count("日") == 2 and "aaa".count("aa") == 1
assert "abc".find("", 3) == 3 and "abc".find("", 4) == -1 and "abc".count("") == 4
assert text.startswith("本", 1) and text.endswith(("x", "日本")) and not text.startswith("本")
fails(ValueError, "substring not found", "abc".index, "x")
fails(TypeError, "startswith first arg must be str or a tuple of str, not int", "a".startswith, 1)

assert "a-b-c".replace("-", "+", 1) == "a+b-c" and "abc".replace("", ".") == ".a.b.c."
assert "a,b,,c".split(",") == ["a", "b", "", "c"] and " a  b ".split() == ["a", "b"]
assert "a b c".split(None, 1) == ["a", "b c"] and "a b c".rsplit(None, 1) == ["a b", "c"]
assert "a,b,c".rsplit(",", 1) == ["a,b", "c"] and "".split() == [] and "".split(",") == [""]
assert "a\nb\r\nc\x0bd\u2028e".splitlines() == ["a", "b", "c", "d", "e"]
assert "a\nb\n".splitlines(True) == ["a\n", "b\n"]
assert "k=v=w".partition("=") == ("k", "=", "v=w") and "k=v=w".rpartition("=") == ("k=v", "=", "w")
assert "abc".partition("x") == ("abc", "", "") and "abc".rpartition("x") == ("", "", "abc")
assert "prefix_x".removeprefix("prefix_") == "x" and "a.py".removesuffix(".py") == "a"
fails(ValueError, "empty separator", "a".split, "")

assert "  x ".strip() == "x" and "xxaxx".strip("x") == "a" and "abc".rstrip("cb") == "a"
assert "7".zfill(3) == "007" and "-7".zfill(4) == "-007" and "é".center(4, "*") == "*é**"
assert "a".ljust(3) + "|" == "a  |" and "a".rjust(3, ".") == "..a" and "a\tb".expandtabs(4) == "a   b"
assert ", ".join(["a", "b"]) == "a, b" and "-".join("abc") == "a-b-c" and "".join({"x": 1}) == "x"
fails(TypeError, "sequence item 1: expected str instance, int found", ",".join, ["a", 1])

table = str.maketrans("ab", "xy", "c")
assert "abcabc".translate(table) == "xyxy" and "a".translate({97: "long", 98: None}) == "long"

assert "日本語"[::-1] == "語本日" and "日本語"[-2:] == "本語" and "abcdef"[1:5:2] == "bd"
assert [*"aé"] == ["a", "é"] and len("\U0001f600") == 1 and "ab" * 2 == "abab"

# repr: quotes and escapes.
assert repr("it's") == '"it\'s"' and repr("a\"'") == "'a\"\\''" and repr("\n\x00\\é\u2028") == (
    "'\\n\\x00\\\\é\\u2028'")
assert ascii("é日😀") == "'\\xe9\\u65e5\\U0001f600'"

# Coding.
assert "é日".encode() == b"\xc3\xa9\xe6\x97\xa5" and "é".encode("latin-1") == b"\xe9"
assert b"\xc3\xa9".decode() == "é" and b"\xe9".decode("latin-1") == "é"
assert "aé".encode("ascii", "replace") == b"a?" and "é".encode("ascii", "xmlcharrefreplace") == b"&#233;"
assert b"a\xff".decode("utf-8", "replace") == "a\ufffd" and "a".encode("utf-16-le") == b"a\x00"
try:
    "é".encode("ascii")
except UnicodeEncodeError as error:
    assert "'ascii' codec can't encode character '\\xe9' in position 0" in str(error)
try:
    b"\xff".decode()
except UnicodeDecodeError as error:
    assert "'utf-8' codec can't decode byte 0xff in position 0: invalid start byte" in str(error)

# bytes
data = b"a,b,c"
assert data.split(b",") == [b"a", b"b", b"c"] and data[0] == 97 and data[1:] == b",b,c"
assert data.hex() == "612c622c63" and bytes.fromhex("61 62") == b"ab" and list(b"ab") == [97, 98]
assert b"-".join([b"x", b"y"]) == b"x-y" and b"Ab".upper() == b"AB" and b"ab" + b"c" == b"abc"
assert bytes(2) == b"\0\0" and bytes([1, 255]) == b"\x01\xff" and bytes("é", "utf-8") == b"\xc3\xa9"
assert repr(b"\x00'\n\xff") == 'b"\\x00\'\\n\\xff"' and b"a" in b"cat" and b"a" != "a"
assert int.from_bytes(b"\x01\x00", "big") == 256 and (256).to_bytes(2, "little") == b"\x00\x01"


# A class derived from str keeps what it adds; methods give plain text.
class Tag(str):
    def __new__(cls, value, weight):
        new = super().__new__(cls, value)
        new.weight = weight
        return new

    def __str__(self):
        return "#" + super().__str__()


tag = Tag("go", 3)
assert tag == "go" and tag.weight == 3 and str(tag) == "#go" and f"{tag}" == "#go"
assert type(tag.upper()) is str and {"go": 1}[tag] == 1 and ",".join([tag]) == "go"
