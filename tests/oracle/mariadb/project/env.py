import os

from alembic import context
from sqlalchemy import create_engine

url = os.environ["DATABASE_URL"].replace("postgresql://", "postgresql+psycopg2://")
with create_engine(url).connect() as connection:
    context.configure(connection=connection, version_table="inspection_version")
    with context.begin_transaction():
        context.run_migrations()
