"""Time: the clock of the program that evaluates."""
import _support

timezone = 0
altzone = 0
daylight = 0
tzname = ("UTC", "UTC")
CLOCK_REALTIME, CLOCK_MONOTONIC = 0, 1

_start = _support.now()


class struct_time(tuple):
    tm_year = property(lambda self: self[0])
    tm_mon = property(lambda self: self[1])
    tm_mday = property(lambda self: self[2])
    tm_hour = property(lambda self: self[3])
    tm_min = property(lambda self: self[4])
    tm_sec = property(lambda self: self[5])
    tm_wday = property(lambda self: self[6])
    tm_yday = property(lambda self: self[7])
    tm_isdst = property(lambda self: self[8])

    @property
    def tm_zone(self):
        return "UTC"

    @property
    def tm_gmtoff(self):
        return 0

    def __repr__(self):
        return ("time.struct_time(tm_year=%r, tm_mon=%r, tm_mday=%r, tm_hour=%r, tm_min=%r, "
                "tm_sec=%r, tm_wday=%r, tm_yday=%r, tm_isdst=%r)" % tuple(self))


def time():
    return _support.now() / 1e6


def time_ns():
    return _support.now() * 1000


def monotonic():
    return (_support.now() - _start) / 1e6


def monotonic_ns():
    return (_support.now() - _start) * 1000


perf_counter = process_time = thread_time = monotonic
perf_counter_ns = process_time_ns = thread_time_ns = monotonic_ns


def sleep(secs, /):
    if secs < 0:
        raise ValueError("sleep length must be non-negative")


def _moment(secs):
    from datetime import datetime

    if secs is None:
        return datetime.utcnow()
    return datetime.utcfromtimestamp(int(secs // 1))


def gmtime(secs=None, /):
    parts = _moment(secs).timetuple()
    return struct_time(tuple(parts)[:8] + (0,))


localtime = gmtime


def _datetime(t):
    from datetime import datetime

    t = tuple(t)
    return datetime(t[0], max(t[1], 1), max(t[2], 1), t[3], t[4], min(t[5], 59))


def mktime(t, /):
    from datetime import datetime

    return (_datetime(t) - datetime(1970, 1, 1)).total_seconds()


def strftime(format, t=None, /):
    return (_moment(None) if t is None else _datetime(t)).strftime(format)


def strptime(string, format="%a %b %d %H:%M:%S %Y", /):
    from datetime import datetime

    return struct_time(tuple(datetime.strptime(string, format).timetuple()))


def asctime(t=None, /):
    return (_moment(None) if t is None else _datetime(t)).strftime("%a %b %e %H:%M:%S %Y")


def ctime(secs=None, /):
    return _moment(secs).strftime("%a %b %e %H:%M:%S %Y")


def tzset():
    pass
