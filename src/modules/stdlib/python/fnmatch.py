"""Names and patterns of shells."""


def translate(pat):
    import re

    out = ""
    i = 0
    while i < len(pat):
        c = pat[i]
        i += 1
        if c == "*":
            out += ".*"
        elif c == "?":
            out += "."
        elif c == "[":
            end = pat.find("]", i + 1 if pat[i:i + 1] != "!" else i + 2)
            if end < 0:
                out += "\\["
            else:
                inside = pat[i:end].replace("\\", "\\\\")
                if inside.startswith("!"):
                    inside = "^" + inside[1:]
                out += "[%s]" % inside
                i = end + 1
        else:
            out += re.escape(c)
    return "(?s:%s)\\Z" % out


def fnmatchcase(name, pat):
    import re

    return re.match(translate(pat), name) is not None


fnmatch = fnmatchcase


def filter(names, pat):
    return [name for name in names if fnmatchcase(name, pat)]
