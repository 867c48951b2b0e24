# datetime, zoneinfo, time and uuid.
import uuid
from datetime import date, datetime, time, timedelta, timezone, tzinfo
from zoneinfo import ZoneInfo


def fails(kind, text, call, *args, **kwargs):
    try:
        call(*args, **kwargs)
    except kind as error:
        assert text in str(error), str(error)
    else:
        raise AssertionError(f"{kind.__name__} expected")


day = date(2024, 2, 29)
naive = datetime(2024, 2, 29, 13, 5, 6, 789)
aware = datetime(2024, 2, 29, 13, 5, 6, tzinfo=timezone.utc)
india = timezone(timedelta(hours=5, minutes=30))

assert repr(day) == "datetime.date(2024, 2, 29)" and str(day) == "2024-02-29"
assert repr(naive) == "datetime.datetime(2024, 2, 29, 13, 5, 6, 789)"
assert str(naive) == "2024-02-29 13:05:06.000789" and naive.isoformat() == "2024-02-29T13:05:06.000789"
assert repr(aware).endswith("tzinfo=datetime.timezone.utc)") and str(aware) == "2024-02-29 13:05:06+00:00"
assert naive.isoformat(" ", "minutes") == "2024-02-29 13:05" and str(india) == "UTC+05:30"
assert repr(timedelta(days=1, seconds=3)) == "datetime.timedelta(days=1, seconds=3)"
assert str(timedelta(days=-1, hours=1)) == "-1 day, 1:00:00" and str(timedelta(hours=26)) == "1 day, 2:00:00"
assert repr(time(1, 2)) == "datetime.time(1, 2)" and str(time(1, 2, 3, 4)) == "01:02:03.000004"

# Arithmetic.
assert day + timedelta(days=1) == date(2024, 3, 1) and day - date(2024, 1, 1) == timedelta(days=59)
assert naive - timedelta(hours=14) == datetime(2024, 2, 28, 23, 5, 6, 789)
assert aware - datetime(2024, 2, 29, 18, 35, 6, tzinfo=india) == timedelta(0)
assert aware.astimezone(india).isoformat() == "2024-02-29T18:35:06+05:30"
week = timedelta(weeks=1, minutes=90)
assert week.days == 7 and week.seconds == 5400 and week.total_seconds() == 610200.0
assert week / 2 == timedelta(days=3, hours=12, minutes=45) and week // timedelta(days=1) == 7
assert week * 1.5 == 1.5 * week and -week + week == timedelta() and abs(-week) == week and bool(week)
assert divmod(timedelta(hours=25), timedelta(days=1)) == (1, timedelta(hours=1))
assert sum([timedelta(1), timedelta(2)], timedelta()) == timedelta(3)

# Comparison.
assert date(2023, 1, 1) < day <= day and max(naive, datetime(2025, 1, 1)).year == 2025
assert aware == datetime(2024, 2, 29, 18, 35, 6, tzinfo=india) and {day: 1}[date(2024, 2, 29)] == 1
assert aware != aware.replace(tzinfo=None) and day != naive and isinstance(naive, date)
fails(TypeError, "can't compare offset-naive and offset-aware datetimes", lambda: naive < aware)
fails(TypeError, "can't subtract offset-naive and offset-aware datetimes", lambda: naive - aware)

# Parts and calendars.
assert day.weekday() == 3 and day.isoweekday() == 4 and tuple(day.isocalendar()) == (2024, 9, 4)
assert day.toordinal() == 738945 and date.fromordinal(738945) == day
assert date.fromisocalendar(2024, 9, 4) == day and naive.timetuple()[:8] == (2024, 2, 29, 13, 5, 6, 3, 60)
assert naive.replace(year=2023, day=1).isoformat() == "2023-02-01T13:05:06.000789"
assert naive.date() == day and naive.time() == time(13, 5, 6, 789)
assert datetime.combine(day, time(1)) == datetime(2024, 2, 29, 1)
assert aware.timestamp() == 1709211906.0
assert datetime.fromtimestamp(1709211906.25, timezone.utc) == aware.replace(microsecond=250000)
assert datetime.min.year == 1 and date.max.year == 9999

fails(ValueError, "day is out of range for month", date, 2023, 2, 29)
fails(ValueError, "month must be in 1..12", date, 2023, 13, 1)
fails(ValueError, "hour must be in 0..23", time, 24)
fails(OverflowError, "date value out of range", lambda: date.max + timedelta(1))

# Texts.
patterns = [
    ("%Y-%m-%d %H:%M:%S.%f", "2024-02-29 13:05:06.000789"), ("%a %A %b %B", "Thu Thursday Feb February"),
    ("%d/%m/%y %I %p %j", "29/02/24 01 PM 060"), ("%G-W%V-%u %w %%", "2024-W09-4 4 %"),
    ("[%z][%Z]", "[][]"),
]
for pattern, wanted in patterns:
    assert naive.strftime(pattern) == wanted and format(naive, pattern) == wanted, pattern
assert aware.strftime("%z %Z") == "+0000 UTC" and f"{day:%d.%m.}" == "29.02."

for text, pattern, wanted in [
    ("2024-02-29", "%Y-%m-%d", datetime(2024, 2, 29)),
    ("29/Feb/2024 01:02 PM", "%d/%b/%Y %I:%M %p", datetime(2024, 2, 29, 13, 2)),
    ("20240229T101112", "%Y%m%dT%H%M%S", datetime(2024, 2, 29, 10, 11, 12)),
    ("2024-060", "%Y-%j", datetime(2024, 2, 29)),
    ("10:11.5", "%H:%M.%f", datetime(1900, 1, 1, 10, 11, 0, 500000)),
    ("2024-01-01 +0530", "%Y-%m-%d %z", datetime(2024, 1, 1, tzinfo=india)),
]:
    assert datetime.strptime(text, pattern) == wanted, text
fails(ValueError, "time data 'x' does not match format '%Y'", datetime.strptime, "x", "%Y")
fails(ValueError, "unconverted data remains: 4", datetime.strptime, "20244", "%Y")

for text, wanted in [
    ("2024-02-29", datetime(2024, 2, 29)), ("2024-02-29T10:11", datetime(2024, 2, 29, 10, 11)),
    ("2024-02-29 10:11:12.5", datetime(2024, 2, 29, 10, 11, 12, 500000)),
    ("20240229T101112Z", datetime(2024, 2, 29, 10, 11, 12, tzinfo=timezone.utc)),
    ("2024-W09-4", datetime(2024, 2, 29)),
    ("2024-02-29T10:11:12+05:30", datetime(2024, 2, 29, 10, 11, 12, tzinfo=india)),
]:
    assert datetime.fromisoformat(text) == wanted, text
fails(ValueError, "Invalid isoformat string: 'x'", datetime.fromisoformat, "x")
assert date.fromisoformat("2024-02-29") == day and time.fromisoformat("10:11:12.25") == time(10, 11, 12, 250000)


class Plus3(tzinfo):
    def utcoffset(self, moment):
        return timedelta(hours=3)

    def tzname(self, moment):
        return "P3"

    def dst(self, moment):
        return timedelta(0)


assert datetime(2024, 1, 1, tzinfo=Plus3()).strftime("%H %z %Z") == "00 +0300 P3"
assert aware.astimezone(Plus3()).hour == 16


class Stamp(datetime):
    pass


assert type(Stamp(2024, 1, 1) + timedelta(1)) is Stamp and Stamp.fromisoformat("2024-01-01").day == 1

berlin = ZoneInfo("Europe/Berlin")
assert datetime(2024, 1, 15, 12, tzinfo=berlin).isoformat() == "2024-01-15T12:00:00+01:00"
assert datetime(2024, 7, 15, 12, tzinfo=berlin).tzname() == "CEST"
assert datetime(2040, 7, 1, tzinfo=berlin).utcoffset() == timedelta(hours=2)
assert datetime(2024, 10, 27, 2, 30, tzinfo=berlin).utcoffset() == timedelta(hours=2)
assert datetime(2024, 10, 27, 2, 30, fold=1, tzinfo=berlin).utcoffset() == timedelta(hours=1)
assert aware.astimezone(berlin).hour == 14 and ZoneInfo("Europe/Berlin") is berlin

known = uuid.UUID("12345678-1234-5678-1234-567812345678")
assert str(known) == "12345678-1234-5678-1234-567812345678" and known.hex == "12345678123456781234567812345678"
assert known.int == 0x12345678123456781234567812345678 and known.urn == "urn:uuid:" + str(known)
assert uuid.UUID("{12345678123456781234567812345678}") == known == uuid.UUID(bytes=known.bytes)
assert uuid.UUID(int=5).fields[0] == 0 and uuid.UUID(bytes_le=known.bytes_le) == known
assert str(uuid.uuid5(uuid.NAMESPACE_DNS, "python.org")) == "886313e1-3b8a-5372-9b90-0c9aee199e5d"
assert str(uuid.uuid3(uuid.NAMESPACE_DNS, "python.org")) == "6fa459ea-ee8a-3ca4-894e-db77e160355e"
assert uuid.uuid4().version == 4 and uuid.uuid4() != uuid.uuid4() and uuid.uuid1().version == 1
assert {known: 1}[uuid.UUID(str(known))] == 1 and uuid.UUID(int=1) < known and repr(known).startswith("UUID('")
fails(ValueError, "badly formed hexadecimal UUID string", uuid.UUID, "x")
