"""Handlers: kept, but writing nothing."""
from logging import FileHandler, Handler


class RotatingFileHandler(FileHandler):
    def __init__(self, filename, *args, **kwargs):
        super().__init__(filename)


class TimedRotatingFileHandler(RotatingFileHandler):
    pass


class WatchedFileHandler(RotatingFileHandler):
    pass


class SysLogHandler(Handler):
    def __init__(self, *args, **kwargs):
        super().__init__()


class SMTPHandler(SysLogHandler):
    pass


class HTTPHandler(SysLogHandler):
    pass


class MemoryHandler(SysLogHandler):
    pass


class QueueHandler(SysLogHandler):
    pass


class SocketHandler(SysLogHandler):
    pass
