"""alembic_utils: functions, views, triggers and other objects of PostgreSQL that op.create_entity(),
op.drop_entity() and op.replace_entity() make, drop and replace."""
import re

import sqlalchemy as sa
from alembic.operations import MigrateOperation, Operations


def _quoted(name):
    return '"%s"' % name.replace('"', "")


def _plain(text):
    """On one line, without quotes: how the names of entities are compared and written."""
    return re.sub(r"\s+", " ", text).strip().replace('"', "")


def _statement(text):
    # A colon would begin a parameter.
    return sa.text(re.sub(r"\\?:", lambda _: "\\:", text))


class ReplaceableEntity:
    cascade = "cascade"

    def __init__(self, schema, signature, definition):
        self.schema = _plain(schema)
        self.signature = _plain(signature)
        self.definition = definition.strip().rstrip(";").replace("\\:", ":")

    @property
    def literal_schema(self):
        return _quoted(self.schema)

    @property
    def identity(self):
        return "%s: %s.%s" % (type(self).__name__, self.schema, self.signature)

    def to_sql_statement_drop(self, cascade=False, if_exists=False):
        return _statement("DROP %s %s%s%s%s" % (
            self.kind, "IF EXISTS " if if_exists else "", self._target(),
            " " + self.cascade if cascade else "", ";" if if_exists else ""))

    def to_sql_statement_create_or_replace(self):
        yield self.to_sql_statement_drop(if_exists=True)
        yield self.to_sql_statement_create()

    @classmethod
    def from_path(cls, path):
        with path.open() as file:
            return cls.from_sql(file.read())

    @classmethod
    def from_sql(cls, sql):
        found = re.match(cls.pattern, sql.strip().rstrip(";"), re.S | re.I)
        if not found:
            raise ValueError("Failed to parse SQL into %s: %s" % (cls.__name__, sql))
        return cls(**found.groupdict())


class PGFunction(ReplaceableEntity):
    kind = "FUNCTION"
    pattern = (r"create\s+(?:or\s+replace\s+)?function\s+(?P<schema>[^.\s(]+)\.(?P<signature>"
               r"[^(]+\(.*?\))\s+(?P<definition>returns\b.*)")

    def to_sql_statement_create(self):
        name, _, parameters = self.signature.partition("(")
        return _statement("CREATE FUNCTION %s.%s(%s %s"
                          % (self.literal_schema, _quoted(name.strip()), parameters,
                             self.definition))

    def to_sql_statement_create_or_replace(self):
        text = self.to_sql_statement_create().text.replace("\\:", ":")
        yield _statement(text.replace("CREATE FUNCTION", "CREATE OR REPLACE FUNCTION", 1))

    def _target(self):
        name, _, parameters = self.signature.partition("(")
        # Defaults are no part of a signature: f(a int DEFAULT 1), f(a int = 1).
        parameters = ", ".join(re.split(r"\s+default\s+|=", one, flags=re.I)[0].strip()
                               for one in parameters.rstrip(") ").split(","))
        return "%s.%s(%s)" % (self.literal_schema, _quoted(name.strip()), parameters)


class PGView(ReplaceableEntity):
    kind = "VIEW"
    pattern = (r"create\s+(?:or\s+replace\s+)?view\s+(?P<schema>[^.\s]+)\.(?P<signature>\S+)\s+as\s+"
               r"(?P<definition>.*)")

    def _target(self):
        return "%s.%s" % (self.literal_schema, _quoted(self.signature))

    def to_sql_statement_create(self):
        return _statement("CREATE VIEW %s AS %s;" % (self._target(), self.definition))

    def to_sql_statement_create_or_replace(self):
        # What depends on a view keeps it from being dropped: that comes second.
        target = self._target()
        yield _statement("""do $$
            begin
                CREATE OR REPLACE VIEW %s AS %s;

            exception when others then
                DROP VIEW IF EXISTS %s;

                CREATE VIEW %s AS %s;
            end;
        $$ language 'plpgsql'""" % (target, self.definition, target, target, self.definition))


class PGMaterializedView(PGView):
    kind = "MATERIALIZED VIEW"
    pattern = (r"create\s+materialized\s+view\s+(?P<schema>[^.\s]+)\.(?P<signature>\S+)\s+as\s+"
               r"(?P<definition>.*)")

    def __init__(self, schema, signature, definition, with_data=True):
        super().__init__(schema, signature, definition)
        self.with_data = with_data

    def to_sql_statement_create(self):
        return self._made(";")

    def _made(self, end):
        return _statement("CREATE MATERIALIZED VIEW %s AS %s WITH %sDATA%s" % (
            self._target(), self.definition, "" if self.with_data else "NO ", end))

    def to_sql_statement_create_or_replace(self):
        yield self.to_sql_statement_drop(if_exists=True)
        yield self._made("")


class PGExtension(ReplaceableEntity):
    kind = "EXTENSION"
    cascade = "CASCADE"

    def __init__(self, schema, signature):
        super().__init__(schema, signature, "")

    def _target(self):
        return _quoted(self.signature)

    def to_sql_statement_create(self):
        return _statement("CREATE EXTENSION %s WITH SCHEMA %s;"
                          % (self._target(), self.literal_schema))


class _OnEntity(ReplaceableEntity):
    def __init__(self, schema, signature, definition, on_entity):
        super().__init__(schema, signature, definition)
        self.on_entity = on_entity if "." in on_entity else "%s.%s" % (schema, on_entity)

    def _target(self):
        return "%s ON %s" % (_quoted(self.signature), self.on_entity)


class PGTrigger(_OnEntity):
    kind = "TRIGGER"

    def __init__(self, schema, signature, definition, on_entity, is_constraint=False):
        super().__init__(schema, signature, definition, on_entity)
        self.is_constraint = is_constraint

    def to_sql_statement_create(self):
        # The table may be named in the definition without its schema.
        table = self.on_entity.split(".")[-1]
        definition = re.sub(r"\bon\s+(?:[\w\"]+\.)?\"?%s\"?" % re.escape(table.strip('"')),
                            lambda _: "ON " + self.on_entity, self.definition, count=1,
                            flags=re.I)
        return _statement("CREATE %sTRIGGER %s %s"
                          % ("CONSTRAINT " if self.is_constraint else "", _quoted(self.signature),
                             definition))


class PGPolicy(_OnEntity):
    kind = "POLICY"

    def _target(self):
        return "%s on %s" % (self.signature, self.on_entity)

    def to_sql_statement_create(self):
        return _statement("CREATE POLICY %s on %s %s"
                          % (self.signature, self.on_entity, self.definition))


class _EntityOperation(MigrateOperation):
    def __init__(self, target, cascade=False):
        self.target = target
        self.cascade = cascade

    @classmethod
    def invoke_for_target(cls, operations, target, cascade=False):
        return operations.invoke(cls(target, cascade))


@Operations.register_operation("create_entity", "invoke_for_target")
class CreateOp(_EntityOperation):
    pass


@Operations.register_operation("drop_entity", "invoke_for_target")
class DropOp(_EntityOperation):
    pass


@Operations.register_operation("replace_entity", "invoke_for_target")
class ReplaceOp(_EntityOperation):
    pass


@Operations.implementation_for(CreateOp)
def create_entity(operations, operation):
    operations.execute(operation.target.to_sql_statement_create())


@Operations.implementation_for(DropOp)
def drop_entity(operations, operation):
    operations.execute(operation.target.to_sql_statement_drop(cascade=operation.cascade))


@Operations.implementation_for(ReplaceOp)
def replace_entity(operations, operation):
    for statement in operation.target.to_sql_statement_create_or_replace():
        operations.execute(statement)


def register_entities(*entities, **options):
    """For autogenerate, which reads models; a migration needs none of it."""
