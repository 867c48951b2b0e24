"""Warnings go to the log."""
import _support

filters = []
_shown = set()


class WarningMessage:
    def __init__(self, message, category, filename="", lineno=0):
        self.message = message
        self.category = category
        self.filename = filename
        self.lineno = lineno


_recorders = []


def warn(message, category=None, stacklevel=1, source=None, *, skip_file_prefixes=()):
    if isinstance(message, Warning):
        category = type(message)
    else:
        category = category or UserWarning
        message = category(message)
    for action, text, wanted in filters:
        if issubclass(category, wanted) and str(message).startswith(text):
            if action == "error":
                raise message
            if action == "ignore":
                return
            break
    if _recorders:
        _recorders[-1].append(WarningMessage(message, category))
        return
    key = (category, str(message))
    if key not in _shown:
        _shown.add(key)
        _support.log(30, "py.warnings", "%s: %s" % (category.__name__, message))


def warn_explicit(message, category, filename, lineno, *args, **kwargs):
    warn(message, category)


def filterwarnings(action, message="", category=Warning, module="", lineno=0, append=False):
    row = (action, message, category)
    filters.append(row) if append else filters.insert(0, row)


def simplefilter(action, category=Warning, lineno=0, append=False):
    filterwarnings(action, "", category, "", lineno, append)


def resetwarnings():
    filters.clear()


def formatwarning(message, category, filename, lineno, line=None):
    return "%s:%s: %s: %s\n" % (filename, lineno, category.__name__, message)


def showwarning(message, category, filename, lineno, file=None, line=None):
    _support.log(30, "py.warnings", "%s: %s" % (category.__name__, message))


class catch_warnings:
    def __init__(self, *, record=False, module=None, action=None, category=Warning, lineno=0,
                 append=False):
        self._record = record
        self._action = action
        self._category = category

    def __enter__(self):
        self._saved = list(filters)
        if self._action:
            simplefilter(self._action, self._category)
        if self._record:
            log = []
            _recorders.append(log)
            return log
        return None

    def __exit__(self, *exc_info):
        filters[:] = self._saved
        if self._record:
            _recorders.pop()


class deprecated:
    def __init__(self, message, /, *, category=DeprecationWarning, stacklevel=1):
        self.message = message

    def __call__(self, arg, /):
        return arg
