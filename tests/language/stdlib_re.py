# re.
import re


def fails(kind, text, call, *args, **kwargs):
    try:
        call(*args, **kwargs)
    except kind as error:
        assert str(error) == text, str(error)
    else:
        raise AssertionError(f"{kind.__name__} expected")


for pattern, text, wanted in [
    (r"a*", "aab", "aa"), (r"(a|ab)(c|bcd)(d*)", "abcd", "abcd"), (r"\d+", "a12b", "12"), (r"[^a-c]+", "abxyc", "xy"),
    (r"(?i)HELLO", "say hello", "hello"), (r"a{2,3}", "aaaa", "aaa"), (r"a{2}?", "aaaa", "aa"), (r"x{a", "x{a", "x{a"),
    (r"(?=b)\w", "ab", "b"), (r"(?<=a)b", "cbab", "b"), (r"(?<!a)b", "abcb", "b"), (r"(?!a)\w", "ab", "b"),
    (r"(\w)\1", "abccd", "cc"), (r"(?P<q>['\"]).*?(?P=q)", "x 'y' z'", "'y'"), (r"(a)?(?(1)b|c)", "c", "c"),
    (r"(?s)a.b", "a\nb", "a\nb"), (r"(?m)^b$", "a\nb\nc", "b"), (r"(?x) a \s b # comment", "a b", "a b"), (r"[]\-x]+", "]-x", "]-x"),
    (r"\bfoo\b", "a foo.", "foo"), (r"é+", "caféé", "éé"), (r"(?>a+)b", "aab", "aab"), (r"(a+)+$", "aaa", "aaa"), (r"\x41\u0042", "AB", "AB"),
    (r"$", "a\n", ""), (r"a\Z", "ba", "a"), (r"(?:ab)+", "ababc", "abab"), (r".+?c", "abcabc", "abc"), (r"a.c", "a\nc", None), (r"^b", "ab", None),
]:
    match = re.search(pattern, text)
    assert (match and match.group()) == wanted, (pattern, match)

match = re.match(r"(?P<year>\d{4})-(?P<month>\d\d)(-(\d\d))?", "2024-05 rest")
assert match.groups() == ("2024", "05", None, None) and match.groupdict() == {"year": "2024", "month": "05"}
assert match["year"] == match.group(1) == "2024" and match.span("month") == (5, 7) and match.start(4) == -1
assert match.group("year", 2) == ("2024", "05") and match.lastgroup == "month" and match.end() == 7
assert repr(match) == "<re.Match object; span=(0, 7), match='2024-05'>" and match.expand(r"\2/\g<year>") == "05/2024"

assert re.sub(r"(\w+) (\w+)", r"\2 \1", "hello world") == "world hello" and re.sub("a", r"\n", "a") == "\n"
assert re.sub(r"\d", lambda m: str(int(m[0]) + 1), "a1b2") == "a2b3" and re.subn("a", "b", "aaa", count=2) == ("bba", 2)
assert re.sub("x*", "-", "abxd") == "-a-b--d-" and re.sub("", "-", "ab") == "-a-b-"
assert re.split(r"[,;]\s*", "a, b;c") == ["a", "b", "c"] and re.split("(,)", "a,b") == ["a", ",", "b"]
assert re.split(r"\s+", "a b c", maxsplit=1) == ["a", "b c"] and re.split("x*", "axb") == ["", "a", "", "b", ""]
assert re.findall(r"(\w)=(\d)", "a=1 b=2") == [("a", "1"), ("b", "2")] and re.findall("a", "bAa", re.I) == ["A", "a"]
assert [m.span() for m in re.finditer("a|$", "ba")] == [(1, 2), (2, 2)] and re.fullmatch("a|ab", "ab")
assert re.escape("a.b*c d_é") == r"a\.b\*c\ d_é" and not re.fullmatch("a", "ab")

compiled = re.compile(r"(\d+)", re.M)
assert compiled.groups == 1 and compiled.pattern == r"(\d+)" and compiled.search("a1", 1).start() == 1
assert re.compile("^a").search("ba", 1) is None and re.compile(compiled) is compiled
assert re.sub(b"a", b"b", b"banana") == b"bbnbnb" and re.match(b"(a)", b"ab").group(1) == b"a"
fails(TypeError, "cannot use a string pattern on a bytes-like object", re.match, "a", b"a")

for pattern, message in [
    ("(", "missing ), unterminated subpattern at position 0"), (")", "unbalanced parenthesis at position 0"), ("[", "unterminated character set at position 0"),
    ("*", "nothing to repeat at position 0"), ("a**", "multiple repeat at position 2"), (r"\q", r"bad escape \q at position 0"), (r"\2", "invalid group reference 2 at position 1"),
    ("(?P<n>a)(?P<n>b)", "redefinition of group name 'n' as group 2; was group 1 at position 12"), ("(?P=z)", "unknown group name 'z' at position 4"),
    ("[b-a]", "bad character range b-a at position 1"), ("(?<=a+)b", "look-behind requires fixed-width pattern"), ("a\\", "bad escape (end of pattern) at position 1"),
]:
    fails(re.error, message, re.compile, pattern)
fails(re.error, "invalid group reference 1 at position 1", re.sub, "a", r"\1", "a")
fails(IndexError, "no such group", match.group, 9)
