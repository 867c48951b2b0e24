"""pytz over the system's time zones. A zone is right for every moment, so localize() and normalize() only put it on."""
import zoneinfo
from datetime import timedelta, timezone as _fixed, tzinfo


class UnknownTimeZoneError(KeyError):
    pass


class InvalidTimeError(Exception):
    pass


class AmbiguousTimeError(InvalidTimeError):
    pass


class NonExistentTimeError(InvalidTimeError):
    pass


class BaseTzInfo(tzinfo):
    def __init__(self, zone, inner):
        self.zone = zone
        self._inner = inner

    def utcoffset(self, moment, is_dst=None):
        return self._inner.utcoffset(moment)

    def dst(self, moment, is_dst=None):
        return self._inner.dst(moment)

    def tzname(self, moment, is_dst=None):
        return self._inner.tzname(moment)

    def fromutc(self, moment):
        return self._inner.fromutc(moment.replace(tzinfo=self._inner)).replace(tzinfo=self)

    def localize(self, moment, is_dst=False):
        if moment.tzinfo is not None:
            raise ValueError("Not naive datetime (tzinfo is already set)")
        return moment.replace(tzinfo=self)

    def normalize(self, moment, is_dst=False):
        if moment.tzinfo is None:
            raise ValueError("Naive time - no tzinfo set")
        return moment.astimezone(self)

    def __str__(self):
        return self.zone

    def __repr__(self):
        return "<UTC>" if self.zone == "UTC" else "<DstTzInfo %r>" % self.zone


utc = UTC = BaseTzInfo("UTC", _fixed.utc)
_made = {"UTC": utc}


def timezone(zone):
    if zone is None:
        raise UnknownTimeZoneError(None)
    if zone.upper() == "UTC":
        return utc
    if zone not in _made:
        try:
            _made[zone] = BaseTzInfo(zone, zoneinfo.ZoneInfo(zone))
        except (zoneinfo.ZoneInfoNotFoundError, ValueError):
            raise UnknownTimeZoneError(zone) from None
    return _made[zone]


def FixedOffset(offset, _tzinfos={}):
    if offset == 0:
        return utc
    if offset not in _tzinfos:
        _tzinfos[offset] = BaseTzInfo(None, _fixed(timedelta(minutes=offset)))
    return _tzinfos[offset]


def __getattr__(name):
    if name in ("all_timezones", "common_timezones"):
        return sorted(zoneinfo.available_timezones())
    if name in ("all_timezones_set", "common_timezones_set"):
        return zoneinfo.available_timezones()
    raise AttributeError("module 'pytz' has no attribute %r" % name)
