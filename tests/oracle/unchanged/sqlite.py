"""What only SQLite has."""
import sqlalchemy as sa
from sqlalchemy import Column, Table
from sqlalchemy.dialects import sqlite

from common import add_types, metadata

add_types([sqlite.DATE(), sqlite.DATETIME(), sqlite.TIME(), sqlite.JSON(), sa.types.BLOB(), sa.types.CLOB(), sa.NCHAR(4),
           sa.NVARCHAR(5), sa.BINARY(3), sa.VARBINARY(4), sa.Text(100), sa.DATETIME(), sa.DOUBLE()], "own_type")
Table("generated_virtual", metadata, Column("id", sa.Integer, primary_key=True), Column("a", sa.Integer),
      Column("more", sa.Integer, sa.Computed("a + 1")), Column("less", sa.Integer, sa.Computed("a - 1", persisted=False)))
Table("options", metadata, Column("id", sa.Integer, primary_key=True), sqlite_autoincrement=True)
Table("without", metadata, Column("id", sa.Integer, primary_key=True), Column("a", sa.Text, nullable=False),
      sqlite_with_rowid=False)
Table("strict", metadata, Column("id", sa.INT, primary_key=True), Column("a", sa.TEXT), sqlite_strict=True)
Table("conflict", metadata, Column("id", sa.Integer, primary_key=True),
      Column("a", sa.Integer, nullable=False, sqlite_on_conflict_not_null="REPLACE"),
      sa.UniqueConstraint("a", name="uq_conflict", sqlite_on_conflict="IGNORE"))
