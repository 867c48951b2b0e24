"""Statements of DDL as objects, indexes made by themselves, and tables that are read from the database."""
import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import mysql, postgresql, sqlite
from sqlalchemy.schema import CreateIndex, CreateTable, DropIndex, DropTable, Index


def upgrade():
    bind = op.get_bind()
    metadata = sa.MetaData()
    a = sa.Table("a", metadata, sa.Column("id", sa.Integer, primary_key=True),
                 sa.Column("x", sa.String(5), nullable=False, server_default="q"), sa.Column("y", sa.Integer, index=True))
    index = sa.Index("ix_x", a.c.x, unique=True)
    for dialect in (postgresql, sqlite, mysql):
        for statement in (CreateTable(a), CreateIndex(index), DropTable(a), DropIndex(index)):
            print(str(statement.compile(dialect=dialect.dialect())))
    print(str(CreateTable(a).compile(bind)), str(CreateTable(a).compile(bind.engine)))
    op.execute(CreateTable(a))    # without its indexes
    bind.execute(CreateIndex(index))
    index.drop(bind)
    index.create(bind)
    index.create(bind, checkfirst=True)
    Index("late", a.c.y).create(bind)
    Index("late", a.c.y).drop(bind)
    print(sa.inspect(bind).get_indexes("a"), sa.inspect(bind).get_schema_names())
    print(a.c.x.server_default.arg, a.c.id.server_default)
    print(sa.Column("z", sa.Integer, server_default=sa.text("1")).server_default.arg.text)
    read = sa.Table("a", sa.MetaData(), autoload_with=bind)
    print(read.c.x.server_default.arg.text, [each.name for each in read.indexes], read.c.x.type.length)
    print([column.name for column in read.primary_key], read.primary_key.columns.keys(), "id" in read.primary_key.columns)
    print([each.columns.keys() for each in read.indexes])
    copy = sa.Table("c", sa.MetaData(), *[sa.Column(each.name, each.type, server_default=each.server_default,
                                                    nullable=each.nullable) for each in read.c])
    copy.create(bind)
    print(bind.execute(sa.text("SELECT sql FROM sqlite_master WHERE name = 'c'")).scalar())


def downgrade():
    pass
