"""Runs the migrations of several databases: how they are reached, and which models they have."""
from logging.config import fileConfig

from alembic import context
from sqlalchemy import engine_from_config
from sqlalchemy import pool

config = context.config

if config.config_file_name is not None:
    fileConfig(config.config_file_name)

# The databases, each a section of the configuration with its own sqlalchemy.url.
names = [name.strip() for name in config.get_main_option("databases", "").split(",")]

# The models of each database, that --autogenerate and check compare it with:
#   from myapp import models1, models2
#   target_metadata = {"engine1": models1.metadata, "engine2": models2.metadata}
target_metadata = {}


def include_name(name, type_, parent_names) -> bool:
    """All but the table in which retort keeps who applied what."""
    return not (type_ == "table" and name == "retort_history")


def run_migrations_offline() -> None:
    """Print the SQL of one database after the other (--sql): no connection is made."""
    for name in names:
        context.configure(
            url=config.get_section_option(name, "sqlalchemy.url"),
            target_metadata=target_metadata.get(name),
            literal_binds=True,
            dialect_opts={"paramstyle": "named"},
        )

        with context.begin_transaction():
            context.run_migrations(engine_name=name)


def run_migrations_online() -> None:
    """Run the SQL on all databases; none is committed before the last one is done."""
    connections = {}
    transactions = []
    try:
        for name in names:
            engine = engine_from_config(
                config.get_section(name, {}), prefix="sqlalchemy.", poolclass=pool.NullPool
            )
            connections[name] = engine.connect()
            transactions.append(connections[name].begin())

        for name, connection in connections.items():
            context.configure(
                connection=connection,
                upgrade_token=name + "_upgrades",
                downgrade_token=name + "_downgrades",
                target_metadata=target_metadata.get(name),
                include_name=include_name,
            )
            context.run_migrations(engine_name=name)

        for transaction in transactions:
            transaction.commit()
    except:
        for transaction in transactions:
            transaction.rollback()
        raise
    finally:
        for connection in connections.values():
            connection.close()


if context.is_offline_mode():
    run_migrations_offline()
else:
    run_migrations_online()
