"""sqlalchemy.ext.asyncio: engines that are awaited; the work is done plainly."""
from sqlalchemy.engine import (
    AsyncConnection, AsyncEngine, AsyncTransaction, async_engine_from_config, create_async_engine)


class AsyncAttrs:
    pass


class AsyncSession:
    def __init__(self, bind=None, **kw):
        self.bind = bind


def async_sessionmaker(bind=None, *, class_=AsyncSession, **kw):
    return lambda **more: class_(bind, **{**kw, **more})


def async_scoped_session(session_factory, scopefunc):
    return session_factory


class AsyncSessionTransaction:
    pass
