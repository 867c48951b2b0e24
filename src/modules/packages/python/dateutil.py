"""dateutil: relativedelta, texts in ISO 8601, time zones."""
import datetime as _datetime
import zoneinfo as _zoneinfo

import _support


class _Weekday:
    def __init__(self, weekday, n=None):
        if n == 0:
            raise ValueError("Can't create weekday with n==0")
        self.weekday, self.n = weekday, n

    def __call__(self, n):
        return self if n == self.n else _Weekday(self.weekday, n)

    def __eq__(self, other):
        return isinstance(other, _Weekday) and (self.weekday, self.n) == (other.weekday, other.n)

    def __hash__(self):
        return hash((self.weekday, self.n))

    def __repr__(self):
        name = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")[self.weekday]
        return "%s(%+d)" % (name, self.n) if self.n else name


MO, TU, WE, TH, FR, SA, SU = weekdays = tuple(_Weekday(day) for day in range(7))


def _sign(number):
    return -1 if number < 0 else 1


class relativedelta:
    _relative = ("years", "months", "days", "hours", "minutes", "seconds", "microseconds")
    _absolute = ("year", "month", "day", "hour", "minute", "second", "microsecond")

    def __init__(self, dt1=None, dt2=None, years=0, months=0, days=0, leapdays=0, weeks=0, hours=0, minutes=0, seconds=0,
                 microseconds=0, year=None, month=None, day=None, weekday=None, yearday=None, nlyearday=None, hour=None,
                 minute=None, second=None, microsecond=None):
        if yearday is not None or nlyearday is not None:
            _support.refuse("relativedelta(yearday=) isn't available", "give month and day")
        if years != int(years) or months != int(months):
            raise ValueError("Non-integer years and months are ambiguous and not currently supported.")
        self.years, self.months, self.days, self.leapdays = int(years), int(months), days + weeks * 7, leapdays
        self.hours, self.minutes, self.seconds, self.microseconds = hours, minutes, seconds, microseconds
        self.year, self.month, self.day, self.hour, self.minute = year, month, day, hour, minute
        self.second, self.microsecond = second, microsecond
        self.weekday = weekdays[weekday] if isinstance(weekday, int) else weekday
        if dt1 is not None and dt2 is not None:
            self._between(dt1, dt2)
        self._fix()

    def _between(self, dt1, dt2):
        if isinstance(dt1, _datetime.datetime) != isinstance(dt2, _datetime.datetime):
            if not isinstance(dt1, _datetime.datetime):
                dt1 = _datetime.datetime(dt1.year, dt1.month, dt1.day)
            else:
                dt2 = _datetime.datetime(dt2.year, dt2.month, dt2.day)
        months = (dt1.year - dt2.year) * 12 + (dt1.month - dt2.month)
        self._set_months(months)
        moved = self.__radd__(dt2)
        step = 1 if dt1 < dt2 else -1
        while moved > dt1 if step < 0 else dt1 > moved:
            months += step
            self._set_months(months)
            moved = self.__radd__(dt2)
        delta = dt1 - moved
        self.seconds = delta.seconds + delta.days * 86400
        self.microseconds = delta.microseconds

    def _set_months(self, months):
        sign = _sign(months)
        years, months = divmod(months * sign, 12)
        self.years, self.months = years * sign, months * sign

    def _fix(self):
        for small, large, size in (("microseconds", "seconds", 1000000), ("seconds", "minutes", 60),
                                   ("minutes", "hours", 60), ("hours", "days", 24), ("months", "years", 12)):
            value = getattr(self, small)
            if abs(value) >= size:
                sign = _sign(value)
                more, rest = divmod(value * sign, size)
                setattr(self, small, rest * sign)
                setattr(self, large, getattr(self, large) + more * sign)

    @property
    def weeks(self):
        return int(self.days / 7.0)

    def normalized(self):
        return relativedelta(**self._values())

    def _values(self):
        values = {name: getattr(self, name) for name in self._relative + self._absolute}
        return {**values, "leapdays": self.leapdays, "weekday": self.weekday}

    def __add__(self, other):
        if isinstance(other, relativedelta):
            values = {name: getattr(self, name) + getattr(other, name) for name in self._relative}
            for name in self._absolute + ("weekday",):
                theirs = getattr(other, name)
                values[name] = getattr(self, name) if theirs is None else theirs
            return relativedelta(leapdays=other.leapdays or self.leapdays, **values)
        if isinstance(other, _datetime.timedelta):
            return self + relativedelta(days=other.days, seconds=other.seconds, microseconds=other.microseconds)
        if not isinstance(other, _datetime.date):
            return NotImplemented
        moment = other
        if not isinstance(other, _datetime.datetime) and (
                self.hours or self.minutes or self.seconds or self.microseconds or self.hour is not None
                or self.minute is not None or self.second is not None or self.microsecond is not None):
            moment = _datetime.datetime(other.year, other.month, other.day)
        year = (self.year or moment.year) + self.years
        month = self.month or moment.month
        if self.months:
            month += self.months
            if month > 12:
                year, month = year + 1, month - 12
            elif month < 1:
                year, month = year - 1, month + 12
        day = min(_days_in_month(year, month), self.day or moment.day)
        changed = {"year": year, "month": month, "day": day}
        for name in ("hour", "minute", "second", "microsecond"):
            if getattr(self, name) is not None:
                changed[name] = getattr(self, name)
        days = self.days
        if self.leapdays and month > 2 and _is_leap(year):
            days += self.leapdays
        moved = moment.replace(**changed) + _datetime.timedelta(
            days=days, hours=self.hours, minutes=self.minutes, seconds=self.seconds, microseconds=self.microseconds)
        if self.weekday is not None:
            wanted, nth = self.weekday.weekday, self.weekday.n or 1
            jump = (abs(nth) - 1) * 7
            if nth > 0:
                jump += (7 - moved.weekday() + wanted) % 7
            else:
                jump = -(jump + (moved.weekday() - wanted) % 7)
            moved += _datetime.timedelta(days=jump)
        return moved

    __radd__ = __add__

    def __rsub__(self, other):
        return (-self).__radd__(other)

    def __sub__(self, other):
        if not isinstance(other, relativedelta):
            return NotImplemented
        values = {name: getattr(self, name) - getattr(other, name) for name in self._relative}
        for name in self._absolute + ("weekday",):
            own = getattr(self, name)
            values[name] = getattr(other, name) if own is None else own
        return relativedelta(leapdays=self.leapdays or other.leapdays, **values)

    def __neg__(self):
        return self * -1

    def __abs__(self):
        return relativedelta(**{**self._values(), **{name: abs(getattr(self, name)) for name in self._relative}})

    def __mul__(self, number):
        return relativedelta(**{**self._values(),
                                **{name: int(getattr(self, name) * number) for name in self._relative}})

    __rmul__ = __mul__

    def __bool__(self):
        return any(getattr(self, name) for name in self._relative) or bool(self.leapdays) or self.weekday is not None \
            or any(getattr(self, name) is not None for name in self._absolute)

    def __eq__(self, other):
        return self._values() == other._values() if isinstance(other, relativedelta) else NotImplemented

    def __hash__(self):
        return hash(tuple(self._values().items()))

    def __repr__(self):
        parts = ["%s=%+g" % (name, getattr(self, name)) for name in
                 ("years", "months", "days", "leapdays", "hours", "minutes", "seconds", "microseconds")
                 if getattr(self, name)]
        parts += ["%s=%r" % (name, getattr(self, name)) for name in
                  ("year", "month", "day", "weekday", "hour", "minute", "second", "microsecond")
                  if getattr(self, name) is not None]
        return "relativedelta(%s)" % ", ".join(parts)


def _is_leap(year):
    return year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)


def _days_in_month(year, month):
    if month == 2:
        return 29 if _is_leap(year) else 28
    return 30 if month in (4, 6, 9, 11) else 31


class ParserError(ValueError):
    pass


def isoparse(dt_str):
    text = dt_str.decode("ascii") if isinstance(dt_str, bytes) else dt_str
    parts = text.split("-")
    if len(text) == 4 and text.isdigit():
        return _datetime.datetime(int(text), 1, 1)
    if len(parts) == 2 and len(text) == 7:
        return _datetime.datetime(int(parts[0]), int(parts[1]), 1)
    return _datetime.datetime.fromisoformat(text)


def parse(timestr, parserinfo=None, **settings):
    if not isinstance(timestr, str):
        raise TypeError("Parser must be a string or character stream, not %s" % type(timestr).__name__)
    text = timestr.strip()
    made = None
    if len(text) >= 8 and text[:4].isdigit():
        try:
            made = _datetime.datetime.fromisoformat(text)
        except ValueError:
            pass
    if made is None:
        _support.refuse("dateutil.parser.parse(%r): only texts in ISO 8601 are read" % timestr,
                        "write the date as 2024-01-31 or 2024-01-31T10:00:00, or use datetime.strptime()")
    return made.replace(tzinfo=None) if settings.get("ignoretz") else made


def tzutc():
    return _datetime.timezone.utc


UTC = _datetime.timezone.utc


def tzoffset(name, offset):
    if not isinstance(offset, _datetime.timedelta):
        offset = _datetime.timedelta(seconds=offset)
    return _datetime.timezone(offset, name) if name else _datetime.timezone(offset)


def gettz(name=None):
    if not name or name in ("UTC", "GMT"):
        return UTC
    try:
        return _zoneinfo.ZoneInfo(name)
    except Exception:
        return None
