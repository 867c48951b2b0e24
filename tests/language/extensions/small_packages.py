# Small packages that settings and scripts name: platformdirs, pytz, strenum, oslo.utils.
import os
from datetime import datetime, timedelta, timezone
from pathlib import Path

import platformdirs
import pytz
from oslo_utils import importutils, timeutils, uuidutils
from platformdirs import PlatformDirs, user_data_dir

# ---- platformdirs
os.environ["XDG_DATA_HOME"] = "/data"
os.environ["XDG_STATE_HOME"] = ""
assert user_data_dir("app") == "/data/app"
assert user_data_dir("app", "author", "1.0") == "/data/app/1.0"
assert user_data_dir() == "/data"
assert platformdirs.user_data_path("app") == Path("/data/app")
assert platformdirs.user_log_dir("app") == os.path.expanduser("~/.local/state/app/log")
assert PlatformDirs("app", "author").user_config_dir == os.path.expanduser("~/.config/app")
assert str(PlatformDirs("app").user_data_path) == "/data/app"

# ---- pytz
berlin = pytz.timezone("Europe/Berlin")
winter = berlin.localize(datetime(2024, 1, 15, 12, 0))
assert winter.isoformat() == "2024-01-15T12:00:00+01:00"
assert winter.tzname() == "CET" and str(berlin) == berlin.zone == "Europe/Berlin"
assert winter.astimezone(pytz.utc).hour == 11
assert datetime(2024, 7, 1, 10, 0, tzinfo=pytz.utc).astimezone(berlin).hour == 12
assert berlin.normalize(winter + timedelta(days=180)).utcoffset() == timedelta(hours=2)
assert pytz.utc is pytz.UTC is pytz.timezone("utc")
assert datetime.now(pytz.utc).utcoffset() == timedelta(0)
assert datetime(2020, 1, 1, tzinfo=pytz.utc) == datetime(2020, 1, 1, tzinfo=timezone.utc)
assert pytz.FixedOffset(90).utcoffset(None) == timedelta(minutes=90)
assert "Europe/Berlin" in pytz.all_timezones and "Europe/Berlin" in pytz.common_timezones
try:
    pytz.timezone("Nowhere/Land")
except pytz.UnknownTimeZoneError as problem:
    assert isinstance(problem, KeyError)
else:
    raise AssertionError
try:
    berlin.localize(winter)
except ValueError:
    pass
else:
    raise AssertionError

# ---- oslo.utils
assert timeutils.utcnow().tzinfo is None
assert timeutils.utcnow(with_timezone=True).utcoffset() == timedelta(0)
assert len(uuidutils.generate_uuid()) == 36 and len(uuidutils.generate_uuid(dashed=False)) == 32
assert uuidutils.is_uuid_like(uuidutils.generate_uuid()) and not uuidutils.is_uuid_like("x")
assert importutils.try_import("no_such_package.part") is None
assert importutils.try_import("no_such_package", 7) == 7
assert importutils.import_class("datetime.timedelta") is timedelta

# ---- strenum
import enum

from strenum import LowercaseStrEnum, StrEnum


class Color(StrEnum):
    RED = enum.auto()


class Shade(LowercaseStrEnum):
    DARK = enum.auto()


assert Shade.DARK == "dark" and issubclass(Color, str) and Color.__members__["RED"] is Color.RED
