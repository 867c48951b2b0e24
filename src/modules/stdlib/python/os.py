"""The operating system, as far as evaluated files may know it: environment, paths, reading."""
import _support
import os.path as path
from os.path import fspath

name = "posix"
sep = "/"
altsep = None
extsep = "."
pathsep = ":"
linesep = "\n"
curdir = "."
pardir = ".."
devnull = "/dev/null"
error = OSError
F_OK, R_OK, W_OK, X_OK = 0, 4, 2, 1
O_RDONLY, O_WRONLY, O_RDWR, O_CREAT, O_EXCL, O_TRUNC, O_APPEND = 0, 1, 2, 64, 128, 512, 1024
O_NOFOLLOW, O_CLOEXEC, O_NONBLOCK, O_SYNC = 131072, 524288, 2048, 1052672


class PathLike:
    @classmethod
    def __class_getitem__(cls, key):
        return cls


class _Environ:
    """The environment; what is changed holds for this evaluation alone."""

    def __init__(self):
        self._changed = {}
        self._asking = False

    def _find(self, key):
        if not isinstance(key, str):
            raise TypeError("str expected, not %s" % type(key).__name__)
        self._settle()
        if key in self._changed:
            return self._changed[key]
        return _support.getenv(key)

    def _settle(self):
        """A module that was imported may set variables; here it wasn't evaluated as a whole."""
        if not self._asking:
            self._asking = True
            try:
                _support.evaluate_setters()
            finally:
                self._asking = False

    def __getitem__(self, key):
        value = self._find(key)
        if value is None:
            raise KeyError(key)
        return value

    def __setitem__(self, key, value):
        for part in (key, value):
            if not isinstance(part, str):
                raise TypeError("str expected, not %s" % type(part).__name__)
        self._changed[key] = value

    def __delitem__(self, key):
        if self._find(key) is None:
            raise KeyError(key)
        self._changed[key] = None

    def __contains__(self, key):
        return isinstance(key, str) and self._find(key) is not None

    def __iter__(self):
        return iter(self.keys())

    def __len__(self):
        return len(self.keys())

    def __repr__(self):
        return "environ(%r)" % (dict(self.items()),)

    def __or__(self, other):
        return {**dict(self.items()), **dict(other)}

    def get(self, key, default=None):
        value = self._find(key)
        return default if value is None else value

    def keys(self):
        self._settle()
        names = [key for key in _support.environment_names() if self._find(key) is not None]
        names.extend(key for key, value in self._changed.items()
                     if value is not None and key not in names)
        return names

    def values(self):
        return [self[key] for key in self.keys()]

    def items(self):
        return [(key, self[key]) for key in self.keys()]

    def setdefault(self, key, value):
        found = self._find(key)
        if found is None:
            self[key] = value
            return value
        return found

    def pop(self, key, *default):
        value = self._find(key)
        if value is None:
            if default:
                return default[0]
            raise KeyError(key)
        self._changed[key] = None
        return value

    def update(self, *others, **more):
        for other in others:
            pairs = other.items() if hasattr(other, "items") else other
            for key, value in pairs:
                self[key] = value
        for key, value in more.items():
            self[key] = value

    def copy(self):
        return dict(self.items())


environ = _Environ()


def getenv(key, default=None):
    return environ.get(key, default)


def putenv(key, value):
    environ[key] = value


def unsetenv(key):
    environ.pop(key, None)


def getcwd():
    return _support.project()


def getpid():
    return 1


def getuid():
    return 1000


getgid = geteuid = getuid


def urandom(size):
    return _support.random_bytes(size)


def cpu_count():
    return 1


def listdir(path="."):
    return _support.list_folder(fspath(path))


class DirEntry:
    def __init__(self, folder, name):
        self.name = name
        self.path = path.join(folder, name)

    def is_dir(self, *, follow_symlinks=True):
        return path.isdir(self.path)

    def is_file(self, *, follow_symlinks=True):
        return path.isfile(self.path)

    def is_symlink(self):
        return False

    def __fspath__(self):
        return self.path

    def __repr__(self):
        return "<DirEntry %r>" % self.name


class _Entries(list):
    def __enter__(self):
        return iter(self)

    def __exit__(self, *details):
        return None

    def close(self):
        pass


def scandir(path="."):
    folder = fspath(path)
    return _Entries(DirEntry(folder, name) for name in _support.list_folder(folder))


def walk(top, topdown=True, onerror=None, followlinks=False):
    top = fspath(top)
    folders = []
    files = []
    try:
        names = _support.list_folder(top)
    except OSError as problem:
        if onerror is not None:
            onerror(problem)
        return
    for name in names:
        (folders if path.isdir(path.join(top, name)) else files).append(name)
    if topdown:
        yield top, folders, files
    for folder in folders:
        yield from walk(path.join(top, folder), topdown, onerror, followlinks)
    if not topdown:
        yield top, folders, files


def access(path, mode, **kwargs):
    return mode & W_OK == 0 and _support.path_kind(fspath(path)) is not None


def fsencode(filename):
    filename = fspath(filename)
    return filename if isinstance(filename, bytes) else filename.encode("utf-8", "surrogateescape")


def fsdecode(filename):
    filename = fspath(filename)
    return filename if isinstance(filename, str) else filename.decode("utf-8", "surrogateescape")


def get_terminal_size(fallback=(80, 24)):
    return fallback


def strerror(code):
    return "error %d" % code


def chdir(path):
    _support.refuse("os.chdir() isn't available", "write paths relative to __file__")


def _refused(what, why):
    def function(*args, **kwargs):
        _support.refuse("os.%s() isn't available" % what, why)

    function.__name__ = what
    return function


_writing = "evaluated files can't write files"

def mkdir(path, mode=0o777):
    _support.make_folder(fspath(path), False)


def makedirs(name, mode=0o777, exist_ok=False):
    _support.make_folder(fspath(name), exist_ok)



def _kept_or_refused(what, done):
    """What may be done to files that were written in this evaluation, and to no others."""
    refused = _refused(what, _writing)

    def function(path, *args, **kwargs):
        if not done(*[fspath(part) for part in (path, *args) if not isinstance(part, int)]):
            refused()

    function.__name__ = what
    return function


_descriptors = {}


def open(path, flags, mode=0o777, *, dir_fd=None):
    import io

    name = fspath(path)
    if flags & (O_WRONLY | O_RDWR):
        exists = _support.path_kind(name) is not None
        if flags & O_CREAT == 0 and not exists:
            raise FileNotFoundError("[Errno 2] No such file or directory: %r" % name)
        kind = "xb" if flags & O_EXCL and flags & O_CREAT else "ab" if flags & O_APPEND else "wb"
        if kind == "wb" and exists and flags & O_TRUNC == 0:
            _support.refuse("os.open() of a file that exists needs O_TRUNC or O_APPEND", _writing)
    else:
        kind = "rb"
    number = 3 + len(_descriptors)
    _descriptors[number] = io.open(name, kind)
    return number


def _described(fd):
    if fd not in _descriptors:
        raise OSError("[Errno 9] Bad file descriptor")
    return _descriptors[fd]


def fdopen(fd, mode="r", *args, **kwargs):
    import io

    return io.open(_described(fd).name, mode.replace("x", "w"), *args, **kwargs)


def write(fd, data, /):
    file = _described(fd)
    count = file.write(data)
    file.flush()
    return count


def read(fd, length, /):
    return _described(fd).read(length)


def close(fd):
    _described(fd).close()


remove = _kept_or_refused("remove", _support.remove_kept)
unlink = _kept_or_refused("unlink", _support.remove_kept)
rmdir = _refused("rmdir", _writing)
removedirs = _refused("removedirs", _writing)
rename = _kept_or_refused("rename", _support.rename_kept)
renames = _refused("renames", _writing)
replace = _kept_or_refused("replace", _support.rename_kept)
link = _refused("link", _writing)
symlink = _refused("symlink", _writing)
chmod = _kept_or_refused("chmod", _support.is_kept)
chown = _refused("chown", _writing)
utime = _refused("utime", _writing)
truncate = _refused("truncate", _writing)
stat = _refused("stat", "os.path tells whether a file exists")
_processes = "evaluated files can't start processes"
system = _refused("system", _processes)
popen = _refused("popen", _processes)
fork = _refused("fork", _processes)
kill = _refused("kill", _processes)
execv = _refused("execv", _processes)
execvp = _refused("execvp", _processes)
spawnl = _refused("spawnl", _processes)
spawnv = _refused("spawnv", _processes)
_exit = _refused("_exit", "raise SystemExit, or an exception that says what is wrong")
abort = _refused("abort", "raise an exception that says what is wrong")
