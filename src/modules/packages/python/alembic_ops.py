"""alembic.operations.ops: the operations of a new revision, which env.py may change and make.

An operation is written by `_write(op)`: the directive of `op` that it stands for.
"""


class MigrateOperation:
    info = {}
    table_name = None
    schema = None
    _mutations = frozenset()

    def reverse(self):
        from alembic.operations.ops import _reversed
        return _reversed(self)

    def to_diff_tuple(self):
        return (type(self).__name__, self)


class AddConstraintOp(MigrateOperation):
    @property
    def constraint_type(self):
        return self._type

    @classmethod
    def from_constraint(cls, constraint):
        from alembic.operations.ops import _from_item
        return _from_item(constraint)

    def to_constraint(self):
        from alembic.operations.ops import _to_item
        return _to_item(self)

    def to_diff_tuple(self):
        return ("add_fk" if self._type == "foreignkey" else "add_constraint", self.to_constraint())


class DropConstraintOp(MigrateOperation):
    def __init__(self, constraint_name, table_name, type_=None, *, schema=None, if_exists=None,
                 _reverse=None):
        self.constraint_name = constraint_name
        self.table_name = table_name
        self.constraint_type = type_
        self.schema = schema
        self.if_exists = if_exists
        self._reverse = _reverse

    @classmethod
    def from_constraint(cls, constraint):
        return AddConstraintOp.from_constraint(constraint).reverse()

    def to_constraint(self):
        return self.reverse().to_constraint()

    def to_diff_tuple(self):
        kind = "remove_fk" if self.constraint_type == "foreignkey" else "remove_constraint"
        return (kind, self.to_constraint())

    def _write(self, op):
        op.drop_constraint(self.constraint_name, self.table_name, self.constraint_type,
                           schema=self.schema, if_exists=self.if_exists)


class _KeyOp(AddConstraintOp):
    def __init__(self, constraint_name, table_name, columns, *, schema=None, **kw):
        self.constraint_name = constraint_name
        self.table_name = table_name
        self.columns = columns
        self.schema = schema
        self.kw = kw

    def _write(self, op):
        getattr(op, self._directive)(self.constraint_name, self.table_name, self.columns,
                                     schema=self.schema, **self.kw)


class CreatePrimaryKeyOp(_KeyOp):
    _type = "primarykey"
    _directive = "create_primary_key"


class CreateUniqueConstraintOp(_KeyOp):
    _type = "unique"
    _directive = "create_unique_constraint"


class CreateForeignKeyOp(AddConstraintOp):
    _type = "foreignkey"

    def __init__(self, constraint_name, source_table, referent_table, local_cols, remote_cols, **kw):
        self.constraint_name = constraint_name
        self.source_table = source_table
        self.referent_table = referent_table
        self.local_cols = local_cols
        self.remote_cols = remote_cols
        self.kw = kw

    @property
    def table_name(self):
        return self.source_table

    @property
    def schema(self):
        return self.kw.get("source_schema")

    def _write(self, op):
        op.create_foreign_key(self.constraint_name, self.source_table, self.referent_table,
                              self.local_cols, self.remote_cols, **self.kw)


class CreateCheckConstraintOp(AddConstraintOp):
    _type = "check"

    def __init__(self, constraint_name, table_name, condition, *, schema=None, **kw):
        self.constraint_name = constraint_name
        self.table_name = table_name
        self.condition = condition
        self.schema = schema
        self.kw = kw

    def _write(self, op):
        op.create_check_constraint(self.constraint_name, self.table_name, self.condition,
                                   schema=self.schema, **self.kw)


class CreateIndexOp(MigrateOperation):
    def __init__(self, index_name, table_name, columns, *, schema=None, unique=False,
                 if_not_exists=None, **kw):
        self.index_name = index_name
        self.table_name = table_name
        self.columns = columns
        self.schema = schema
        self.unique = unique
        self.if_not_exists = if_not_exists
        self.kw = kw

    @classmethod
    def from_index(cls, index):
        from alembic.operations.ops import _from_item
        return _from_item(index)

    def to_index(self):
        from alembic.operations.ops import _to_item
        return _to_item(self)

    def to_diff_tuple(self):
        return ("add_index", self.to_index())

    def _write(self, op):
        op.create_index(self.index_name, self.table_name, self.columns, schema=self.schema,
                        unique=self.unique, if_not_exists=self.if_not_exists, **self.kw)


class DropIndexOp(MigrateOperation):
    def __init__(self, index_name, table_name=None, *, schema=None, if_exists=None, _reverse=None,
                 **kw):
        self.index_name = index_name
        self.table_name = table_name
        self.schema = schema
        self.if_exists = if_exists
        self.kw = kw
        self._reverse = _reverse

    @classmethod
    def from_index(cls, index):
        return CreateIndexOp.from_index(index).reverse()

    def to_index(self):
        return self.reverse().to_index()

    def to_diff_tuple(self):
        return ("remove_index", self.to_index())

    def _write(self, op):
        op.drop_index(self.index_name, self.table_name, schema=self.schema,
                      if_exists=self.if_exists, **self.kw)


class CreateTableOp(MigrateOperation):
    def __init__(self, table_name, columns, *, schema=None, if_not_exists=None,
                 _namespace_metadata=None, _constraints_included=False, **kw):
        self.table_name = table_name
        self.columns = columns
        self.schema = schema
        self.if_not_exists = if_not_exists
        self.info = kw.pop("info", {})
        self.comment = kw.pop("comment", None)
        self.prefixes = kw.pop("prefixes", None)
        self.kw = kw

    @classmethod
    def from_table(cls, table, **keywords):
        from alembic.operations.ops import _from_item
        return _from_item(table)

    def to_table(self, migration_context=None):
        from alembic.operations.ops import _to_item
        return _to_item(self)

    def to_diff_tuple(self):
        return ("add_table", self.to_table())

    def _write(self, op):
        op.create_table(self.table_name, *self.columns, schema=self.schema, comment=self.comment,
                        prefixes=self.prefixes, if_not_exists=self.if_not_exists, **self.kw)


class DropTableOp(MigrateOperation):
    def __init__(self, table_name, *, schema=None, if_exists=None, table_kw=None, _reverse=None):
        self.table_name = table_name
        self.schema = schema
        self.if_exists = if_exists
        self.table_kw = table_kw or {}
        self._reverse = _reverse

    @classmethod
    def from_table(cls, table, **keywords):
        return CreateTableOp.from_table(table).reverse()

    def to_table(self, migration_context=None):
        return self.reverse().to_table()

    def to_diff_tuple(self):
        return ("remove_table", self.to_table())

    def _write(self, op):
        op.drop_table(self.table_name, schema=self.schema, if_exists=self.if_exists,
                      **self.table_kw)


class AlterTableOp(MigrateOperation):
    def __init__(self, table_name, *, schema=None):
        self.table_name = table_name
        self.schema = schema


class RenameTableOp(AlterTableOp):
    def __init__(self, old_table_name, new_table_name, *, schema=None):
        super().__init__(old_table_name, schema=schema)
        self.new_table_name = new_table_name

    def _write(self, op):
        op.rename_table(self.table_name, self.new_table_name, schema=self.schema)


class CreateTableCommentOp(AlterTableOp):
    def __init__(self, table_name, comment, *, schema=None, existing_comment=None):
        super().__init__(table_name, schema=schema)
        self.comment = comment
        self.existing_comment = existing_comment

    def _write(self, op):
        op.create_table_comment(self.table_name, self.comment, schema=self.schema,
                                existing_comment=self.existing_comment)


class DropTableCommentOp(AlterTableOp):
    def __init__(self, table_name, *, schema=None, existing_comment=None):
        super().__init__(table_name, schema=schema)
        self.existing_comment = existing_comment

    def _write(self, op):
        op.drop_table_comment(self.table_name, schema=self.schema,
                              existing_comment=self.existing_comment)


class AlterColumnOp(AlterTableOp):
    def __init__(self, table_name, column_name, *, schema=None, existing_type=None,
                 existing_server_default=False, existing_nullable=None, existing_comment=None,
                 modify_nullable=None, modify_comment=False, modify_server_default=False,
                 modify_name=None, modify_type=None, **kw):
        super().__init__(table_name, schema=schema)
        self.column_name = column_name
        self.existing_type = existing_type
        self.existing_server_default = existing_server_default
        self.existing_nullable = existing_nullable
        self.existing_comment = existing_comment
        self.modify_nullable = modify_nullable
        self.modify_comment = modify_comment
        self.modify_server_default = modify_server_default
        self.modify_name = modify_name
        self.modify_type = modify_type
        self.kw = kw

    def has_changes(self):
        return (self.modify_nullable is not None or self.modify_comment is not False
                or self.modify_server_default is not False or self.modify_name is not None
                or self.modify_type is not None)

    def to_diff_tuple(self):
        existing = {"existing_" + name: getattr(self, "existing_" + name)
                    for name in ("nullable", "type", "server_default", "comment")}
        return [("modify_" + name if name != "server_default" else "modify_default", self.schema,
                 self.table_name, self.column_name,
                 {key: value for key, value in existing.items() if key != "existing_" + name},
                 existing["existing_" + name], getattr(self, "modify_" + name))
                for name, unchanged in (("type", None), ("nullable", None),
                                        ("server_default", False), ("comment", False))
                if getattr(self, "modify_" + name) is not unchanged]

    def _write(self, op):
        op.alter_column(self.table_name, self.column_name, schema=self.schema,
                        nullable=self.modify_nullable, comment=self.modify_comment,
                        server_default=self.modify_server_default,
                        new_column_name=self.modify_name, type_=self.modify_type,
                        existing_type=self.existing_type, existing_nullable=self.existing_nullable,
                        existing_server_default=self.existing_server_default,
                        existing_comment=self.existing_comment, **self.kw)


class AddColumnOp(AlterTableOp):
    def __init__(self, table_name, column, *, schema=None, if_not_exists=None, **kw):
        super().__init__(table_name, schema=schema)
        self.column = column
        self.if_not_exists = if_not_exists
        self.kw = kw

    @classmethod
    def from_column(cls, column):
        return cls(column.table.name, column, schema=column.table.schema)

    @classmethod
    def from_column_and_tablename(cls, schema, tname, column):
        return cls(tname, column, schema=schema)

    def to_column(self):
        return self.column

    def to_diff_tuple(self):
        return ("add_column", self.schema, self.table_name, self.column)

    def _write(self, op):
        op.add_column(self.table_name, self.column, schema=self.schema,
                      if_not_exists=self.if_not_exists, **self.kw)


class DropColumnOp(AlterTableOp):
    def __init__(self, table_name, column_name, *, schema=None, if_exists=None, _reverse=None,
                 **kw):
        super().__init__(table_name, schema=schema)
        self.column_name = column_name
        self.if_exists = if_exists
        self.kw = kw
        self._reverse = _reverse

    @classmethod
    def from_column_and_tablename(cls, schema, tname, column):
        return cls(tname, column.name, schema=schema, _reverse=AddColumnOp(tname, column, schema=schema))

    def to_column(self):
        return self.reverse().column

    def to_diff_tuple(self):
        return ("remove_column", self.schema, self.table_name, self.to_column())

    def _write(self, op):
        op.drop_column(self.table_name, self.column_name, schema=self.schema,
                       if_exists=self.if_exists, **self.kw)


class BulkInsertOp(MigrateOperation):
    def __init__(self, table, rows, *, multiinsert=True):
        self.table = table
        self.rows = rows
        self.multiinsert = multiinsert

    def _write(self, op):
        op.bulk_insert(self.table, self.rows, multiinsert=self.multiinsert)


class ExecuteSQLOp(MigrateOperation):
    def __init__(self, sqltext, *, execution_options=None):
        self.sqltext = sqltext
        self.execution_options = execution_options

    def _write(self, op):
        op.execute(self.sqltext)


class OpContainer(MigrateOperation):
    def __init__(self, ops=()):
        self.ops = list(ops)

    def is_empty(self):
        return not any(not op.is_empty() if isinstance(op, OpContainer) else True
                       for op in self.ops)

    def as_diffs(self):
        return [diff for op in self.ops
                for diff in (op.as_diffs() if isinstance(op, OpContainer) else [op.to_diff_tuple()])]

    def reverse(self):
        return self._reverse_into(type(self)())

    def _reverse_into(self, container):
        container.ops = [op.reverse() for op in reversed(self.ops)]
        return container


class ModifyTableOps(OpContainer):
    def __init__(self, table_name, ops, *, schema=None):
        super().__init__(ops)
        self.table_name = table_name
        self.schema = schema

    def reverse(self):
        return self._reverse_into(ModifyTableOps(self.table_name, (), schema=self.schema))


class UpgradeOps(OpContainer):
    def __init__(self, ops=(), upgrade_token="upgrades"):
        super().__init__(ops)
        self.upgrade_token = upgrade_token

    def reverse_into(self, downgrade_ops):
        return self._reverse_into(downgrade_ops)

    def reverse(self):
        return self.reverse_into(DowngradeOps())


class DowngradeOps(OpContainer):
    def __init__(self, ops=(), downgrade_token="downgrades"):
        super().__init__(ops)
        self.downgrade_token = downgrade_token

    def reverse(self):
        return self._reverse_into(UpgradeOps())


class MigrationScript(MigrateOperation):
    def __init__(self, rev_id, upgrade_ops, downgrade_ops, *, message=None, imports=(), head=None,
                 splice=None, branch_label=None, version_path=None, depends_on=None):
        self.rev_id = rev_id
        self.message = message
        self.imports = set(imports)
        self.head = head
        self.splice = splice
        self.branch_label = branch_label
        self.version_path = version_path
        self.depends_on = depends_on
        self.upgrade_ops = upgrade_ops
        self.downgrade_ops = downgrade_ops

    @property
    def upgrade_ops(self):
        return self._only(self._upgrade_ops, "UpgradeOps", "upgrade_ops_list")

    @upgrade_ops.setter
    def upgrade_ops(self, ops):
        self._upgrade_ops = list(ops) if isinstance(ops, (list, tuple)) else [ops]

    @property
    def downgrade_ops(self):
        return self._only(self._downgrade_ops, "DowngradeOps", "downgrade_ops_list")

    @downgrade_ops.setter
    def downgrade_ops(self, ops):
        self._downgrade_ops = list(ops) if isinstance(ops, (list, tuple)) else [ops]

    # One for each database.
    @property
    def upgrade_ops_list(self):
        return self._upgrade_ops

    @property
    def downgrade_ops_list(self):
        return self._downgrade_ops

    def _only(self, all_ops, kind, name):
        if len(all_ops) > 1:
            raise ValueError("This MigrationScript instance has a multiple-entry list for %s; "
                             "please use the %s attribute." % (kind, name))
        return all_ops[0] if all_ops else None
