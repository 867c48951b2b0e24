"""alembic.autogenerate: what process_revision_directives() and render_item() are made with."""

from _alembic_ops import MigrationScript, OpContainer


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


class _Dispatch:
    """renderers, comparators: what is registered stays with Python's Alembic."""

    def dispatch_for(self, *names, **more):
        return lambda function: function


renderers = _Dispatch()
comparators = _Dispatch()


class _RewriterModule:
    Rewriter = Rewriter


rewriter = _RewriterModule
