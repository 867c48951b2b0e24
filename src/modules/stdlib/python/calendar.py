"""calendar: days of months, names, and weeks as lists."""
import datetime

MONDAY, TUESDAY, WEDNESDAY, THURSDAY, FRIDAY, SATURDAY, SUNDAY = range(7)
JANUARY, FEBRUARY = 1, 2
day_name = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"]
day_abbr = [name[:3] for name in day_name]
month_name = ["", "January", "February", "March", "April", "May", "June", "July", "August",
              "September", "October", "November", "December"]
month_abbr = [name[:3] for name in month_name]


class IllegalMonthError(ValueError):
    def __init__(self, month):
        self.month = month

    def __str__(self):
        return "bad month number %r; must be 1-12" % self.month


def isleap(year):
    return year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)


def leapdays(y1, y2):
    return sum(1 for year in range(y1, y2) if isleap(year))


def weekday(year, month, day):
    return datetime.date(year, month, day).weekday()


def monthrange(year, month):
    """The weekday of the first day (0 is Monday) and the number of days."""
    if not 1 <= month <= 12:
        raise IllegalMonthError(month)
    days = [31, 28 + isleap(year), 31, 30, 31, 30, 31, 31, 30, 31, 30, 31][month - 1]
    return weekday(year, month, 1), days


def timegm(tuple):
    year, month, day, hour, minute, second = tuple[:6]
    days = datetime.date(year, month, 1).toordinal() - datetime.date(1970, 1, 1).toordinal() + day - 1
    return ((days * 24 + hour) * 60 + minute) * 60 + second


class Calendar:
    def __init__(self, firstweekday=0):
        self.firstweekday = firstweekday

    def iterweekdays(self):
        return iter([(self.firstweekday + day) % 7 for day in range(7)])

    def itermonthdates(self, year, month):
        first, days = monthrange(year, month)
        start = datetime.date(year, month, 1)
        before = (first - self.firstweekday) % 7
        after = -(before + days) % 7
        return iter([start + datetime.timedelta(days=day) for day in range(-before, days + after)])

    def itermonthdays(self, year, month):
        return iter([date.day if date.month == month else 0
                     for date in self.itermonthdates(year, month)])

    def monthdatescalendar(self, year, month):
        return _weeks(list(self.itermonthdates(year, month)))

    def monthdayscalendar(self, year, month):
        return _weeks(list(self.itermonthdays(year, month)))


def _weeks(days):
    return [days[at:at + 7] for at in range(0, len(days), 7)]


def monthcalendar(year, month):
    return Calendar().monthdayscalendar(year, month)
