"""Compares retort's reading of Python with that of the interpreter that runs this script.

    check.py trees|scopes|yields|headers PROGRAM

PROGRAM is dump_python. The files are the interpreter's standard library and its site-packages.
"""

import ast
import pathlib
import random
import subprocess
import symtable
import sys
import sysconfig
import tempfile
import warnings

HERE = pathlib.Path(__file__).parent
warnings.simplefilter("ignore")
sys.setrecursionlimit(50000)


def library_files():
    library = pathlib.Path(sysconfig.get_path("stdlib"))
    # CPython's own tests spell characters by names that retort doesn't know, and identifiers in
    # forms other than NFKC.
    files = [path for path in library.rglob("*.py")
             if not {"site-packages", "dist-packages", "test"} & set(path.parts)]
    packages = pathlib.Path(sysconfig.get_path("purelib"))
    for name in ("sqlalchemy", "alembic", "mako", "typing_extensions.py"):
        path = packages / name
        files += [path] if path.suffix else path.rglob("*.py")
    return sorted(map(str, files))


def run(program, mode, paths):
    lines = "".join(f"{path}\n" for path in paths).encode()
    result = subprocess.run([program] + mode, input=lines, capture_output=True, check=True)
    return result.stdout.decode("utf-8", "surrogateescape").split("\n")[:-1]


# What repr() leaves as it is depends on the interpreter's version of Unicode.
def escaped(text):
    return text.encode("ascii", "backslashreplace")


def compare(paths, expected, actual):
    assert len(expected) == len(actual) == len(paths), "the program stopped"
    compared = different = 0
    for path, want, have in zip(paths, expected, actual):
        if want is None:
            continue
        compared += 1
        if escaped(want) == escaped(have):
            continue
        different += 1
        if different <= 10:
            at = next((i for i, (a, b) in enumerate(zip(want, have)) if a != b), 0)
            print(path, "  CPython: " + want[max(0, at - 60):at + 100],
                  "  retort:  " + have[max(0, at - 60):at + 100], sep="\n")
    print(f"{compared} compared, {different} different")
    return different == 0 and compared > 0


# The format of ast.dump in Python 3.13, which leaves out what is empty.
def dump(node):
    if isinstance(node, ast.AST):
        fields = ((name, getattr(node, name, None)) for name in node._fields)
        shown = [f"{name}={dump(value)}" for name, value in fields
                 if value != [] and (value is not None or (name == "value" and isinstance(
                     node, (ast.Constant, ast.MatchSingleton))))]
        return f"{type(node).__name__}({', '.join(shown)})"
    if isinstance(node, list):
        return f"[{', '.join(map(dump, node))}]"
    return repr(node)


def trees(program):
    paths, expected = library_files(), []
    for path in paths:
        try:
            expected.append(dump(ast.parse(pathlib.Path(path).read_bytes())))
        except SyntaxError:
            expected.append(None)
    return compare(paths, expected, run(program, [], paths))


LOCAL, GLOBAL_EXPLICIT, GLOBAL_IMPLICIT, FREE, CELL = 1, 2, 3, 4, 5


def describe_scopes(table):
    def names(*scopes):
        found = [symbol.get_name() for symbol in table.get_symbols()
                 if symbol._Symbol__scope in scopes]
        return " ".join(sorted(found))

    if table.get_type() == "function":
        yield f"[{names(LOCAL, CELL)}|{names(CELL)}|{names(FREE)}]"
    elif table.get_type() == "class":
        children = [symbol for child in table.get_children() for symbol in child.get_symbols()]
        cell = any(symbol.get_name() == "__class__" and symbol._Symbol__scope == FREE
                   for symbol in children)
        yield "[__class__|__class__|" * cell + "[||" * (not cell) + f"{names(FREE)}]"
    else:
        yield "[||]"
    for child in table.get_children():
        yield from describe_scopes(child)


def scopes(program):
    # Since Python 3.12 the symbol table shows comprehensions as parts of their functions.
    assert sys.version_info < (3, 12), "needs Python 3.11 or older"
    paths, expected = library_files(), []
    for path in paths:
        text = pathlib.Path(path).read_bytes()
        try:
            compile(text, path, "exec", dont_inherit=True)
        except SyntaxError:
            expected.append(None)
            continue
        table = symtable.symtable(text, path, "exec")
        expected.append(" ".join(sorted(describe_scopes(table))))
    actual = run(program, ["--scopes"], paths)
    for i, line in enumerate(actual):
        # A yield is evaluated where it stands in a lambda only by CPython.
        if line.startswith("error: 'yield' inside a lambda"):
            expected[i] = None
        # Annotations are then no part of the symbol table.
        if b"from __future__ import annotations" in pathlib.Path(paths[i]).read_bytes():
            expected[i] = None
    return compare(paths, expected, actual)


def trace_generators(code, sent):
    trace = []

    class Box:
        def __enter__(self):
            trace.append("enter")
            return self

        def __exit__(self, *exception):
            trace.append("exit")

        def __repr__(self):
            return "Box"

    def get(value):
        trace.append("get")
        return value

    def inner(n):
        return n, (yield "inner", n)

    space = {"log": lambda *values: trace.append(("log", values)),
             "a": lambda n: trace.append(("a", n)) or n,
             "f": lambda *args, **keywords: (args, keywords),
             "get": get, "Box": Box, "inner": inner}
    given = set(space) | {"__builtins__"}
    exec(code, space)
    traces = {}
    for name in [name for name in space if name not in given]:
        trace.clear()
        try:
            generator = space[name]()
            value = next(generator)
            for step in range(40):
                trace.append(("yield", value))
                value = generator.send(sent[step % len(sent)])
        except StopIteration as end:
            trace.append(("return", end.value))
        except Exception as error:
            trace.append(("raise", repr(error)))
        traces[name] = repr(trace)
    return traces


# A tree from its dump: empty fields were left out.
def rebuild(text):
    tree = eval(text, dict(vars(ast)))
    optional = {"returns", "type_comment", "vararg", "kwarg", "annotation", "asname", "kind",
                "optional_vars", "msg", "cause", "exc", "lower", "upper", "step", "format_spec",
                "type", "name", "guard", "rest", "pattern", "value", "arg", "module"}
    for node in ast.walk(tree):
        for field in node._fields:
            if not hasattr(node, field) or getattr(node, field) is None:
                setattr(node, field, None if field in optional else [])
    return ast.fix_missing_locations(tree)


def yields(program):
    path = str(HERE / "data" / "yields.py")
    written = compile(pathlib.Path(path).read_text(), "written", "exec")
    resolved = compile(rebuild(run(program, ["--resolved"], [path])[0]), "resolved", "exec")
    names, expected, actual = [], [], []
    for sent in ([None], [1], [0, 3], [40], [None, 2, 5], ["s", [1]], [5, None, [2], 0]):
        want, have = trace_generators(written, sent), trace_generators(resolved, sent)
        assert want.keys() == have.keys() and len(want) > 10
        names += [f"{name} {sent}" for name in want]
        expected += want.values()
        actual += have.values()
    return compare(names, expected, actual)


VARIABLES = ["revision", "down_revision", "branch_labels", "depends_on"]
# Values: those that the scanner can read, then those that only evaluation can tell.
PLAIN = ["'a1'", '"b"', "None", "('a','b')", "'a','b'", "'x',", "('a',)", "['a', 'b']",
         "{'a','b','a'}", "()", "[]", "('q')", "'a' 'b'", "(\n 'a'\n # c\n 'b'\n)", "r'\\d'",
         "'''tri\nple'''", "(('a'),'b')", "(None)", "'a' \\\n 'b'", "\\\n'c'", "u'uu'", "'\u00e9'",
         "('a' 'b', \"c\" ,)", "'a' # c", "R'x' 'y'", "('a', ('b'))", "'#no'", "[('a')]"]
ODD = ["'\\x41'", "f'z'", "b'q'", "f'{1}'", "'a' if 1 else 'b'", "'a'+'b'", "1", "{}", "set()",
       "'a'.upper()", "(None,)", "not 'a'", "[None]", "('a', None)", "{'a':'b'}", "*['a'],'b'",
       "('a')+'b'", "(('a',))"]
ANNOTATIONS = ["", "", "", ": str", ": Union[str, None]", ": 'x = 1'", " : str | None",
               ": (revision:=1)", ": {1:2}[1]", ": lambda: 1", ": a.b"]
HEADS = [""] * 20 + ["\n", "# revision = 'no'\n", "import os\n", "from os import *\n", "x = 1; ",
                     '"""doc revision = \'x\'"""\n', "'doc';", "'doc' 'two'\n", "r'raw\\d'\n",
                     "b'no'\n", "f'no'\n", "('paren')\n", "'d'.upper()\n", "'d', 'e'\n", "\\\n",
                     "\ufeff", "# -*- coding: utf-8 -*-\n", "#!x\n# coding: latin-1\n"]
OTHERS = ["def f(revision=1):\n  revision = 'no'\n  return f'{revision!r}'\n",
          "def g():\n    global revision\n    revision = 'g'\ng()\n",
          "class A:\n  revision = 'x'\n  def revision(self): pass\n", "if 1:\n  revision = 'c'\n",
          "if 1: pass; revision = 'z'\n", "s = '''\nrevision = 'x'\n'''\n", "s = (\n'x',\n)\n",
          "x = {\nrevision\n: 1}\n", "str(revision)\n", "del down_revision\n",
          "def h(x=(revision:='w')): pass\n", "x = f'{(revision:=1)}'\n",
          "x = 'abc' \\\n'revision'\n", "revision += 'x'\n", "a = revision\n",
          "exec(\"revision='e'\")\n", "globals()['revision'] = 'gl'\n",
          "try:\n  pass\nfinally:\n  depends_on = 'f'\n", "lambda revision: 1\n",
          "import os as revision\n", "x = y = 2; y = 3;\n", "def revision(): pass\n",
          "class revision: pass\n", "a.revision = 3\n", "# c\n\n", "\n\t\n",
          "@dec(revision)\ndef k(): pass\n", "async def af(): revision = 3\n",
          "match 1:\n  case revision: pass\n", "x = \"it's\"; y = 'a\"b'\n",
          "[revision for revision in [1]]\n", "x = '\\\\'; y = '\\''\n", "revision, x = 1, 2\n",
          "revision = x = 'r'\n", "[revision := 5]\n", "x = a.revision\n", "setattr(a,'b',1)\n",
          "def w():\n  def revision(): pass\n  class revision: pass\n", "x = rb'\\'' ; y = Rb\"\\\"\"\n",
          "def z(): global down_revision; down_revision = 'q'\nz()\n",
          "if 1:\n  x = 1\nelse: revision = 'q'\n", "revision: str\n", "(revision) = 'p'\n"]


def random_script(source):
    parts = []
    for name in VARIABLES:
        if source.random() < 0.85:
            value = source.choice(ODD if source.random() < 0.1 else PLAIN)
            end = source.choice(["\n"] * 6 + ["; x = 1\n", " # revision\n", "\r\n"])
            parts.append(name + source.choice(ANNOTATIONS) + source.choice([" = ", "=", "  =\t"])
                         + value + end)
    parts += source.choices(OTHERS, k=source.choice([0, 0, 1, 1, 2]))
    if source.random() < 0.5:
        source.shuffle(parts)
    return "".join(source.choices(HEADS, k=2)) + "".join(parts)


class Anything:
    def __getattr__(self, name):
        return Anything()

    def __setattr__(self, name, value):
        pass

    def __or__(self, other):
        return self

    __ror__ = __or__

    def __getitem__(self, key):
        return self


def evaluated_header(text):
    space = {"__name__": "m", "Union": Anything(), "a": Anything(),
             "dec": lambda *x: lambda function: function}
    try:
        exec(compile(text.encode(), "script", "exec", dont_inherit=True), space)
    except Exception:
        return None

    def shown(name):
        if name not in space:
            return "-"
        value = space[name]
        if value is None:
            return "None"
        if type(value) is str:
            return f"str:{value}"
        if type(value) in (tuple, list, set) and all(type(item) is str for item in value):
            items = sorted(value) if type(value) is set else value
            return type(value).__name__ + "".join(f":{item}" for item in items)
        return f"something else: {value!r}"

    doc = space.get("__doc__")
    fields = [shown(name) for name in VARIABLES]
    fields.append("no doc" if doc is None else "doc:" + doc.replace("\n", " "))
    return "|".join(fields).replace("\n", "\\n")


def headers(program):
    source = random.Random(20)
    with tempfile.TemporaryDirectory() as folder:
        paths, expected = [], []
        for number in range(5000):
            text = random_script(source)
            path = pathlib.Path(folder, f"{number}.py")
            path.write_bytes(text.encode())
            paths.append(str(path))
            expected.append(evaluated_header(text))
        actual = run(program, ["--header"], paths)
        for i, line in enumerate(actual):
            if line == "unsure":
                expected[i] = None
        print(sum(want is not None for want in expected), "answered")
        return compare(paths, expected, actual)


if __name__ == "__main__":
    checks = {"trees": trees, "scopes": scopes, "yields": yields, "headers": headers}
    sys.exit(0 if checks[sys.argv[1]](sys.argv[2]) else 1)
