### batch: add and drop
with op.batch_alter_table("child") as batch_op:
    batch_op.add_column(sa.Column("extra", sa.Integer(), nullable=True))
    batch_op.drop_column("note")
### batch: alter
with op.batch_alter_table("child") as batch_op:
    batch_op.alter_column("note", existing_type=sa.Text(), type_=sa.String(20), nullable=False, server_default="n")
### batch: rename
with op.batch_alter_table("child") as batch_op:
    batch_op.alter_column("note", new_column_name="remark", existing_type=sa.Text())
### batch: constraints
with op.batch_alter_table("child") as batch_op:
    batch_op.create_unique_constraint("uq_n", ["note"])
    batch_op.create_foreign_key("fk_p", "parent", ["parent_id"], ["id"], ondelete="CASCADE")
    batch_op.create_check_constraint("ck_n", "id > -5")
### batch: drop constraint
with op.batch_alter_table("child") as batch_op:
    batch_op.drop_constraint("uq_old", type_="unique")
    batch_op.drop_constraint("fk_old", type_="foreignkey")
### batch: indexes
with op.batch_alter_table("child") as batch_op:
    batch_op.create_index("ix_new", ["note", "id"], unique=False)
    batch_op.drop_index("ix_child_note")
### batch: index by f
with op.batch_alter_table("child", schema=None) as batch_op:
    batch_op.create_index(batch_op.f("ix_new"), ["id"], unique=True)
### batch: recreate always
with op.batch_alter_table("child", recreate="always") as batch_op:
    batch_op.add_column(sa.Column("first", sa.Integer), insert_before="note")
    batch_op.add_column(sa.Column("second", sa.Integer), insert_after="id")
### batch: never
with op.batch_alter_table("child", recreate="never") as batch_op:
    batch_op.add_column(sa.Column("first", sa.Integer))
### batch: copy_from
# differs on sqlite, online: the rename must not reach into views and triggers; indexes are kept
here = sa.Table("child", sa.MetaData(), sa.Column("id", sa.Integer, primary_key=True),
                sa.Column("parent_id", sa.Integer), sa.Column("note", sa.Text), sa.Column("flag", sa.Integer))
with op.batch_alter_table("child", copy_from=here) as batch_op:
    batch_op.alter_column("note", nullable=False, existing_type=sa.Text())
    batch_op.drop_column("flag")
### batch: copy_from with constraints
# differs on sqlite, online: the rename must not reach into views and triggers; indexes are kept
here = sa.Table("child", sa.MetaData(), sa.Column("id", sa.Integer, primary_key=True),
                sa.Column("parent_id", sa.Integer, sa.ForeignKey("parent.id", name="fk_old")),
                sa.Column("note", sa.Text), sa.Column("flag", sa.Integer),
                sa.UniqueConstraint("flag", name="uq_old"))
with op.batch_alter_table("child", copy_from=here) as batch_op:
    batch_op.drop_constraint("uq_old", type_="unique")
    batch_op.alter_column("note", new_column_name="remark")
### batch: table_args
with op.batch_alter_table("child", table_args=(sa.CheckConstraint("id < 100", name="ck_args"),), recreate="always") as batch_op:
    batch_op.drop_column("flag")
### batch: table_kwargs
with op.batch_alter_table("child", recreate="always", table_kwargs={"sqlite_autoincrement": True}) as batch_op:
    batch_op.drop_column("flag")
### batch: reflect_args
with op.batch_alter_table("child", reflect_args=[sa.Column("flag", sa.Boolean(create_constraint=True, name="ck_flag"))],
                          recreate="always") as batch_op:
    batch_op.drop_column("note")
### batch: reflect_kwargs and naming convention
with op.batch_alter_table("child", naming_convention={"uq": "uq_%(table_name)s_%(column_0_name)s"}) as batch_op:
    batch_op.create_unique_constraint(None, ["note"])
### batch: partial reordering
with op.batch_alter_table("child", partial_reordering=[("note", "id")], recreate="always") as batch_op:
    batch_op.alter_column("note", nullable=True, existing_type=sa.Text())
### batch: primary key
with op.batch_alter_table("loose", recreate="always") as batch_op:
    batch_op.create_primary_key("pk_loose", ["a"])
### batch: comments
# offline only
with op.batch_alter_table("child") as batch_op:
    batch_op.create_table_comment("about", existing_comment=None)
    batch_op.drop_table_comment(existing_comment="about")
### batch: execute
with op.batch_alter_table("child") as batch_op:
    batch_op.execute("UPDATE child SET note = 'b'")
    batch_op.add_column(sa.Column("z", sa.Integer))
### batch: alter boolean
with op.batch_alter_table("child") as batch_op:
    batch_op.alter_column("flag", existing_type=sa.Integer(), type_=sa.Boolean(), existing_nullable=True)
### batch: add column with foreign key
with op.batch_alter_table("child") as batch_op:
    batch_op.add_column(sa.Column("other_id", sa.Integer(), nullable=True))
    batch_op.create_foreign_key("fk_other", "parent", ["other_id"], ["id"])
### batch: add column with an expression as default
with op.batch_alter_table("child") as batch_op:
    batch_op.add_column(sa.Column("at", sa.Integer, server_default=sa.text("(1 + 2)")))
### batch: add computed column
with op.batch_alter_table("child") as batch_op:
    batch_op.add_column(sa.Column("twice", sa.Integer, sa.Computed("id * 2", persisted=True)))
### batch: statements run at once, changes at the end
# offline only
with op.batch_alter_table("child") as batch_op:
    batch_op.alter_column("note", existing_type=sa.Text(), nullable=False)
    batch_op.execute("UPDATE child SET note = ''")
    batch_op.alter_column("at", existing_type=sa.DateTime(), nullable=False)
batch_op.execute("UPDATE child SET flag = 0")
### batch: drop column if it exists
# offline only
with op.batch_alter_table("child") as batch_op:
    batch_op.drop_column("note", if_exists=True)
