"""Alembic's side of environments.py.

    alembic_side.py alembic ARGUMENTS...    the program `alembic`
    alembic_side.py flask ARGUMENTS...      the program `flask`
    alembic_side.py models INI              the tables of the metadata that env.py gives to Alembic, as
                                            SQLAlchemy creates them, as JSON: {"dialect", "statements"}.
                                            With FLASK_APP set: Flask-Migrate's folder in place of the file

PROJECT_PATHS are the folders that a project's modules are imported from. They come after the packages,
since many a project has a folder `alembic`.
"""
import json
import os
import pathlib
import sys
import warnings

from alembic.config import Config
from alembic.runtime.environment import EnvironmentContext
from alembic.script import ScriptDirectory

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "models"))
from compare_models import wanted  # noqa: E402


class Reached(Exception):
    """Migrations would run now."""


def configuration(path):
    if not os.environ.get("FLASK_APP"):
        return Config(path, cmd_opts=None)
    from flask.cli import ScriptInfo

    application = ScriptInfo().load_app()
    application.app_context().push()
    return application.extensions["migrate"].migrate.get_config(path)


def captured(config):
    """The metadata and the dialect of the first `context.configure()`."""
    found = {}
    configure = EnvironmentContext.configure

    def noting(self, *arguments, **options):
        configure(self, *arguments, **options)
        found.setdefault("target", options.get("target_metadata"))
        found.setdefault("dialect", self.get_context().dialect)

    def stop(*_, **__):
        raise Reached

    EnvironmentContext.configure = noting
    EnvironmentContext.run_migrations = stop
    script = ScriptDirectory.from_config(config)
    try:
        with EnvironmentContext(config, script, as_sql=True, fn=lambda *_: []):
            script.run_env()
    except Reached:
        pass
    return found["target"], found["dialect"]


def models(target):
    warnings.simplefilter("ignore")
    answers = os.fdopen(os.dup(1), "w")
    os.dup2(2, 1)  # what the project prints
    # `alembic` finds the project's modules from where it is called.
    config = configuration(target)
    for path in (config.get_main_option("prepend_sys_path") or "").split(":"):
        if path.strip():
            sys.path.insert(0, path.strip())
    metadata, dialect = captured(config)
    answers.write(json.dumps({"dialect": dialect.name, "statements": wanted(metadata, dialect)}))
    answers.flush()


def main():
    sys.path[1:1] = os.environ["PROJECT_PATHS"].split(":")
    del sys.path[0]
    program, *arguments = sys.argv[1:]
    if program == "models":
        models(*arguments)
        return
    sys.argv = [program, *arguments]
    if program == "flask":
        from flask.cli import main as flask

        flask()
    else:
        from alembic.config import main as alembic

        alembic()


main()
