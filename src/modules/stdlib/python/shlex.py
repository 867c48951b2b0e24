"""Words of shell commands."""


def split(s, comments=False, posix=True):
    words = []
    word = None
    quote = None
    i = 0
    while i < len(s):
        c = s[i]
        i += 1
        if quote is not None:
            if c == quote:
                quote = None
            elif c == "\\" and quote == '"' and posix and i < len(s) and s[i] in '"\\':
                word += s[i]
                i += 1
            else:
                word += c
        elif c in " \t\r\n":
            if word is not None:
                words.append(word)
                word = None
        elif c == "#" and comments:
            end = s.find("\n", i)
            i = len(s) if end < 0 else end
        elif c in "'\"":
            quote = c
            word = word or ""
        elif c == "\\" and posix:
            if i >= len(s):
                raise ValueError("No escaped character")
            word = (word or "") + s[i]
            i += 1
        else:
            word = (word or "") + c
    if quote is not None:
        raise ValueError("No closing quotation")
    if word is not None:
        words.append(word)
    return words


def quote(s):
    if not s:
        return "''"
    safe = "@%+=:,./-_"
    if all(c.isascii() and c.isalnum() or c in safe for c in s):
        return s
    return "'" + s.replace("'", "'\"'\"'") + "'"


def join(split_command):
    return " ".join([quote(word) for word in split_command])
