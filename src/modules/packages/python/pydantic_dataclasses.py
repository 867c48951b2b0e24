"""pydantic.dataclasses: plain dataclasses."""
from dataclasses import dataclass as _dataclass


def dataclass(cls=None, *, config=None, **more):
    return _dataclass(cls, **more) if cls is not None else _dataclass(**more)
