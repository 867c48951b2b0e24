# Modules of which a part is there: ast, calendar, codecs, pprint, statistics, struct, unicodedata.
import ast
import calendar
import codecs
import datetime
import pprint
import re
import statistics
import struct
import unicodedata


def fails(kind, text, call, *args, **kwargs):
    try:
        call(*args, **kwargs)
    except kind as error:
        assert text in str(error), str(error)
    else:
        raise AssertionError(f"{kind.__name__} expected")


assert ast.literal_eval(" {'a': [1, -2.5, None, True], 'b': (1,), 3: {1, 2}, 'c': b'x', 'd': set(), 'e': 'f' 'g'}") == {
    "a": [1, -2.5, None, True], "b": (1,), 3: {1, 2}, "c": b"x", "d": set(), "e": "fg"}
assert ast.literal_eval("123456789012345678901234567890") == 123456789012345678901234567890
for text in ("f(1)", "[x]", "-'a'", "{**{}}", "1 if 2 else 3", "not 1"):
    fails(ValueError, "malformed node or string", ast.literal_eval, text)
for text in ("1 +", "", "a = 1"):
    fails(SyntaxError, "invalid syntax", ast.literal_eval, text)

assert calendar.monthrange(2024, 2) == (3, 29) and calendar.isleap(2000) and not calendar.isleap(1900)
assert calendar.month_name[3] == "March" and calendar.day_abbr[0] == "Mon" and calendar.leapdays(2000, 2024) == 6
assert calendar.timegm(datetime.datetime(2024, 1, 2, 3, 4, 5).timetuple()) == 1704164645
assert calendar.monthcalendar(2024, 2)[0] == [0, 0, 0, 1, 2, 3, 4]
assert calendar.Calendar(6).monthdayscalendar(2024, 9)[-1] == [29, 30, 0, 0, 0, 0, 0]
fails(ValueError, "bad month number 13", calendar.monthrange, 2024, 13)

assert codecs.encode("Abc", "rot13") == "Nop" and codecs.decode(b"61", "hex") == b"a"
assert codecs.decode(b"\xe9", "latin-1") == "é" and codecs.encode(b"hi", "base64") == b"aGk=\n"

assert pprint.pformat({"b": [1, 2], "a": "x" * 80}) == "{'a': '" + "x" * 80 + "',\n 'b': [1, 2]}"
assert pprint.pformat(["word %d" % i for i in range(4)], width=20, indent=4) == (
    "[   'word 0',\n    'word 1',\n    'word 2',\n    'word 3']")
assert pprint.pformat({"k": {"z": 1}}, depth=1) == "{'k': {...}}" and pprint.pformat((1,)) == "(1,)"
assert pprint.pformat({"b": 1, "a": 2}, sort_dicts=False) == "{'b': 1, 'a': 2}"

assert (statistics.mean([1, 3]), statistics.mean([1.5, 2]), statistics.median([1, 2, 3, 4])) == (2, 1.75, 2.5)
assert statistics.mode("aab") == "a" and statistics.pvariance([1, 2, 3]) == 2 / 3 and statistics.median_low([1, 2]) == 1
assert round(statistics.stdev([1, 2, 3, 4]), 6) == 1.290994
fails(statistics.StatisticsError, "at least one data point", statistics.mean, [])

assert struct.pack(">IHb", 1, 2, -3) == b"\0\0\0\1\0\2\xfd" and struct.unpack("!?3s", b"\1abc") == (True, b"abc")
assert (struct.calcsize("bi"), struct.calcsize("<bi")) == (8, 5) and struct.pack("4s2xH", b"ab", 7) == b"ab\0\0\0\0\7\0"
assert struct.unpack("<Iq", b"\1\0\0\0" + b"\xff" * 8) == (1, -1)
fails(struct.error, "requires a buffer of 4 bytes", struct.unpack, "<I", b"1")
fails(struct.error, "expected 2 items", struct.pack, "II", 1)


def forms(text):
    return [unicodedata.normalize(form, text) for form in ("NFC", "NFD", "NFKC", "NFKD")]


assert forms("é") == ["é", "e\u0301", "é", "e\u0301"]
assert forms("ﬁ①ｶﾞ") == ["ﬁ①ｶﾞ", "ﬁ①ｶﾞ", "fi1ガ", "fi1カ\u3099"]
assert forms("각") == ["각", "\u1100\u1161\u11a8", "각", "\u1100\u1161\u11a8"]
assert forms("e\u0301\u0323") == ["ẹ\u0301", "e\u0323\u0301", "ẹ\u0301", "e\u0323\u0301"]
assert forms("\u0958\u212b") == ["\u0915\u093c\xc5", "\u0915\u093cA\u030a", "\u0915\u093c\xc5", "\u0915\u093cA\u030a"]
assert forms("a\u0315\u0300\u05aeb")[0] == "à\u05ae\u0315b"
assert re.sub("[^a-z0-9]+", "-", unicodedata.normalize("NFKD", "Héllo Wörld!").encode("ascii", "ignore").decode().lower()) == (
    "hello-world-")
assert "".join(c for c in unicodedata.normalize("NFD", "Crème Brûlée") if unicodedata.category(c) != "Mn") == "Creme Brulee"
assert [unicodedata.category(c) for c in "aA1 .-_é中\n€ⅷ\u0301\U0001F600\u200b\ue000"] == [
    "Ll", "Lu", "Nd", "Zs", "Po", "Pd", "Pc", "Ll", "Lo", "Cc", "Sc", "Nl", "Mn", "So", "Cf", "Co"]
assert [unicodedata.combining(c) for c in "a\u0301\u0323"] == [0, 230, 220]
assert unicodedata.is_normalized("NFC", "é") and not unicodedata.is_normalized("NFC", "e\u0301")
