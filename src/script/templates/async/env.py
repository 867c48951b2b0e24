"""Runs the migrations: how the database is reached, and which models it is compared with."""
import asyncio
from logging.config import fileConfig
import os

from alembic import context
from sqlalchemy import pool
from sqlalchemy.engine import Connection
from sqlalchemy.ext.asyncio import async_engine_from_config

config = context.config

if config.config_file_name is not None:
    fileConfig(config.config_file_name)

# The models that --autogenerate and check compare the database with:
#   from myapp.models import Base
#   target_metadata = Base.metadata
target_metadata = None


def database_url() -> str:
    """The URL of the configuration, else that of the environment."""
    url = config.get_main_option("sqlalchemy.url")
    if not url or url.startswith("driver://"):
        url = os.environ.get("DATABASE_URL")
    if not url:
        raise RuntimeError("set sqlalchemy.url in alembic.ini, or the variable DATABASE_URL")
    return url


def include_name(name, type_, parent_names) -> bool:
    """All but the table in which retort keeps who applied what."""
    return not (type_ == "table" and name == "retort_history")


def run_migrations_offline() -> None:
    """Print the SQL (--sql): no connection is made."""
    context.configure(
        url=database_url(),
        target_metadata=target_metadata,
        literal_binds=True,
        dialect_opts={"paramstyle": "named"},
    )

    with context.begin_transaction():
        context.run_migrations()


def do_run_migrations(connection: Connection) -> None:
    context.configure(
        connection=connection,
        target_metadata=target_metadata,
        include_name=include_name,
    )

    with context.begin_transaction():
        context.run_migrations()


async def run_async_migrations() -> None:
    settings = config.get_section(config.config_ini_section, {})
    settings["sqlalchemy.url"] = database_url()
    engine = async_engine_from_config(settings, prefix="sqlalchemy.", poolclass=pool.NullPool)

    async with engine.connect() as connection:
        await connection.run_sync(do_run_migrations)

    await engine.dispose()


def run_migrations_online() -> None:
    """Run the SQL on the database."""
    asyncio.run(run_async_migrations())


if context.is_offline_mode():
    run_migrations_offline()
else:
    run_migrations_online()
