"""Paths as objects."""
import _support
import os.path as _path


class PurePath:
    def __init__(self, *args):
        text = ""
        for arg in args:
            part = arg._text if isinstance(arg, PurePath) else _path.fspath(arg)
            if not isinstance(part, str):
                raise TypeError("argument should be a str or an os.PathLike object where "
                                "__fspath__ returns a str, not %r" % type(part).__name__)
            text = _path.join(text, part) if text else part
        root = ""
        if text.startswith("/"):
            root = "//" if text.startswith("//") and not text.startswith("///") else "/"
        names = [name for name in text.split("/") if name not in ("", ".")]
        self._root = root
        self._names = names
        self._text = root + "/".join(names) or "."

    def __str__(self):
        return self._text

    def __fspath__(self):
        return self._text

    def __repr__(self):
        return "%s(%r)" % (self.__class__.__name__, self._text)

    def __hash__(self):
        return hash(self._text)

    def __eq__(self, other):
        return self._text == other._text if isinstance(other, PurePath) else NotImplemented

    def _key(self):
        return [self._root] + self._names

    def __lt__(self, other):
        return self._key() < other._key() if isinstance(other, PurePath) else NotImplemented

    def __le__(self, other):
        return self._key() <= other._key() if isinstance(other, PurePath) else NotImplemented

    def __gt__(self, other):
        return self._key() > other._key() if isinstance(other, PurePath) else NotImplemented

    def __ge__(self, other):
        return self._key() >= other._key() if isinstance(other, PurePath) else NotImplemented

    def __truediv__(self, key):
        try:
            return self.__class__(self, key)
        except TypeError:
            return NotImplemented

    def __rtruediv__(self, key):
        try:
            return self.__class__(key, self)
        except TypeError:
            return NotImplemented

    def _from(self, names):
        return self.__class__(self._root + "/".join(names))

    def as_posix(self):
        return self._text

    def as_uri(self):
        if not self._root:
            raise ValueError("relative path can't be expressed as a file URI")
        from urllib.parse import quote

        return "file://" + quote(self._text)

    @property
    def drive(self):
        return ""

    @property
    def root(self):
        return self._root

    @property
    def anchor(self):
        return self._root

    @property
    def parts(self):
        return tuple(([self._root] if self._root else []) + self._names)

    @property
    def name(self):
        return self._names[-1] if self._names else ""

    @property
    def suffix(self):
        name = self.name
        at = name.rfind(".")
        return name[at:] if 0 < at < len(name) - 1 else ""

    @property
    def suffixes(self):
        name = self.name
        if name.endswith("."):
            return []
        return ["." + part for part in name.lstrip(".").split(".")[1:]]

    @property
    def stem(self):
        name = self.name
        at = name.rfind(".")
        return name[:at] if 0 < at < len(name) - 1 else name

    @property
    def parent(self):
        return self._from(self._names[:-1]) if self._names else self

    @property
    def parents(self):
        return tuple([self._from(self._names[:i]) for i in reversed(range(len(self._names)))])

    def is_absolute(self):
        return bool(self._root)

    def joinpath(self, *pathsegments):
        return self.__class__(self, *pathsegments)

    def with_name(self, name):
        if not self.name:
            raise ValueError("%r has an empty name" % (self,))
        if not name or "/" in name or name == ".":
            raise ValueError("Invalid name %r" % name)
        return self._from(self._names[:-1] + [name])

    def with_stem(self, stem):
        return self.with_name(stem + self.suffix)

    def with_suffix(self, suffix):
        if suffix and (not suffix.startswith(".") or suffix == "." or "/" in suffix):
            raise ValueError("Invalid suffix %r" % suffix)
        return self.with_name(self.stem + suffix)

    def with_segments(self, *pathsegments):
        return self.__class__(*pathsegments)

    def relative_to(self, other, *more, walk_up=False):
        other = self.__class__(other, *more)
        names = other._names
        if self._root == other._root and self._names[:len(names)] == names:
            return self.__class__("/".join(self._names[len(names):]))
        if not walk_up:
            raise ValueError("%r is not in the subpath of %r" % (str(self), str(other)))
        return self.__class__(_path.relpath(str(self), str(other)))

    def is_relative_to(self, other, *more):
        other = self.__class__(other, *more)
        return self._root == other._root and self._names[:len(other._names)] == other._names

    def match(self, path_pattern, *, case_sensitive=None):
        from fnmatch import fnmatchcase

        wanted = self.__class__(path_pattern)
        if wanted._root:
            if self._root != wanted._root or len(self._names) != len(wanted._names):
                return False
        if len(wanted._names) > len(self._names):
            return False
        return all(fnmatchcase(name, pattern) for name, pattern in
                   zip(reversed(self._names), reversed(wanted._names)))

    full_match = match


class PurePosixPath(PurePath):
    pass


class PureWindowsPath(PurePath):
    pass


_writing = "evaluated files can't write files"


class Path(PurePath):
    def __init__(self, *args, **kwargs):
        super().__init__(*args)
        if type(self) is Path:
            self.__class__ = PosixPath

    @classmethod
    def cwd(cls):
        return cls(_support.project())

    @classmethod
    def home(cls):
        return cls(_path.expanduser("~"))

    def absolute(self):
        return self if self._root else self.__class__(_support.project(), self)

    def resolve(self, strict=False):
        return self.__class__(_path.realpath(str(self)))

    def expanduser(self):
        return self.__class__(_path.expanduser(str(self)))

    def exists(self, *, follow_symlinks=True):
        return _path.exists(str(self))

    def is_file(self, *, follow_symlinks=True):
        return _path.isfile(str(self))

    def is_dir(self, *, follow_symlinks=True):
        return _path.isdir(str(self))

    def is_symlink(self):
        return False

    def samefile(self, other_path):
        return _path.samefile(str(self), str(other_path))

    def read_text(self, encoding=None, errors=None, newline=None):
        with self.open("r", encoding=encoding, errors=errors, newline=newline) as file:
            return file.read()

    def read_bytes(self):
        return _support.read_bytes(str(self))

    def open(self, mode="r", buffering=-1, encoding=None, errors=None, newline=None):
        import io

        return io.open(str(self), mode, buffering, encoding, errors, newline)

    def iterdir(self):
        for name in _support.list_folder(str(self)):
            yield self / name

    def glob(self, pattern, *, case_sensitive=None, recurse_symlinks=False):
        if not pattern:
            raise ValueError("Unacceptable pattern: %r" % pattern)
        return self._glob([part for part in pattern.split("/") if part and part != "."])

    def rglob(self, pattern, *, case_sensitive=None, recurse_symlinks=False):
        return self._glob(["**"] + [part for part in pattern.split("/") if part])

    def _glob(self, parts):
        from fnmatch import fnmatchcase

        if not parts:
            yield self
            return
        first, rest = parts[0], parts[1:]
        if first == "**":
            seen = set()
            for folder in self._folders():
                for found in folder._glob(rest):
                    if found not in seen:
                        seen.add(found)
                        yield found
            return
        if not self.is_dir():
            return
        if not any(c in first for c in "*?["):
            child = self / first
            if child.exists():
                yield from child._glob(rest)
            return
        for child in self.iterdir():
            if fnmatchcase(child.name, first) and (not rest or child.is_dir()):
                yield from child._glob(rest)

    def _folders(self):
        yield self
        for child in self.iterdir():
            if child.is_dir():
                yield from child._folders()

    def walk(self, top_down=True, on_error=None, follow_symlinks=False):
        import os

        for folder, folders, files in os.walk(str(self), top_down, on_error):
            yield self.__class__(folder), folders, files

    def _refused(self, what):
        _support.refuse("Path.%s() isn't available" % what, _writing)

    def write_text(self, data, encoding=None, errors=None, newline=None):
        if not isinstance(data, str):
            raise TypeError("data must be str, not %s" % type(data).__name__)
        if not _support.write_file(str(self), data.encode(encoding or "utf-8")):
            self._refused("write_text")
        return len(data)

    def write_bytes(self, data):
        if not _support.write_file(str(self), bytes(data)):
            self._refused("write_bytes")
        return len(data)

    def mkdir(self, mode=0o777, parents=False, exist_ok=False):
        _support.make_folder(str(self), exist_ok)

    def rmdir(self):
        self._refused("rmdir")

    def unlink(self, missing_ok=False):
        if _support.remove_kept(str(self)) or missing_ok and not self.exists():
            return
        self._refused("unlink")

    def touch(self, mode=0o666, exist_ok=True):
        if self.exists():
            if not exist_ok:
                raise FileExistsError("[Errno 17] File exists: %r" % str(self))
        elif not _support.write_file(str(self), b""):
            self._refused("touch")

    def rename(self, target):
        if not _support.rename_kept(str(self), _path.fspath(target)):
            self._refused("rename")
        return self.__class__(target)

    def replace(self, target):
        if not _support.rename_kept(str(self), _path.fspath(target)):
            self._refused("replace")
        return self.__class__(target)

    def chmod(self, mode, *, follow_symlinks=True):
        if not _support.is_kept(str(self)):
            self._refused("chmod")

    def symlink_to(self, target, target_is_directory=False):
        self._refused("symlink_to")

    def stat(self, *, follow_symlinks=True):
        _support.refuse("Path.stat() isn't available", "exists() tells whether a file is there")


class PosixPath(Path, PurePosixPath):
    pass


WindowsPath = PosixPath
