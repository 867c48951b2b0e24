"""Finds the environments of a checkout, and what their sources say of their surroundings."""
import configparser
import pathlib
import re
import sys
from dataclasses import dataclass, field

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "compatibility"))
import histories  # noqa: E402
import snapshot  # noqa: E402

EXAMPLES = re.compile(r"^\.?env[._-]?(example|dist|sample|template|tpl)$|^(example|sample|template)[._-]?\.?env$|"
                      r"^\.env\.(example|dist|sample|template|default|defaults|local\.example|dev\.example)$", re.I)
VARIABLE = re.compile(r"""(?:getenv\(|environ(?:\.get)?[\[(]|config\(|env(?:\.\w+)?\()\s*f?["'](\w+)["']""")
NEEDED = re.compile(r"""environ\[\s*["'](\w+)["']""")
FIELD = re.compile(r"^    ([A-Za-z_]\w*)\s*:\s*[\w\[\], .|]+", re.M)
PREFIX = re.compile(r"env_prefix\s*=\s*[\"'](\w+)[\"']")


@dataclass
class Environment:
    project: str
    root: pathlib.Path
    folder: pathlib.Path  # of the configuration
    ini: str
    flask: bool
    script: pathlib.Path  # the folder of env.py
    revisions: list = field(default_factory=list)  # relative to root

    @property
    def label(self):
        return "%s %s" % (self.project, self.folder.relative_to(self.root))


def find(root):
    root = pathlib.Path(root).resolve()
    for ini in sorted(root.rglob("*.ini")):
        if set(ini.parts) & histories.SKIPPED or "{{" in str(ini):
            continue
        parser = configparser.ConfigParser(interpolation=None, strict=False)
        try:
            parser.read(ini)
        except (configparser.Error, UnicodeDecodeError):
            continue
        if not parser.has_section("alembic"):
            continue
        location = parser.get("alembic", "script_location", fallback="")
        flask = not location and (ini.parent / "env.py").is_file()
        script = ini.parent / location.replace("%(here)s", str(ini.parent))
        if not flask and not (script / "env.py").is_file():
            continue
        revisions = [str(path.relative_to(root)) for path in sorted(script.rglob("*.py"))
                     if path.name not in ("env.py", "__init__.py") and
                     histories.IS_REVISION.search(path.read_text("utf-8", "replace"))]
        yield Environment(root.name, root, ini.parent, ini.name, flask, script, revisions)


def sources(environment):
    for path in sorted(environment.root.rglob("*.py")):
        if str(path.relative_to(environment.root)) not in environment.revisions and path.stat().st_size < 300_000:
            yield path.read_text("utf-8", "replace")


def mentioned(environment):
    """What the sources name: variables, those without which they fail, prefixes of settings classes; and the
    driver that they connect with."""
    names, needed, prefixes = set(), set(), {""}
    for source in sources(environment):
        names |= set(VARIABLE.findall(source))
        needed |= set(NEEDED.findall(source))
        prefixes |= set(PREFIX.findall(source))
        if "BaseSettings" in source:
            names |= {name.upper() for name in FIELD.findall(source)}
    own = (environment.script / "env.py").read_text("utf-8", "replace")
    asynchronous = "async_engine" in own or "asyncio" in own
    return names, needed, prefixes, "+asyncpg" if asynchronous else ""


def write_dotenv(place):
    """The example of an environment file becomes the file, as the readme of most projects asks."""
    for path in sorted(place.rglob("*")):
        if path.is_file() and EXAMPLES.match(path.name) and not (path.parent / ".env").exists():
            (path.parent / ".env").write_bytes(path.read_bytes())


def import_paths(*folders):
    """Where a team's installation or PYTHONPATH lets imports start."""
    out = []
    for folder in folders:
        out += [folder, folder / "src", folder.parent]
    for pattern in ("*/pyproject.toml", "*/*/pyproject.toml", "*/setup.py", "*/src/*/__init__.py",
                    "*/*/src/*/__init__.py"):
        for path in sorted(folders[-1].glob(pattern)):
            out.append(path.parent.parent if path.name == "__init__.py" else path.parent)
    return [path for path in dict.fromkeys(out) if path.is_dir()]


def write_template(script):
    """The stock template, where the checkout has none."""
    if not (script / "script.py.mako").exists():
        import alembic

        stock = pathlib.Path(alembic.__file__).parent / "templates" / "generic" / "script.py.mako"
        (script / "script.py.mako").write_text(stock.read_text())


def flask_applications(*folders):
    for folder in folders:
        for name in ("wsgi", "run", "app", "main", "manage", "application", "server", "src.app", "src.main", "app.main"):
            path = folder / name.replace(".", "/")
            if path.with_suffix(".py").is_file() or (path / "__init__.py").is_file():
                yield name
        for path in sorted(folder.glob("*/__init__.py")):
            if re.search(r"def (create|make)_app|Flask\(", path.read_text("utf-8", "replace")):
                yield path.parent.name
        for path in sorted(folder.glob("*.py")):
            if "Flask(" in path.read_text("utf-8", "replace"):
                yield path.stem


def is_sqlite(path):
    with path.open("rb") as file:
        return file.read(15) == b"SQLite format 3"


def sqlite_state(path):
    return snapshot.take("sqlite:///%s" % path)
