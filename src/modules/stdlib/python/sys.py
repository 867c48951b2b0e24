"""The evaluator, as `sys` shows it."""
import _support


class _VersionInfo(tuple):
    major = property(lambda self: self[0])
    minor = property(lambda self: self[1])
    micro = property(lambda self: self[2])
    releaselevel = property(lambda self: self[3])
    serial = property(lambda self: self[4])

    def __repr__(self):
        return ("sys.version_info(major=%r, minor=%r, micro=%r, releaselevel=%r, serial=%r)"
                % tuple(self))


version_info = _VersionInfo((3, 13, 0, "final", 0))
version = "3.13.0 (retort)"
hexversion = 0x030D00F0
api_version = 1013
platform = "linux"
byteorder = "little"
maxsize = 2**63 - 1
maxunicode = 0x10FFFF
executable = ""
prefix = base_prefix = exec_prefix = base_exec_prefix = "/usr"
argv = _support.argv() or [""]
orig_argv = list(argv)
path = _support.path() or [_support.project()]
meta_path = []
path_hooks = []
builtin_module_names = ()
modules = _support.modules()
warnoptions = []
flags = None
dont_write_bytecode = True
tracebacklimit = 1000
last_exc = None


class _Implementation:
    name = "retort"
    cache_tag = None
    version = version_info


implementation = _Implementation()


class _Stream:
    encoding = "utf-8"
    errors = "strict"
    closed = False

    def __init__(self, name, write):
        self.name = name
        self._write = write

    def write(self, text):
        if not isinstance(text, str):
            raise TypeError("write() argument must be str, not " + type(text).__name__)
        self._write(text)
        return len(text)

    def writelines(self, lines):
        for line in lines:
            self.write(line)

    def flush(self):
        pass

    def isatty(self):
        return False

    def fileno(self):
        raise OSError("this stream has no file number")

    def reconfigure(self, **kwargs):
        pass

    def close(self):
        pass


def _write_error(text):
    text = text.rstrip("\n")
    if text:
        _support.log(30, "stderr", text)


class _Input:
    encoding = "utf-8"

    def read(self, size=-1):
        return ""

    readline = read

    def readlines(self):
        return []

    def isatty(self):
        return False

    def __iter__(self):
        return iter(())


stdout = __stdout__ = _Stream("<stdout>", _support.write)
stderr = __stderr__ = _Stream("<stderr>", _write_error)
stdin = __stdin__ = _Input()


exit = exit  # the builtin


def exc_info():
    handled = _support.handled_exception()
    if handled is None:
        return None, None, None
    return type(handled), handled, handled.__traceback__


def exception():
    return None


def getrecursionlimit():
    return 1000


def setrecursionlimit(limit, /):
    pass


def getdefaultencoding():
    return "utf-8"


def getfilesystemencoding():
    return "utf-8"


def getsizeof(object, default=64):
    return 64


def getrefcount(object, /):
    return 2


def intern(string, /):
    return string


def gettrace():
    return None


def settrace(function, /):
    pass


def displayhook(value, /):
    if value is not None:
        print(repr(value))


def excepthook(type, value, traceback, /):
    stderr.write("%s: %s" % (type.__name__, value))


def _getframe(depth=0, /):
    _support.refuse("sys._getframe() isn't available", "pass what is needed as an argument")


def is_finalizing():
    return False
