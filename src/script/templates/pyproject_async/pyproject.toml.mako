[tool.alembic]
# The folder of env.py and versions/. %(here)s is the folder of this file.
script_location = "${script_location}"

# Where imports in env.py and in revisions start.
prepend_sys_path = ["."]

# More folders of revisions; the default is versions/ below script_location.
# version_locations = ["%(here)s/app/versions", "%(here)s/plugin/versions"]
# Also look into the folders below them.
# recursive_version_locations = true

# The file name of a new revision, without ".py". There are rev, slug, epoch, year, month, day, hour,
# minute and second.
# file_template = "%%(year)d_%%(month).2d_%%(day).2d_%%(hour).2d%%(minute).2d-%%(rev)s_%%(slug)s"
# truncate_slug_length = 40

# The time zone of "Create Date", as an IANA name; without it, local time.
# timezone = "UTC"

# Run env.py for every new revision, not only with --autogenerate.
# revision_environment = true

# retort alone reads this, Alembic leaves it aside: who applied which revision, and when, in the table
# retort_history.
retort_history = true

# Programs that run on the file of a new revision.
# [[tool.alembic.post_write_hooks]]
# name = "ruff"
# type = "exec"
# executable = "ruff"
# options = "format REVISION_SCRIPT_FILENAME"
