# Settings of the migrations, for retort and for Alembic.

[alembic]
# The folder of env.py and versions/. %(here)s is the folder of this file.
script_location = ${script_location}

# Where imports in env.py and in revisions start: ':' stands between several paths.
prepend_sys_path = .
path_separator = os

# More folders of revisions; the default is versions/ below script_location.
# version_locations = %(here)s/app/versions:%(here)s/plugin/versions
# Also look into the folders below them.
# recursive_version_locations = true

# The file name of a new revision, without ".py". There are rev, slug, epoch, year, month, day, hour,
# minute and second.
# file_template = %%(year)d_%%(month).2d_%%(day).2d_%%(hour).2d%%(minute).2d-%%(rev)s_%%(slug)s
# truncate_slug_length = 40

# The time zone of "Create Date", as an IANA name; empty means local time.
# timezone = UTC

# Run env.py for every new revision, not only with --autogenerate.
# revision_environment = true

# The database; as long as it is driver://..., the environment variable DATABASE_URL is. For example
#   sqlite:///app.db
#   postgresql://user:password@localhost/database
sqlalchemy.url = driver://user:pass@localhost/dbname

# retort alone reads these; Alembic leaves them aside.
# Who applied which revision, and when: the table retort_history.
retort_history = true

# Programs that run on the file of a new revision.
[post_write_hooks]
# hooks = ruff
# ruff.type = exec
# ruff.executable = ruff
# ruff.options = format REVISION_SCRIPT_FILENAME

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
