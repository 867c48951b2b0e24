"""oslo.utils: the time and the identifiers that OpenStack's scripts and models ask for."""
import datetime
import importlib
import time
import uuid

import _support


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


def import_module(import_str):
    return importlib.import_module(import_str)


def import_class(import_str):
    module, _, name = import_str.rpartition(".")
    return getattr(import_module(module), name)


def import_object(import_str, *args, **kwargs):
    return import_class(import_str)(*args, **kwargs)


def try_import(import_str, default=None):
    """What is no part of the project isn't there."""
    found = import_module(import_str)
    return default if _support.is_unknown(found) else found
