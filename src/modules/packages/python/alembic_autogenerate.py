"""alembic.autogenerate: what process_revision_directives() and render_item() are made with."""

from _alembic_ops import MigrationScript, OpContainer


class AutogenContext:
    """What render_item(), comparators and renderers are given: `imports` takes lines for the head
    of the file."""

    def __init__(self, migration_context=None):
        if migration_context is None:
            from alembic import context

            migration_context = context.get_context()
        self.migration_context = migration_context
        self.imports = set()

    @property
    def dialect(self):
        return self.migration_context.dialect

    @property
    def opts(self):
        return self.migration_context.opts

    @property
    def metadata(self):
        return self.opts.get("target_metadata")

    @property
    def connection(self):
        return self.migration_context.bind

    bind = connection

    @property
    def inspector(self):
        from sqlalchemy import inspect

        return inspect(self.connection)

    def _metadatas(self):
        given = self.metadata
        return given if isinstance(given, (list, tuple)) else [given]

    @property
    def sorted_tables(self):
        return [table for one in self._metadatas() for table in one.sorted_tables]

    @property
    def table_key_to_table(self):
        return {key: table for one in self._metadatas() for key, table in one.tables.items()}

    def run_name_filters(self, name, type_, parent_names):
        function = self.opts.get("include_name")
        return function is None or bool(function(name, type_, parent_names))

    def run_object_filters(self, object_, name, type_, reflected, compare_to):
        function = self.opts.get("include_object")
        return function is None or bool(function(object_, name, type_, reflected, compare_to))

    def _schemas(self):
        """Those that are compared, the default one as None."""
        if not self.opts.get("include_schemas"):
            return {None}
        inspector = self.inspector
        names = set(inspector.get_schema_names()) - {"information_schema"}
        names = {None if name == inspector.default_schema_name else name for name in names}
        return {name for name in names if self.run_name_filters(name, "schema", {})}


class Rewriter:
    """Functions by class of operation, each giving what to put in its place."""

    def __init__(self):
        self._rules = {}
        self._chained = ()

    def rewrites(self, operator):
        def register(function):
            self._rules[operator] = function
            return function

        return register

    def chain(self, other):
        chained = Rewriter()
        chained._rules = self._rules
        chained._chained = self._chained + (other,)
        return chained

    def _rewrite(self, context, revision, directive):
        rule = next((self._rules[cls] for cls in type(directive).__mro__ if cls in self._rules), None)
        if rule is None or self in directive._mutations:
            return [directive]
        made = rule(context, revision, directive)
        if made is None:
            return []
        made = list(made) if isinstance(made, (list, tuple)) else [made]
        for one in made:
            one._mutations = one._mutations | {self}
        return made

    def _only(self, context, revision, directive):
        made = self._traverse(context, revision, directive)
        if len(made) != 1:
            raise ValueError("Can only return single object for %s traverse"
                             % type(directive).__name__)
        return made[0]

    def _traverse(self, context, revision, directive):
        made = self._rewrite(context, revision, directive)
        for one in made:
            if isinstance(one, MigrationScript):
                one.upgrade_ops = [self._only(context, revision, ops)
                                   for ops in one.upgrade_ops_list]
                one.downgrade_ops = [self._only(context, revision, ops)
                                     for ops in one.downgrade_ops_list]
            elif isinstance(one, OpContainer):
                self._traverse_all(context, revision, one.ops)
        return made

    def _traverse_all(self, context, revision, directives):
        directives[:] = [made for directive in directives
                         for made in self._traverse(context, revision, directive)]

    def process_revision_directives(self, context, revision, directives):
        self._traverse_all(context, revision, directives)

    def __call__(self, context, revision, directives):
        self.process_revision_directives(context, revision, directives)
        for other in self._chained:
            other(context, revision, directives)


class Dispatcher:
    """Functions by what they are for; of comparators all that were registered, in their order."""

    def __init__(self):
        self._functions = {}

    def dispatch_for(self, target, qualifier="default", **more):
        def register(function):
            self._functions.setdefault(target, []).append((qualifier, function))
            return function

        return register

    def _of_class(self, cls, dialect):
        for base in cls.__mro__:
            for qualifier, function in reversed(self._functions.get(base, [])):
                if qualifier in ("default", dialect):
                    return function
        return None


renderers = Dispatcher()
comparators = Dispatcher()


def _registered():
    return bool(renderers._functions or comparators._functions)


def _compare(context, upgrade_ops, downgrade_ops):
    """What the project's own comparators find, before all else."""
    for target in comparators._functions:
        if target != "schema":
            from alembic.util import CommandError

            raise CommandError("retort runs comparators of 'schema', not of %r" % (target,))
    found = type(upgrade_ops)()
    autogen_context = AutogenContext(context)
    schemas = autogen_context._schemas()
    for qualifier, function in comparators._functions.get("schema", []):
        if qualifier in ("default", context.dialect.name):
            function(autogen_context, found, schemas)
    upgrade_ops.ops[:0] = found.ops
    downgrade_ops.ops += [op.reverse() for op in reversed(found.ops)]


def _render(op):
    """The lines that the project's renderer gives for an operation, and its imports."""
    context = AutogenContext()
    function = renderers._of_class(type(op), context.dialect.name)
    if function is None:
        return None
    text = function(context, op)
    return (text if isinstance(text, str) else "\n".join(text)), context.imports


class _RewriterModule:
    Rewriter = Rewriter


rewriter = _RewriterModule
