### create_primary_key
# offline only
op.create_primary_key("pk_x", "child", ["id", "note"])
### create_unique_constraint
# offline only
op.create_unique_constraint("uq_x", "child", ["note", "id"], schema="other")
op.create_unique_constraint("uq_y", "child", ["note"], deferrable=True, initially="DEFERRED")
### create_check_constraint
# offline only
op.create_check_constraint("ck_x", "child", "id > 0")
op.create_check_constraint("ck_y", "child", sa.func.length(sa.column("note")) > 5)
op.create_check_constraint("ck_z", "child", sa.and_(sa.column("id") > 1, sa.column("note").in_(["a", "b'c"])))
### create_foreign_key
# offline only
op.create_foreign_key("fk_x", "child", "parent", ["parent_id"], ["id"], ondelete="CASCADE", onupdate="RESTRICT")
op.create_foreign_key("fk_y", "child", "parent", ["parent_id"], ["id"], source_schema="a", referent_schema="b")
op.create_foreign_key("fk_z", "child", "parent", ["parent_id"], ["id"], deferrable=True, initially="IMMEDIATE")
op.create_foreign_key(None, "child", "parent", ["parent_id"], ["id"])
### create_foreign_key: options of PostgreSQL
# offline only
op.create_foreign_key("fk_nv", "child", "parent", ["parent_id"], ["id"], postgresql_not_valid=True)
### create_foreign_key: match
# offline only
op.create_foreign_key("fk_m", "child", "parent", ["parent_id"], ["id"], match="FULL")
### create_foreign_key: itself
# offline only
op.create_foreign_key("fk_self", "child", "child", ["parent_id"], ["id"])
### drop_constraint
# offline only
op.drop_constraint("x", "child", type_="unique")
op.drop_constraint("x", "child", type_="foreignkey")
op.drop_constraint("x", "child", type_="primary")
op.drop_constraint("x", "child", type_="check", schema="other")
### drop_constraint: without a type
# offline only
op.drop_constraint("x", "child")
### drop_constraint: if exists
# offline only
op.drop_constraint("x", "child", type_="check", if_exists=True)
### create_exclude_constraint
# offline only
op.create_exclude_constraint("ex", "child", ("room", "="), ("during", "&&"), using="gist", where=sa.text("id > 1"))
### create_index
op.create_index("ix_x", "child", ["note", "id"])
op.create_index("ix_y", "child", ["note"], unique=True)
### create_index: expressions
op.create_index("ix_e", "child", [sa.text("lower(note)"), "id"])
### create_index: expression of func
op.create_index("ix_f", "child", [sa.func.upper(sa.column("note"))])
### create_index: partial
op.create_index("ix_p", "child", ["note"], sqlite_where=sa.text("id > 5"), postgresql_where=sa.text("id > 5"))
### create_index: partial by an expression
op.create_index("ix_p", "child", ["note"], sqlite_where=sa.column("id") > 5, postgresql_where=sa.column("id") == 5)
### create_index: options of PostgreSQL
op.create_index("ix_g", "child", ["note"], postgresql_using="gin", postgresql_ops={"note": "gin_trgm_ops"},
                postgresql_with={"fastupdate": "off"}, postgresql_include=["id"])
### create_index: concurrently
# offline only
with op.get_context().autocommit_block():
    op.create_index("ix_c", "child", ["note"], postgresql_concurrently=True, if_not_exists=True)
with op.get_context().autocommit_block():
    op.drop_index("ix_c", "child", postgresql_concurrently=True, if_exists=True)
### create_index: nulls not distinct
op.create_index("ix_n", "child", ["note"], unique=True, postgresql_nulls_not_distinct=True)
### create_index: options of MySQL
op.create_index("ix_m", "child", ["note"], mysql_length=10, mysql_prefix="FULLTEXT")
### create_index: order
op.create_index("ix_o", "child", [sa.text("note DESC"), sa.column("id").desc()])
### create_index: schema and if not exists
# offline only
op.create_index("ix_s", "child", ["note"], schema="other", if_not_exists=True)
### drop_index
op.drop_index("ix_child_note", table_name="child")
### drop_index: if exists and schema
# offline only
op.drop_index("ix_q", "child", if_exists=True)
op.drop_index("ix_q", table_name="child", schema="other")
### create_index: the class of an expression's operators
# offline only
op.create_index("ix_child_note_lower", "child", [sa.text("lower(note)")], postgresql_using="gin",
                postgresql_ops={"lower(note)": "gin_trgm_ops"})
