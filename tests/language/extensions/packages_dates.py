"""dateutil and the module builtins; the answers are those of dateutil itself."""
import builtins
import datetime as d

from dateutil import parser, tz
from dateutil.relativedelta import FR, MO, relativedelta

assert builtins.len("ab") == 2 and builtins.ValueError is ValueError
moment = d.datetime(2024, 1, 31, 10, 30)
shown = [moment + relativedelta(months=1), moment - relativedelta(months=11, days=3), d.date(2023, 12, 31) + relativedelta(years=1, months=2),
         moment + relativedelta(day=1, hour=0, minute=0), moment + relativedelta(weekday=FR(-1)), moment + relativedelta(weekday=MO),
         moment + relativedelta(weekday=MO(+2)), d.date(2024, 1, 1) + relativedelta(hours=5), moment + relativedelta(days=40, hours=30),
         d.date(2024, 2, 29) + relativedelta(years=1)]
assert [str(one) for one in shown] == ['2024-02-29 10:30:00', '2023-02-25 10:30:00', '2025-02-28', '2024-01-01 00:00:00', '2024-01-26 10:30:00', '2024-02-05 10:30:00', '2024-02-12 10:30:00', '2024-01-01 05:00:00', '2024-03-12 16:30:00', '2025-02-28']
between = [relativedelta(d.date(2024, 3, 1), d.date(2020, 2, 29)), relativedelta(d.datetime(2020, 1, 31), d.datetime(2024, 2, 1, 5)),
           relativedelta(months=15, days=-3) * 2, -relativedelta(years=1, hours=25), relativedelta(days=1) + d.timedelta(hours=3)]
assert [repr(one) for one in between] == ['relativedelta(years=+4, days=+1)', 'relativedelta(years=-4, days=-1, hours=-5)', 'relativedelta(years=+2, months=+6, days=-6)', 'relativedelta(years=-1, days=-1, hours=-1)', 'relativedelta(days=+1, hours=+3)']
assert relativedelta(months=12) == relativedelta(years=1) and not relativedelta()
texts = [parser.isoparse("2024-05-06T07:08:09Z").isoformat(), parser.isoparse("2024-05").isoformat(), parser.parse("2024-05-06 07:08").isoformat(),
         parser.parse("2024-05-06T07:08:09.5+02:00").isoformat(), d.datetime(2024, 7, 1, tzinfo=tz.tzutc()).isoformat(),
         d.datetime(2024, 7, 1, tzinfo=tz.gettz("Europe/Berlin")).isoformat()]
assert texts == ['2024-05-06T07:08:09+00:00', '2024-05-01T00:00:00', '2024-05-06T07:08:00', '2024-05-06T07:08:09.500000+02:00', '2024-07-01T00:00:00+00:00', '2024-07-01T00:00:00+02:00']
parser.parse("May 6th, 2024")  ### "only texts in ISO 8601 are read"
