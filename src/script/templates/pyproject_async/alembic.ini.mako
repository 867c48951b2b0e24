# Settings of the deployment; those of the source are in pyproject.toml.

[alembic]
# The database; as long as it is driver://..., the environment variable DATABASE_URL is. For example
#   sqlite+aiosqlite:///app.db
#   postgresql+asyncpg://user:password@localhost/database
sqlalchemy.url = driver://user:pass@localhost/dbname

# What env.py passes to Python's logging.config.fileConfig().
[loggers]
keys = root,sqlalchemy,alembic

[handlers]
keys = console

[formatters]
keys = generic

[logger_root]
level = WARNING
handlers = console
qualname =

# INFO shows every SQL statement.
[logger_sqlalchemy]
level = WARNING
handlers =
qualname = sqlalchemy.engine

[logger_alembic]
level = INFO
handlers =
qualname = alembic

[handler_console]
class = StreamHandler
args = (sys.stderr,)
level = NOTSET
formatter = generic

[formatter_generic]
format = %(levelname)-5.5s [%(name)s] %(message)s
datefmt = %H:%M:%S
