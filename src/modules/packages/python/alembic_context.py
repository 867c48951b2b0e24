"""alembic.context: what env.py says of the database and the models, and what it runs."""
import _environment
import _support
from alembic.config import config
from alembic.op import get_bind, get_context as _get_context
from alembic.util import CommandError

_option_names = (
    "connection", "url", "dialect_name", "dialect_opts", "transactional_ddl",
    "transaction_per_migration", "output_buffer", "starting_rev", "tag", "template_args",
    "render_as_batch", "target_metadata", "include_name", "include_object", "include_schemas",
    "process_revision_directives", "compare_type", "compare_server_default", "render_item",
    "literal_binds", "upgrade_token", "downgrade_token", "alembic_module_prefix",
    "sqlalchemy_module_prefix", "user_module_prefix", "on_version_apply", "autogenerate_plugins")


def configure(connection=None, url=None, dialect_name=None, dialect_opts=None,
              transactional_ddl=None, transaction_per_migration=None, output_buffer=None,
              starting_rev=None, tag=None, template_args=None, render_as_batch=None,
              target_metadata=None, include_name=None, include_object=None, include_schemas=None,
              process_revision_directives=None, compare_type=None, compare_server_default=None,
              render_item=None, literal_binds=None, upgrade_token=None, downgrade_token=None,
              alembic_module_prefix=None, sqlalchemy_module_prefix=None, user_module_prefix=None,
              on_version_apply=None, autogenerate_plugins=None, **kw):
    given = locals()
    options = {name: given[name] for name in _option_names
               if _support.is_unknown(given[name]) or given[name] is not None}
    options.update(kw)
    if _support.is_unknown(connection):
        pass
    elif connection is not None and hasattr(connection, "sync_connection"):
        options["connection"] = connection.sync_connection
    elif connection is not None and hasattr(connection, "_connection"):
        options["connection"] = connection._connection()  # an Engine, as 0.x took it
    if _support.is_unknown(url):
        pass
    elif hasattr(url, "render_as_string"):
        options["url"] = url.render_as_string(hide_password=False)
    elif url is not None:
        options["url"] = str(url)
    callbacks = options.get("on_version_apply", ())
    options["on_version_apply"] = list(callbacks) if isinstance(
        callbacks, (list, tuple)) else [callbacks]
    _environment.configure(options)


def run_migrations(**kw):
    _environment.run_migrations(kw)


class _Transaction:
    def __enter__(self):
        _environment.begin_transaction()
        return self

    def __exit__(self, kind, problem, traceback):
        _environment.end_transaction(kind is not None)
        return False


def begin_transaction():
    return _Transaction()


def get_context():
    if not _environment.configured():
        raise CommandError("No context has been configured yet.")
    return _get_context()


def get_impl():
    return get_context().impl


def execute(sql, execution_options=None):
    get_context().execute(sql, execution_options=execution_options)


def static_output(text):
    _environment.static_output(text)


def is_offline_mode():
    return _environment.offline()


def is_transactional_ddl():
    return get_context().impl.transactional_ddl


def get_x_argument(as_dictionary=False):
    values = _environment.x_arguments()
    if not as_dictionary:
        return values
    return {key: value for key, _, value in (text.partition("=") for text in values)}


def get_tag_argument():
    return _environment.tag()


def get_head_revision():
    heads = _environment.heads()
    if len(heads) > 1:
        raise CommandError("The script directory has multiple heads (due to branching)."
                           "Please use get_heads(), or merge the branches using alembic merge.")
    return heads[0] if heads else None


def get_head_revisions():
    return tuple(_environment.heads())


def get_starting_revision_argument():
    return _environment.command()["starting_revision"]


def get_revision_argument():
    revision = _environment.command()["revision"]
    if revision in ("head", "heads"):
        heads = _environment.heads()
        return heads[0] if len(heads) == 1 else tuple(heads)
    return None if revision == "base" else revision


from alembic.script import ScriptDirectory  # noqa: E402

script = ScriptDirectory()
