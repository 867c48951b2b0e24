"""Normal forms, categories and combining classes of characters
(https://www.unicode.org/reports/tr15/)."""
import _unicode_table as _table

unidata_version = "15.1.0"
_HANGUL, _LEADING, _VOWEL, _TRAILING = 0xAC00, 0x1100, 0x1161, 0x11A7
_VOWELS, _TRAILINGS, _SYLLABLES = 21, 28, 11172
_read = {}


def _decompositions():
    """Code point to (kind, code points) and pair of code points to the one they compose to."""
    if "decompositions" not in _read:
        one, pairs = {}, {}
        for run in _table.DECOMPOSITIONS.split(";"):
            first, items = run.split(":")
            for at, item in enumerate(items.split(","), int(first, 16)):
                kind = item[0] if item[0] in "~!" else ""
                parts = tuple([int(part, 16) for part in item[len(kind):].split(" ")])
                one[at] = (kind, parts)
                if not kind:
                    pairs[parts] = at
        _read["decompositions"] = one, pairs
    return _read["decompositions"]


def _classes():
    if "classes" not in _read:
        found = {}
        for run in _table.COMBINING.split(";"):
            span, number = run.split(":")
            first, _, last = span.partition("-")
            for at in range(int(first, 16), int(last or first, 16) + 1):
                found[at] = int(number)
        _read["classes"] = found
    return _read["classes"]


def _categories():
    """The first code points of the runs, in order, and their categories."""
    if "categories" not in _read:
        starts, names = [], []
        at = 0
        for item in _table.CATEGORIES.split(";"):
            pair, _, times = item.partition("*")
            for _ in range(int(times or "1", 16)):
                for run in pair.split(" "):
                    starts.append(at)
                    names.append(run[:2])
                    at += int(run[2:] or "1", 16)
        _read["categories"] = starts, names
    return _read["categories"]


def _point(chr):
    if not isinstance(chr, str):
        raise TypeError("argument must be a unicode character, not %s" % type(chr).__name__)
    if len(chr) != 1:
        raise TypeError("need a single Unicode character as parameter")
    return ord(chr)


def combining(chr, /):
    return _classes().get(_point(chr), 0)


def category(chr, /):
    from bisect import bisect_right
    starts, names = _categories()
    return names[bisect_right(starts, _point(chr)) - 1]


def _decompose(point, compatible, into):
    if _HANGUL <= point < _HANGUL + _SYLLABLES:
        at = point - _HANGUL
        into.append(_LEADING + at // (_VOWELS * _TRAILINGS))
        into.append(_VOWEL + at % (_VOWELS * _TRAILINGS) // _TRAILINGS)
        if at % _TRAILINGS:
            into.append(_TRAILING + at % _TRAILINGS)
        return
    kind, parts = _decompositions()[0].get(point, ("", ()))
    if not parts or kind == "~" and not compatible:
        into.append(point)
        return
    for part in parts:
        _decompose(part, compatible, into)


def _ordered(points):
    """Marks after a starter by their class, equal ones as they stand."""
    classes = _classes()
    marks, out = [], []
    for point in points:
        if classes.get(point, 0):
            marks.append(point)
            continue
        out += sorted(marks, key=classes.get)
        out.append(point)
        marks = []
    return out + sorted(marks, key=classes.get)


def _pair(first, second):
    if _LEADING <= first < _LEADING + 19 and _VOWEL <= second < _VOWEL + _VOWELS:
        return _HANGUL + ((first - _LEADING) * _VOWELS + second - _VOWEL) * _TRAILINGS
    if _HANGUL <= first < _HANGUL + _SYLLABLES and (first - _HANGUL) % _TRAILINGS == 0 \
            and _TRAILING < second < _TRAILING + _TRAILINGS:
        return first + second - _TRAILING
    return _decompositions()[1].get((first, second))


def _composed(points):
    classes = _classes()
    out = []
    starter = None    # its place in `out`
    before = -1       # the class of what stands between the starter and here
    for point in points:
        own = classes.get(point, 0)
        made = None
        if starter is not None and before < own:
            made = _pair(out[starter], point)
        if made is not None:
            out[starter] = made
            continue
        if own == 0:
            starter, before = len(out), -1
        else:
            before = own
        out.append(point)
    return out


def normalize(form, unistr, /):
    if form not in ("NFC", "NFD", "NFKC", "NFKD"):
        raise ValueError("invalid normalization form")
    if unistr.isascii():
        return unistr
    points = []
    for char in unistr:
        _decompose(ord(char), "K" in form, points)
    points = _ordered(points)
    if form.endswith("C"):
        points = _composed(points)
    return "".join([chr(point) for point in points])


def is_normalized(form, unistr, /):
    return normalize(form, unistr) == unistr
