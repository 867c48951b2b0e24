"""oslo.utils: the time and the identifiers that OpenStack's scripts and models ask for."""
import datetime
import time
import uuid


def utcnow(with_timezone=False):
    now = datetime.datetime.now(datetime.timezone.utc)
    return now if with_timezone else now.replace(tzinfo=None)


def utcnow_ts(microsecond=False):
    return time.time() if microsecond else int(time.time())


def generate_uuid(dashed=True):
    made = uuid.uuid4()
    return str(made) if dashed else made.hex


def is_uuid_like(val):
    try:
        return uuid.UUID(str(val)).hex == str(val).lower().replace("urn:", "").replace(
            "uuid:", "").strip("{}").replace("-", "")
    except (TypeError, ValueError, AttributeError):
        return False
