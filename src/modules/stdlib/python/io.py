"""Texts and bytes as files; files of the project, for reading."""
import _support
from os.path import fspath as _fspath

SEEK_SET, SEEK_CUR, SEEK_END = 0, 1, 2
DEFAULT_BUFFER_SIZE = 8192


class UnsupportedOperation(OSError, ValueError):
    pass


class IOBase:
    closed = False

    def __enter__(self):
        return self

    def __exit__(self, *details):
        self.close()

    def close(self):
        self.closed = True

    def flush(self):
        pass

    def isatty(self):
        return False

    def seekable(self):
        return True

    def readable(self):
        return True

    def writable(self):
        return False

    def fileno(self):
        raise UnsupportedOperation("fileno")


class _Memory(IOBase):
    _empty = ""
    _newline = "\n"

    def __init__(self, initial_value, newline="\n"):
        self._data = initial_value if initial_value is not None else self._empty
        self._at = 0

    def _check(self):
        if self.closed:
            raise ValueError("I/O operation on closed file.")

    def writable(self):
        return True

    def read(self, size=-1, /):
        self._check()
        end = len(self._data) if size is None or size < 0 else self._at + size
        part = self._data[self._at:end]
        self._at = max(self._at, min(end, len(self._data)))
        return part

    def readline(self, size=-1, /):
        self._check()
        end = self._data.find(self._newline, self._at)
        end = len(self._data) if end < 0 else end + 1
        if size is not None and size >= 0:
            end = min(end, self._at + size)
        part = self._data[self._at:end]
        self._at = max(self._at, end)
        return part

    def readlines(self, hint=-1, /):
        lines = []
        while line := self.readline():
            lines.append(line)
        return lines

    def __iter__(self):
        return self

    def __next__(self):
        line = self.readline()
        if not line:
            raise StopIteration
        return line

    def write(self, s, /):
        self._check()
        if self._at > len(self._data):
            self._data += ("\0" if self._empty == "" else b"\0") * (self._at - len(self._data))
        self._data = self._data[:self._at] + s + self._data[self._at + len(s):]
        self._at += len(s)
        return len(s)

    def writelines(self, lines, /):
        for line in lines:
            self.write(line)

    def getvalue(self):
        self._check()
        return self._data

    def tell(self):
        return self._at

    def seek(self, offset, whence=0, /):
        if whence == 0:
            self._at = offset
        elif whence == 1:
            self._at += offset
        else:
            self._at = len(self._data) + offset
        return self._at

    def truncate(self, size=None, /):
        size = self._at if size is None else size
        self._data = self._data[:size]
        return size


class StringIO(_Memory):
    def __init__(self, initial_value="", newline="\n"):
        super().__init__(initial_value)

    def write(self, s, /):
        if not isinstance(s, str):
            raise TypeError("string argument expected, got %r" % type(s).__name__)
        return super().write(s)


class BytesIO(_Memory):
    _empty = b""
    _newline = b"\n"

    def __init__(self, initial_bytes=b""):
        super().__init__(initial_bytes)

    def write(self, b, /):
        if isinstance(b, str):
            raise TypeError("a bytes-like object is required, not 'str'")
        return super().write(b)

    def getbuffer(self):
        return self.getvalue()


class _ReadFile(_Memory):
    def __init__(self, data, name, mode, encoding):
        super().__init__(data)
        self._empty = data[:0]
        self._newline = "\n" if isinstance(data, str) else b"\n"
        self.name = name
        self.mode = mode
        self.encoding = encoding

    def writable(self):
        return False

    def write(self, s, /):
        raise UnsupportedOperation("not writable")

    def getvalue(self):
        raise AttributeError("'TextIOWrapper' object has no attribute 'getvalue'")


def _hand_over(file):
    if not _support.write_file(file.name, file.getvalue()):
        _support.refuse("open(%r, %r): evaluated files can't write" % (file.name, file.mode),
                        "open files for reading only; write them before or after the migration")


class _HandedOver:
    """A file that is handed over as a whole when it is flushed or closed."""

    def flush(self):
        _hand_over(self)

    def close(self):
        if not self.closed:
            _hand_over(self)
        super().close()


class _WrittenFile(_HandedOver, StringIO):
    def __init__(self, name, mode, data=""):
        super().__init__(data)
        self.name = name
        self.mode = mode
        self.encoding = "utf-8"
        self.seek(0, SEEK_END)
        _hand_over(self)


class _WrittenBytes(_HandedOver, BytesIO):
    def __init__(self, name, mode, data=b""):
        super().__init__(data)
        self.name = name
        self.mode = mode
        self.seek(0, SEEK_END)
        _hand_over(self)


def _open_to_write(name, mode, kinds):
    exists = _support.path_kind(name) is not None
    if "x" in kinds and exists:
        raise FileExistsError("[Errno 17] File exists: %r" % name)
    data = _support.read_bytes(name) if "a" in kinds and exists else b""
    if "b" in kinds:
        return _WrittenBytes(name, mode, data)
    return _WrittenFile(name, mode, data.decode("utf-8"))


TextIOBase = TextIOWrapper = BufferedIOBase = BufferedReader = RawIOBase = FileIO = IOBase


def open(file, mode="r", buffering=-1, encoding=None, errors=None, newline=None, closefd=True,
         opener=None):
    name = _fspath(file) if not isinstance(file, int) else None
    if name is None:
        raise OSError("files are opened by name")
    kinds = set(mode)
    if kinds - set("axrwbt+") or len(mode) > len(kinds) or len(kinds & set("rwax")) != 1:
        raise ValueError("invalid mode: %r" % mode)
    if kinds & set("wax") and "+" not in kinds:
        return _open_to_write(name, mode, kinds)
    if "+" in kinds:
        _support.refuse("open(%r, %r): evaluated files can't write" % (name, mode),
                        "open files for reading only; write them before or after the migration")
    data = _support.read_bytes(name)
    if "b" not in kinds:
        if encoding is not None and encoding.lower() == "locale":
            encoding = None
        data = data.decode(encoding or "utf-8", errors or "strict")
        if newline is None:
            data = data.replace("\r\n", "\n").replace("\r", "\n")
    return _ReadFile(data, name, mode, encoding or "utf-8")
