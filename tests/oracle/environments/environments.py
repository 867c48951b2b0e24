"""Whether projects' own env.py and models do under retort what they do under Alembic.

    environments.py --retort build/.../retort --driver build/.../retort_models_driver --python PYTHON
                    [--table PAGE] [--details out.json] [--cache FOLDER] CHECKOUT...

Each CHECKOUT is a local copy of a project; every environment in it (an alembic.ini, or Flask-Migrate's
folder) is run as its team does, on a copy of it, with the same environment variables for both sides. What
variables, hosts and roles it asks for is found out with Alembic (asked.py). Measures:

    models    the tables of the metadata that env.py names: the CREATE statements
    upgrade   `upgrade heads` with the project's env.py: the schema it leaves
    pending   `revision --autogenerate` after that: the operations of the revision. "more" are those that
              retort finds in addition (docs/differences-from-alembic.md)
    offline   `upgrade heads --sql`: the text

A measure that Alembic itself can't do there is not counted. PYTHON is an interpreter with Alembic and the
packages that the projects import. It must run as root, since it makes itself a network (sandbox.py).
"""
import hashlib
import json
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile
from dataclasses import asdict

import asked
import operations
import outcome
import projects
import sqltext

import sandbox

HERE = pathlib.Path(__file__).resolve().parent
sys.path.append(str(HERE.parent / "models"))
import compare_models  # noqa: E402
sys.path.append(str(HERE.parents[1] / "support"))
import checkouts  # noqa: E402

MEASURES = ("models", "upgrade", "pending", "offline")
ROUNDS = 40
NO_VERSIONS = re.compile(r"(?s)(SET default_table[^\n]*\n)*CREATE TABLE public\.alembic_version \(.*?\);\n"
                         r"|ALTER TABLE ONLY public\.alembic_version\n.*?;\n")

class Side:
    """One of the two programs, in a fresh copy of the project."""

    def __init__(self, options, server, environment, setting, place):
        self.options, self.server, self.environment = options, server, environment
        self.setting, self.place = setting, place

    def fresh(self):
        shutil.rmtree(self.place, ignore_errors=True)
        shutil.copytree(self.environment.root, self.place, symlinks=True)
        (self.place / ".git").mkdir(exist_ok=True)  # the root of a checkout
        self.folder = self.place / self.environment.folder.relative_to(self.environment.root)
        projects.write_dotenv(self.place)
        projects.write_template(self.place / self.environment.script.relative_to(self.environment.root))
        self.server.wipe(self.setting.databases)

    def variables(self):
        return {"PATH": os.environ["PATH"], "HOME": str(self.place), "LANG": "C.UTF-8",
                "PYTHONDONTWRITEBYTECODE": "1"} | self.setting.variables

    def run(self, *arguments):
        return sandbox.run(self.command(arguments), self.where(), self.variables())

    def revise(self, identifier):
        """The operations of a new revision by comparison."""
        code, out, err = self.run("revision", "--autogenerate", "--rev-id", identifier, "-m", "probe")
        for path in sorted(self.place.rglob("*.py")):
            if identifier in path.name or ("probe" in path.name and identifier in path.read_text("utf-8", "replace")):
                return 0, operations.of(path.read_text("utf-8", "replace")), err
        return code, [], out[-4000:] + err  # retort writes no empty revision

    def state(self):
        out = {}
        for name, text in self.server.dump().items():
            # A version table without a row says nothing; Alembic makes one when there is no revision, too.
            out[name] = text if text.splitlines()[-1:] != ["--"] else NO_VERSIONS.sub("", text)
        for path in sorted(self.place.rglob("*")):
            if path.is_file() and projects.is_sqlite(path):
                out[str(path.relative_to(self.place))] = projects.sqlite_state(path)
        out = {name: one for name, one in out.items() if one}
        return json.loads(json.dumps(out))

    def measure(self, name):
        """{"code", "result", "text"} of one measure."""
        if name == "models":
            self.fresh()
            code, result, text = self.models()
        elif name == "upgrade":
            self.fresh()
            code, out, text = self.run("upgrade", "heads")
            text = out[-4000:] + text
            result = None if code else self.state()
        elif name == "pending":  # goes on where "upgrade" stopped
            code, result, text = self.revise("probe00000001")
        else:
            self.fresh()
            code, out, text = self.run("upgrade", "heads", "--sql")
            out = out.replace(str(self.place), "<project>")  # in what env.py prints
            # Alembic's own row of the version table is written with or without what it returns.
            result = re.sub(r" RETURNING (\w+\.)*version_num\b", "", re.sub(r"\s+", " ", out).strip())
        return {"code": code, "result": None if code else result, "text": text[-6000:]}

class AlembicSide(Side):
    def where(self):
        return self.folder.parent if self.environment.flask else self.folder

    def command(self, arguments):
        side = [self.options.python, str(HERE / "alembic_side.py")]
        if self.environment.flask:
            directory = ["--directory", str(self.folder)]
            return [*side, "flask", "db", arguments[0], *directory, *arguments[1:]]
        return [*side, "alembic", "-c", self.environment.ini, *arguments]

    def variables(self):
        known = {"PROJECT_PATHS": ":".join(map(str, projects.import_paths(self.where(), self.place)))}
        if self.environment.flask:
            known["FLASK_APP"] = self.setting.application
        return super().variables() | known

    def models(self):
        target = str(self.folder) if self.environment.flask else self.environment.ini
        code, out, err = sandbox.run([self.options.python, str(HERE / "alembic_side.py"), "models", target], self.where(),
                                     self.variables())
        # What env.py prints comes first.
        return code, json.loads(out.strip().splitlines()[-1]) if not code else None, err

class RetortSide(Side):
    def where(self):
        return self.folder.parent if self.environment.flask else self.folder

    def command(self, arguments):
        chosen = [] if self.environment.flask else ["-c", self.environment.ini]
        return [self.options.retort, *chosen, *arguments]

    def models(self):
        code, out, err = self.run("dump_models")
        if code:
            return code, None, err
        made, rest = [], out[re.search(r"^\{", out, re.M).start():].strip()
        while rest:
            _, end = json.JSONDecoder().raw_decode(rest)
            done = subprocess.run([self.options.driver, self.dialect, "-"], input=rest[:end], text=True,
                                  capture_output=True)
            if done.returncode:
                return done.returncode, None, done.stderr
            made += compare_models.statements(done.stdout)
            rest = rest[end:].strip()
        return 0, {"dialect": self.dialect, "statements": sorted(made)}, ""

def prepare(server, setting):
    for host in setting.hosts:
        server.add_host(host)
    for role in setting.roles:
        server.add_role(role)
    for port in setting.ports:
        server.forward(port)

def learn(side, name, asking):
    """Repeats a measure with Alembic while its errors say what is missing."""
    for _ in range(ROUNDS):
        prepare(side.server, side.setting)
        if name == "pending":
            side.measure("upgrade")
        result = side.measure(name)
        if not result["code"] or not asking.learn(result["text"]):
            return result
    return result

def find_application(side):
    """FLASK_APP of a project, as `flask` itself can load it."""
    for candidate in projects.flask_applications(side.where(), side.place):
        side.setting.application = candidate
        code, _, err = sandbox.run([side.options.python, str(HERE / "alembic_side.py"), "flask", "db", "--help"],
                                   side.where(), side.variables())
        if not code and "Error" not in err:
            return

def alembic_answers(options, server, environment, place):
    kept = None
    if options.cache:
        key = hashlib.sha256(("%s %s" % (environment.folder, environment.ini)).encode()).hexdigest()[:24]
        kept = options.cache / (key + ".json")
        if kept.exists():
            answers = json.loads(kept.read_text())
            return asked.Setting(**answers["setting"]), answers["measures"]
    setting = asked.Setting()
    side = AlembicSide(options, server, environment, setting, place)
    asking = asked.Asked(setting, *projects.mentioned(environment))
    if environment.flask:
        side.fresh()
        find_application(side)
    measures = {}
    for _ in range(2):  # what a later measure asks for counts for those before it, too
        before = dict(setting.variables)
        for name in MEASURES:
            if name == "pending":
                measures[name] = side.measure(name) if not measures["upgrade"]["code"] else \
                    {"code": 1, "result": None, "text": "the upgrade failed"}
            else:
                measures[name] = learn(side, name, asking)
        if setting.variables == before:
            break
    # What projects before this one asked for was there without asking.
    setting.hosts, setting.roles = sorted(server.hosts), sorted(server.roles)
    setting.ports = sorted(server.ports)
    if kept:
        kept.write_text(json.dumps({"setting": asdict(setting), "measures": measures}))
    return setting, measures

def statements(text):
    return sqltext.ENUM_FIRST.sub("", text).replace("; ", ";\n")

def judge(name, want, have):
    if want["code"]:
        return "not run"
    if have["code"]:
        return "failed"
    if want["result"] == have["result"]:
        return "equal"
    if name == "offline" and sqltext.same(statements(want["result"]), statements(have["result"])):
        return "equal"
    if name == "pending" and not set(want["result"]) - set(have["result"]):
        return "more"
    return "different"


def run_environment(options, server, environment, place):
    setting, wanted = alembic_answers(options, server, environment, place)
    out = {"project": environment.project, "folder": environment.label, "measures": {}}
    if all(one["code"] for one in wanted.values()):
        for name in MEASURES:
            out["measures"][name] = {"verdict": "not run", "alembic": wanted[name]["text"]}
        return out
    prepare(server, setting)
    side = RetortSide(options, server, environment, setting, place)
    side.dialect = (wanted["models"]["result"] or {}).get("dialect", "postgresql")
    for name in MEASURES:
        want = wanted[name]
        if want["code"] or (name == "pending" and out["measures"]["upgrade"]["verdict"] == "failed"):
            out["measures"][name] = {"verdict": "not run", "alembic": want["text"]}
            continue
        have = side.measure(name)
        verdict = judge(name, want, have)
        result = {"verdict": verdict}
        if verdict == "failed":
            result |= {"text": have["text"]}
        elif verdict != "equal":
            result |= {"want": want["result"], "have": have["result"]}
        out["measures"][name] = result
    return out


def main():
    options = checkouts.parser(__doc__.splitlines()[0]).parse_args()
    sandbox.enter()
    results = []
    with tempfile.TemporaryDirectory() as scratch:
        os.chmod(scratch, 0o755)
        server = sandbox.Server(scratch)
        try:
            for root in options.checkouts:
                for environment in projects.find(root):
                    try:
                        results.append(run_environment(options, server, environment, pathlib.Path(scratch) / "project"))
                    except Exception as error:  # of one project; the others still count
                        print("%s: %s: %s" % (environment.label, type(error).__name__, error), file=sys.stderr)
                        continue
                    print(outcome.line(results[-1]), flush=True)
                    if options.details:
                        options.details.write_text(json.dumps(results, indent=1))
        finally:
            server.stop()
    print(outcome.totals(results))
    if options.table:
        options.table.write_text(outcome.page(results))

if __name__ == "__main__":
    main()
