"""Comma-separated values."""
QUOTE_MINIMAL, QUOTE_ALL, QUOTE_NONNUMERIC, QUOTE_NONE, QUOTE_STRINGS, QUOTE_NOTNULL = range(6)


class Error(Exception):
    pass


class Dialect:
    delimiter = ","
    quotechar = '"'
    escapechar = None
    doublequote = True
    skipinitialspace = False
    lineterminator = "\r\n"
    quoting = QUOTE_MINIMAL
    strict = False


class excel(Dialect):
    pass


class excel_tab(excel):
    delimiter = "\t"


class unix_dialect(Dialect):
    lineterminator = "\n"
    quoting = QUOTE_ALL


_dialects = {"excel": excel, "excel-tab": excel_tab, "unix": unix_dialect}
_limit = [131072]


def register_dialect(name, dialect=None, **fmtparams):
    _dialects[name] = _make_dialect(dialect or excel, fmtparams)


def unregister_dialect(name):
    del _dialects[name]


def get_dialect(name):
    if name not in _dialects:
        raise Error("unknown dialect")
    return _dialects[name]


def list_dialects():
    return list(_dialects)


def field_size_limit(new_limit=None):
    old = _limit[0]
    if new_limit is not None:
        _limit[0] = new_limit
    return old


def _make_dialect(dialect, params):
    if isinstance(dialect, str):
        dialect = get_dialect(dialect)
    made = Dialect()
    for name in ("delimiter", "quotechar", "escapechar", "doublequote", "skipinitialspace",
                 "lineterminator", "quoting", "strict"):
        setattr(made, name, params.get(name, getattr(dialect, name)))
    return made


class _Reader:
    def __init__(self, lines, dialect):
        self._lines = iter(lines)
        self.dialect = dialect
        self.line_num = 0

    def __iter__(self):
        return self

    def _finish(self, fields, text, quoted):
        if self.dialect.quoting == QUOTE_NONNUMERIC and not quoted:
            fields.append(float(text))
        else:
            fields.append(text)

    def __next__(self):
        d = self.dialect
        fields = []
        text = ""
        quoted = False
        state = "start"
        while True:
            try:
                line = next(self._lines)
            except StopIteration:
                if state in ("quoted", "escaped"):
                    if d.strict:
                        raise Error("unexpected end of data") from None
                    self._finish(fields, text, quoted)
                    return fields
                raise
            self.line_num += 1
            i = 0
            while i < len(line):
                c = line[i]
                i += 1
                if state == "quoted":
                    if d.escapechar is not None and c == d.escapechar and i < len(line):
                        text += line[i]
                        i += 1
                    elif c == d.quotechar:
                        if d.doublequote and line[i:i + 1] == d.quotechar:
                            text += c
                            i += 1
                        else:
                            state = "field"
                    else:
                        text += c
                elif c in "\r\n":
                    break
                elif c == d.delimiter:
                    self._finish(fields, text, quoted)
                    text = ""
                    quoted = False
                    state = "next"
                elif d.escapechar is not None and c == d.escapechar and i < len(line):
                    text += line[i]
                    i += 1
                    state = "field"
                elif (state != "field" and c == d.quotechar and d.quoting != QUOTE_NONE
                      and d.quotechar is not None):
                    state = "quoted"
                    quoted = True
                elif c == " " and d.skipinitialspace and state != "field":
                    pass
                else:
                    text += c
                    state = "field"
            if state == "quoted":
                continue
            if state == "start" and not fields and not text and not quoted:
                return []
            self._finish(fields, text, quoted)
            return fields


def reader(csvfile, dialect="excel", **fmtparams):
    return _Reader(csvfile, _make_dialect(dialect, fmtparams))


class _Writer:
    def __init__(self, file, dialect):
        self._file = file
        self.dialect = dialect

    def _field(self, value, alone):
        d = self.dialect
        if value is None:
            text = ""
        elif isinstance(value, float):
            text = repr(value)
        else:
            text = str(value)
        number = isinstance(value, (int, float)) and not isinstance(value, bool)
        quote = d.quoting == QUOTE_ALL
        quote = quote or d.quoting == QUOTE_NONNUMERIC and not number
        quote = quote or d.quoting == QUOTE_STRINGS and isinstance(value, str)
        quote = quote or d.quoting == QUOTE_NOTNULL and value is not None
        special = [d.delimiter, "\r", "\n"] + ([d.quotechar] if d.quotechar else [])
        needs = any(c in text for c in special) or alone and not text
        needs = needs or any(c in text for c in d.lineterminator)
        if d.quoting == QUOTE_NONE:
            if needs:
                if d.escapechar is None:
                    raise Error("need to escape, but no escapechar set")
                for c in [d.escapechar] + special:
                    text = text.replace(c, d.escapechar + c)
            return text
        if not quote and not needs:
            return text
        if d.doublequote:
            text = text.replace(d.quotechar, d.quotechar * 2)
        elif d.escapechar is not None:
            text = text.replace(d.quotechar, d.escapechar + d.quotechar)
        return d.quotechar + text + d.quotechar

    def writerow(self, row):
        values = list(row)
        line = self.dialect.delimiter.join([self._field(v, len(values) == 1) for v in values])
        return self._file.write(line + self.dialect.lineterminator)

    def writerows(self, rows):
        for row in rows:
            self.writerow(row)


def writer(csvfile, dialect="excel", **fmtparams):
    return _Writer(csvfile, _make_dialect(dialect, fmtparams))


class DictReader:
    def __init__(self, f, fieldnames=None, restkey=None, restval=None, dialect="excel", *args,
                 **kwds):
        self._fieldnames = list(fieldnames) if fieldnames is not None else None
        self.restkey = restkey
        self.restval = restval
        self.reader = reader(f, dialect, *args, **kwds)
        self.dialect = dialect

    @property
    def line_num(self):
        return self.reader.line_num

    @property
    def fieldnames(self):
        if self._fieldnames is None:
            self._fieldnames = next(self.reader, None)
        return self._fieldnames

    @fieldnames.setter
    def fieldnames(self, value):
        self._fieldnames = value

    def __iter__(self):
        return self

    def __next__(self):
        names = self.fieldnames
        row = next(self.reader)
        while row == []:
            row = next(self.reader)
        found = dict(zip(names, row))
        if len(row) > len(names):
            found[self.restkey] = row[len(names):]
        for name in names[len(row):]:
            found[name] = self.restval
        return found


class DictWriter:
    def __init__(self, f, fieldnames, restval="", extrasaction="raise", dialect="excel", *args,
                 **kwds):
        self.fieldnames = fieldnames
        self.restval = restval
        self.extrasaction = extrasaction
        self.writer = writer(f, dialect, *args, **kwds)

    def writeheader(self):
        return self.writer.writerow(self.fieldnames)

    def _row(self, rowdict):
        if self.extrasaction == "raise":
            wrong = [name for name in rowdict if name not in self.fieldnames]
            if wrong:
                raise ValueError("dict contains fields not in fieldnames: "
                                 + ", ".join([repr(name) for name in wrong]))
        return [rowdict.get(name, self.restval) for name in self.fieldnames]

    def writerow(self, rowdict):
        return self.writer.writerow(self._row(rowdict))

    def writerows(self, rowdicts):
        for rowdict in rowdicts:
            self.writerow(rowdict)
