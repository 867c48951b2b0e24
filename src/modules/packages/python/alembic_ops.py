"""alembic.operations.ops and alembic.autogenerate: a new revision as env.py may look at it."""


class MigrateOperation:
    table_name = None
    schema = None


class OpContainer(MigrateOperation):
    def __init__(self, ops=()):
        self.ops = list(ops)

    def is_empty(self):
        return not any(not op.is_empty() if isinstance(op, OpContainer) else True
                       for op in self.ops)

    def as_diffs(self):
        return list(self.ops)


class ModifyTableOps(OpContainer):
    def __init__(self, table_name, ops, *, schema=None):
        super().__init__(ops)
        self.table_name = table_name
        self.schema = schema


class UpgradeOps(OpContainer):
    def __init__(self, ops=(), upgrade_token="upgrades"):
        super().__init__(ops)
        self.upgrade_token = upgrade_token


class DowngradeOps(OpContainer):
    def __init__(self, ops=(), downgrade_token="downgrades"):
        super().__init__(ops)
        self.downgrade_token = downgrade_token


class MigrationScript(MigrateOperation):
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


class CreateTableOp(MigrateOperation):
    pass


class DropTableOp(MigrateOperation):
    pass


class RenameTableOp(MigrateOperation):
    pass


class AlterTableOp(MigrateOperation):
    pass


class AddColumnOp(AlterTableOp):
    pass


class DropColumnOp(AlterTableOp):
    pass


class AlterColumnOp(AlterTableOp):
    pass


class CreateIndexOp(MigrateOperation):
    pass


class DropIndexOp(MigrateOperation):
    pass


class AddConstraintOp(MigrateOperation):
    pass


class CreatePrimaryKeyOp(AddConstraintOp):
    pass


class CreateForeignKeyOp(AddConstraintOp):
    pass


class CreateUniqueConstraintOp(AddConstraintOp):
    pass


class CreateCheckConstraintOp(AddConstraintOp):
    pass


class DropConstraintOp(MigrateOperation):
    pass


class CreateTableCommentOp(AlterTableOp):
    pass


class DropTableCommentOp(AlterTableOp):
    pass


class BulkInsertOp(MigrateOperation):
    pass


class ExecuteSQLOp(MigrateOperation):
    def __init__(self, sqltext, *, execution_options=None):
        self.sqltext = str(sqltext)


class AutogenContext:
    """What render_item() is given: `imports` takes lines for the head of the file."""

    @property
    def dialect(self):
        return self.migration_context.dialect

    @property
    def opts(self):
        return self.migration_context.opts


class Rewriter:
    """Functions by class of operation, each giving what to put in its place."""

    def __init__(self):
        self._rules = []
        self._next = None

    def rewrites(self, operator):
        operators = operator if isinstance(operator, tuple) else (operator,)

        def register(function):
            self._rules.append((operators, function))
            return function

        return register

    def chain(self, other):
        chained = Rewriter()
        chained._rules = list(self._rules)
        chained._next = other
        return chained

    def _rewrite(self, context, revision, directive):
        for operators, function in self._rules:
            if isinstance(directive, operators):
                made = function(context, revision, directive)
                if made is None or made is directive:
                    break
                return list(made) if isinstance(made, (list, tuple)) else [made]
        for name in ("_upgrade_ops", "_downgrade_ops"):
            if hasattr(directive, name):
                setattr(directive, name, [self._rewrite(context, revision, ops)[0]
                                          for ops in getattr(directive, name)])
        if isinstance(directive, OpContainer):
            directive.ops = [new for op in directive.ops
                             for new in self._rewrite(context, revision, op)]
        return [directive]

    def __call__(self, context, revision, directives):
        directives[:] = [new for directive in directives
                         for new in self._rewrite(context, revision, directive)]
        if self._next is not None:
            self._next(context, revision, directives)


class _Dispatch:
    """renderers, comparators: what is registered stays with Python's Alembic."""

    def dispatch_for(self, *names, **more):
        return lambda function: function


renderers = _Dispatch()
comparators = _Dispatch()


class _RewriterModule:
    Rewriter = Rewriter


rewriter = _RewriterModule
