"""What a project needs around it: environment variables, database hosts, roles, as its own errors ask."""
import dataclasses
import re

URL = "postgresql://app:secret@localhost:5432/app"


@dataclasses.dataclass
class Setting:
    """The surroundings in which both sides run."""
    variables: dict = dataclasses.field(default_factory=dict)
    hosts: list = dataclasses.field(default_factory=list)
    roles: list = dataclasses.field(default_factory=list)
    databases: list = dataclasses.field(default_factory=list)
    ports: list = dataclasses.field(default_factory=list)
    paths: list = dataclasses.field(default_factory=list)
    application: str = ""  # of Flask
    guesses: dict = dataclasses.field(default_factory=dict)  # variable -> how many values were tried


def value_of(name, driver):
    """A value for a variable, by its name."""
    upper = name.upper()
    if re.search(r"(DATABASE|DB|POSTGRES\w*|PG|SQLALCHEMY|SQL|ALEMBIC).*(URL|URI|DSN|CONNECTION)|^DSN$|^DB$", upper):
        return URL.replace("postgresql:", "postgresql%s:" % driver)
    if "REDIS" in upper and re.search("UR[LI]|DSN", upper):
        return "redis://localhost:6379/0"
    if re.search("UR[LI]|ENDPOINT|ORIGIN", upper):
        return "http://localhost:8000"
    if "DRIVER" in upper or "DIALECT" in upper or "SCHEME" in upper:
        return "postgresql" + driver
    if "PORT" in upper:
        return "5432" if re.search("DB|POSTGRES|PG|DATABASE|SQL", upper) else "8000"
    if re.search("HOST|SERVER|ADDR", upper):
        return "localhost"
    if re.search("EMAIL|MAIL_FROM|USERNAME_MAIL", upper):
        return "someone@example.com"
    if re.search("MINUTES|SECONDS|DAYS|HOURS|EXPIRE|LIMIT|SIZE|COUNT|TTL|TIMEOUT|_ID$", upper):
        return "60"
    if re.search("DEBUG|ENABLE|^USE_|^IS_|ECHO", upper):
        return "false"
    if "ALGORITHM" in upper:
        return "HS256"
    if re.search("PASS|PWD|SECRET|KEY|TOKEN|SALT", upper):
        return "secret-secret-secret-secret-secret-secret"
    if re.search("USER|LOGIN", upper):
        return "app"
    return "app"


OTHERS = ("1", "true", '["http://localhost"]', "{}", "http://localhost", "someone@example.com", "development",
          "INFO", "2030-01-01")
MISSING = (
    r"KeyError: '([A-Z_][A-Z0-9_]+)'",
    r"[Ee]nvironment variable \"?'?([A-Z_][A-Z0-9_]+)'?\"? (?:is )?(?:not set|must be set|is required|missing)",
    r"UndefinedValueError: (\w+) not found",
    r"(?:Missing|Set|set|[Mm]issing required|define|provide)[^A-Z\n]*\b([A-Z][A-Z0-9]*_[A-Z0-9_]+)\b",
    r"\b([A-Z][A-Z0-9]*_[A-Z0-9_]+)\b[^\n]{0,40}(?:not set|must be set|is required|is missing|not configured|not found"
    r"|must be|must not be)",
)
REQUIRED = re.compile(r"^(\w[\w.]*)\n  (?:Field required|field required)", re.M)
WRONG = re.compile(r"^(\w[\w.]*)\n  (?:Input should be|Value error|value is not|Assertion|List should)([^\n]*)", re.M)
UNPARSED = re.compile(r"error parsing value for field \"(\w+)\"")


class Asked:
    """Reads the messages of a failed run and changes the setting; False when they ask for nothing new."""

    def __init__(self, setting, names, needed, prefixes, driver):
        self.setting = setting
        self.names = names  # variables that the sources mention
        self.needed = needed  # those of which a missing one is a KeyError
        self.prefixes = prefixes  # of pydantic's settings classes
        self.driver = driver

    def learn(self, text):
        return (self.servers(text) or self.variables(text) or self.paths(text) or
                self.unset(text))

    def add(self, to, value):
        if value in to:
            return False
        to.append(value)
        return True

    def servers(self, text):
        changed = False
        for name in re.findall(r"could not translate host name \"([^\"]+)\"|host '([^']+)'", text):
            changed |= self.add(self.setting.hosts, name[0] or name[1])
        if re.search(r"gaierror|Name or service not known|Temporary failure in name", text):
            for name in ("db", "postgres", "database", "postgresql", "pgbouncer", "host.docker.internal", "pg"):
                changed |= self.add(self.setting.hosts, name)
        for name in re.findall(r"role \"([^\"]+)\" does not exist", text):
            changed |= self.add(self.setting.roles, name)
        for name in re.findall(r"database \"([^\"]+)\" does not exist", text):
            changed |= self.add(self.setting.databases, name)
        for port in re.findall(r"port (\d+) failed: Connection refused|Connect call failed \('[^']+', (\d+)", text):
            changed |= self.add(self.setting.ports, int(port[0] or port[1]))
        return changed

    def variable(self, name):
        tried = self.setting.guesses.get(name, -1) + 1
        if tried > len(OTHERS):
            return False
        self.setting.guesses[name] = tried
        self.setting.variables[name] = value_of(name, self.driver) if tried == 0 else OTHERS[tried - 1]
        return True

    def spellings(self, field):
        """The variables that a field of a settings class may be read from."""
        field = field.split(".")[-1]
        out = [name for name in {field.upper()} | {prefix + field for prefix in self.prefixes} |
               {(prefix + field).upper() for prefix in self.prefixes}]
        return out

    def variables(self, text):
        changed = False
        for pattern in MISSING:
            for name in re.findall(pattern, text):
                if name not in self.setting.variables and (name in self.names or "KeyError" in pattern):
                    changed |= self.variable(name)
        if changed and "KeyError" in text:
            for name in sorted(self.needed - self.setting.variables.keys()):
                self.variable(name)
        for field in REQUIRED.findall(text):
            for name in self.spellings(field):
                if name not in self.setting.variables:
                    changed |= self.variable(name)
        if changed:
            return True
        for field in [one[0] for one in WRONG.findall(text)] + UNPARSED.findall(text):
            for name in self.spellings(field):
                changed |= self.variable(name)
        return changed

    def paths(self, text):
        found = re.search(r"ModuleNotFoundError: No module named '([\w.]+)'", text)
        return bool(found) and self.add(self.setting.paths, found.group(1))

    def unset(self, text):
        """A URL made of variables that nobody set: all of the database's that the sources mention."""
        if not re.search(r"None|[Ee]nvironment variable|ENVIRONMENT|parse (SQLAlchemy )?URL|invalid literal for int|empty string|NoneType|driver://", text):
            return False
        changed = False
        for name in sorted(self.names):
            if name not in self.setting.variables and re.search("DB|DATABASE|POSTGRES|PG|SQL|DSN", name):
                changed |= self.variable(name)
        return changed
