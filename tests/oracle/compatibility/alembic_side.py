"""Runs revision files under Alembic itself: one job on standard input, one JSON line a result.

A job is {"mode": "offline" or "online", "dialect": ..., "url": ..., "import_paths": [...],
"folder": ..., "revisions": [{"path", "id"}]}. Offline every file goes up and down on paper. Online
the history goes up, down and up again on a database, and after each step a snapshot is taken.
"""

import contextlib
import importlib.util
import io
import json
import os
import signal
import sys
import tempfile
import warnings

import sqlalchemy as sa
from alembic.config import Config
from alembic.operations import Operations
from alembic.runtime.environment import EnvironmentContext
from alembic.script import ScriptDirectory

import snapshot

SECONDS = 20


class TooSlow(BaseException):
    pass


def on_alarm(*_):
    raise TooSlow


def load(path, number):
    spec = importlib.util.spec_from_file_location("revision_%d" % number, path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@contextlib.contextmanager
def environment(folder, **options):
    """An environment as env.py makes it: `alembic.context` and `op` work inside."""
    config = Config(stdout=io.StringIO())
    config.set_main_option("script_location", folder)
    # The folder is empty: the files are loaded one by one, so that a broken one stops no other.
    script = ScriptDirectory(folder)
    with EnvironmentContext(config, script, **options) as context:
        yield context


def offline(job, answer):
    for number, revision in enumerate(job["revisions"]):
        result = {"path": revision["path"]}
        for direction in ("upgrade", "downgrade"):
            out = io.StringIO()
            signal.alarm(SECONDS)
            try:
                with environment(job["empty"], as_sql=True) as context:
                    context.configure(dialect_name=job["dialect"], output_buffer=out,
                                      literal_binds=True)
                    module = load(revision["path"], number)
                    migration = context.get_context()
                    with Operations.context(migration):
                        getattr(module, direction)()
                result[direction] = {"sql": out.getvalue()}
            except TooSlow:
                result[direction] = {"error": "too slow"}
            except BaseException as error:
                result[direction] = {"error": "%s: %s" % (type(error).__name__, str(error)[:200])}
            finally:
                signal.alarm(0)
        answer(result)


def online(job, answer):
    engine = sa.create_engine(job["url"])
    modules = {}

    def step(revision, direction):
        signal.alarm(SECONDS)
        try:
            with environment(job["empty"]) as context, engine.connect() as connection:
                context.configure(connection=connection, transactional_ddl=True)
                if revision["id"] not in modules:
                    modules[revision["id"]] = load(revision["path"], len(modules))
                with connection.begin():
                    with Operations.context(context.get_context()):
                        getattr(modules[revision["id"]], direction)()
            return None
        except TooSlow:
            return "too slow"
        except BaseException as error:
            return "%s: %s" % (type(error).__name__, str(error)[:200])
        finally:
            signal.alarm(0)

    for turn, direction in (("up", "upgrade"), ("down", "downgrade"), ("again", "upgrade")):
        order = job["revisions"] if direction == "upgrade" else job["revisions"][::-1]
        for revision in order:
            error = step(revision, direction)
            result = {"path": revision["path"], "turn": turn}
            if error:
                answer(result | {"error": error})
                return
            answer(result | {"snapshot": snapshot.take(job["url"])})


def main():
    warnings.simplefilter("ignore")
    job = json.loads(sys.stdin.readline())
    real = os.dup(1)
    os.dup2(2, 1)
    stream = os.fdopen(real, "w")

    def answer(result):
        stream.write(json.dumps(result) + "\n")
        stream.flush()

    sys.path[:0] = job["import_paths"]
    os.chdir(job["import_paths"][0])
    signal.signal(signal.SIGALRM, on_alarm)
    with tempfile.TemporaryDirectory() as empty:
        job["empty"] = empty
        (offline if job["mode"] == "offline" else online)(job, answer)
    stream.flush()
    os._exit(0)


main()
