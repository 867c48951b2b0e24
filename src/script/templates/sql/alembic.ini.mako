# Configuration of retort.

[alembic]
# The folder of the migrations, from this file's place.
script_location = ${script_location}
version_locations = ${script_location}
path_separator = newline

# The database. The environment variable DATABASE_URL is taken when this line is left out.
sqlalchemy.url = sqlite:///%(here)s/app.db

# What was applied when and by whom, in the table retort_history.
retort_history = true
