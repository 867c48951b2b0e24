"""Time zones, from the system's database."""
import _support
from datetime import datetime, timedelta, timezone, tzinfo


class ZoneInfoNotFoundError(KeyError):
    pass


class InvalidTZPathWarning(RuntimeWarning):
    pass


_epoch = datetime(1970, 1, 1)
_known = {}


def _seconds(moment):
    return (moment.replace(tzinfo=None) - _epoch) // timedelta(seconds=1)


class ZoneInfo(tzinfo):
    def __new__(cls, key):
        if key in _known:
            return _known[key]
        self = super().__new__(cls)
        table = _support.time_zone(key)
        if table is None:
            raise ZoneInfoNotFoundError("No time zone found with key %s" % key)
        self.key = key
        self._transitions, self._first, self._rule = table
        _known[key] = self
        return self

    @classmethod
    def no_cache(cls, key):
        return cls(key)

    @classmethod
    def clear_cache(cls, *, only_keys=None):
        pass

    def _at(self, seconds):
        """(offset, saving, name) at an instant, in seconds since 1970 in UTC."""
        transitions = self._transitions
        if not transitions or seconds < transitions[0][0]:
            return self._first
        if seconds >= transitions[-1][0] and self._rule is not None:
            return _support.zone_rule(self._rule, seconds)
        low, high = 0, len(transitions)
        while high - low > 1:
            middle = (low + high) // 2
            if transitions[middle][0] <= seconds:
                low = middle
            else:
                high = middle
        return transitions[low][1:]

    def _local(self, moment):
        """The same for a moment by the zone's own clock; `fold` chooses when there are two."""
        seconds = _seconds(moment)
        day = 86400
        before = self._at(seconds - day)
        after = self._at(seconds + day)
        if before == after:
            return before
        first = self._at(seconds - before[0])
        second = self._at(seconds - after[0])
        if moment.fold:
            return second
        return first if first == before else (second if first == second else before)

    def utcoffset(self, dt, /):
        return None if dt is None else timedelta(seconds=self._local(dt)[0])

    def dst(self, dt, /):
        return None if dt is None else timedelta(seconds=self._local(dt)[1])

    def tzname(self, dt, /):
        return None if dt is None else self._local(dt)[2]

    def fromutc(self, dt, /):
        seconds = _seconds(dt)
        offset = self._at(seconds)[0]
        local = dt + timedelta(seconds=offset)
        earlier = self._at(seconds - 86400)[0]
        shift = earlier - offset
        if shift > 0 and self._at(seconds - shift)[0] == earlier:
            return local.replace(fold=1)
        return local

    def __repr__(self):
        return "zoneinfo.ZoneInfo(key=%r)" % self.key

    def __str__(self):
        return self.key

    def __copy__(self):
        return self

    def __deepcopy__(self, memo):
        return self


def available_timezones():
    return set(_support.time_zones())


TZPATH = ("/usr/share/zoneinfo",)


def reset_tzpath(to=None):
    pass
