"""Runs the examples that were built from the installed package."""
import os
import pathlib
import shutil
import sqlite3
import subprocess
import sys

work = pathlib.Path(sys.argv[1])
build = work / "build"
scratch = work / "run"
shutil.rmtree(scratch, ignore_errors=True)
scratch.mkdir(parents=True)
environment = {k: v for k, v in os.environ.items() if k not in ("DATABASE_URL", "ALEMBIC_CONFIG")}


def run(*command, code=0, cwd=scratch, env=None):
    done = subprocess.run(
        [str(word) for word in command],
        cwd=cwd,
        env={**environment, **(env or {})},
        text=True,
        capture_output=True,
    )
    assert done.returncode == code, f"{command} ended with {done.returncode}:\n{done.stdout}{done.stderr}"
    return done.stdout + done.stderr


def one(path, sql):
    with sqlite3.connect(path) as connection:
        return connection.execute(sql).fetchall()


def embedded_sqlite():
    notes = build / "embedded-sqlite/notes"
    file = scratch / "notes.db"
    assert "buy milk" in run(notes, file, "buy milk")
    assert "updating" not in run(notes, file)
    # As an older version left it: it is copied, then brought up to date.
    with sqlite3.connect(file) as connection:
        connection.execute("ALTER TABLE notes DROP COLUMN pinned")
        connection.execute("UPDATE alembic_version SET version_num = '0001'")
    output = run(notes, file)
    assert "kept a copy" in output and "updating 1/1" in output and "buy milk" in output, output
    backup = f"{file}.before-0002"
    assert one(backup, "SELECT version_num FROM alembic_version") == [("0001",)]
    # As a newer version leaves it: it is not touched.
    with sqlite3.connect(file) as connection:
        connection.execute("UPDATE alembic_version SET version_num = '0099'")
    assert "newer version" in run(notes, file, code=1)


def models_autogenerate():
    tool = build / "models-autogenerate/shop_migrate"
    env = {"DATABASE_URL": f"sqlite:///{scratch}/shop.db"}
    run(tool, "upgrade", "head", env=env)
    assert "5f1c0a2b9d11" in run(tool, "current", env=env)
    assert "No new upgrade operations" in run(tool, "check", env=env)
    with sqlite3.connect(scratch / "shop.db") as connection:
        connection.execute("ALTER TABLE customers DROP COLUMN name")
    assert "add column customers.name" in run(tool, "check", code=3, env=env)
    migrations = work / "examples/models-autogenerate/migrations"
    # In the language of the newest revision, unless --format says otherwise.
    made = run(tool, "revision", "--autogenerate", "-m", "the name again", env=env)
    (file,) = migrations.glob("*_the_name_again.cc")
    assert str(file) in made and 'op.add_column("customers", Column("name", String()' in file.read_text(), made
    # The program that made it was built without it.
    assert "not in this program yet" in run(tool, "revision", "-m", "next", code=2, env=env)
    file.unlink()
    run(tool, "revision", "--autogenerate", "-m", "the name again", "--format", "py", env=env)
    (file,) = migrations.glob("*_the_name_again.py")
    assert "op.add_column('customers'" in file.read_text()
    file.unlink()


# What the models of the example become: every kind of change, and what C++ has no words for.
MORE_MODELS = """
  metadata.table(
      "customers", Column("id", BigInteger(), primary_key), Column("email", String(255), not_null),
      Column("name", String(80), not_null, server_default("it's \\"nobody\\"")),
      Column("created_at", DateTime({.timezone = true}), not_null, server_default(func::now())),
      Column("mood", Enum({"sad", "ok"}, {.name = "mood", .native = false, .create_constraint = true})),
      Index{.name = "ix_lower", .parts = {text("lower(email)")}, .unique = true,
            .where = text("name <> '\\\\:x'")});
  metadata.table("parcels", Column("depot", Integer(), primary_key), Column("number", Integer(), primary_key),
                 Column("weight", Numeric(8, 3), not_null, server_default(0)),
                 Column("heavy", Boolean(), Computed{text("weight > 30"), true}),
                 Column("label", Text().with_collation("NOCASE"), Check{"short", text("length(label) < 9")}),
                 Column("sent", DateTime(), server_default(text("CURRENT_TIMESTAMP"))),
                 Column("payload", JSON().with_variant(postgresql::JSONB(), "postgresql")),
                 Column("customer_id", References{"customers.id", Action::set_null}, indexed),
                 Unique{"uq_parcels_label", {"label", "depot"}},
                 DialectOption{"sqlite_strict", false});
  metadata.table("stops", Column("id", Integer(), primary_key), Column("depot", Integer()),
                 Column("number", Integer()), Column("at", VARCHAR(5)),
                 ForeignKey{.columns = {"depot", "number"}, .table = "parcels",
                            .referred = {"depot", "number"}, .deferrable = true, .initially_deferred = true});
"""


def revisions_in_cc():
    """Models change in every way; the revision compiles, leads to them and back."""
    tool = build / "models-autogenerate/shop_migrate"
    env = {"DATABASE_URL": f"sqlite:///{scratch}/more.db"}
    example = work / "examples/models-autogenerate"

    def rebuild():
        run("cmake", "--build", build, "--target", "shop_migrate", cwd=work)

    def schema():
        lines = one(scratch / "more.db", "SELECT sql FROM sqlite_schema WHERE sql IS NOT NULL ORDER BY name")
        # A table that was made anew has its name in quotes.
        return [" ".join(line[0].replace('"customers"', "customers").split()) for line in lines]

    run(tool, "upgrade", "head", env=env)
    with sqlite3.connect(scratch / "more.db") as connection:
        connection.execute("INSERT INTO customers (id, email, name) VALUES (1, 'ann@example.com', 'Ann')")
    before = schema()
    models = example / "models.cc"
    kept = models.read_text()
    start, end = kept.index("  metadata.table("), kept.index("  return metadata;")
    models.write_text(kept[:start] + MORE_MODELS+ kept[end:])
    rebuild()
    assert "destroys table orders" in run(tool, "revision", "--autogenerate", "-m", "more", "--rev-id", "a1", env=env)
    rebuild()
    run(tool, "upgrade", "head", env=env)
    assert "No new upgrade operations" in run(tool, "check", env=env)
    assert one(scratch / "more.db", "SELECT email, name FROM customers") == [("ann@example.com", "Ann")]
    run(tool, "downgrade", "-1", env=env)
    assert schema() == before, (before, schema())
    run(tool, "upgrade", "head", env=env)
    # An empty one, to be filled in by hand, and one that is the models as they were.
    run(tool, "revision", "-m", "by \"hand\"", "--rev-id", "b2", env=env)
    models.write_text(kept)
    rebuild()
    run(tool, "upgrade", "head", env=env)
    run(tool, "revision", "--autogenerate", "-m", "back", "--rev-id", "c3", env=env)
    rebuild()
    run(tool, "upgrade", "head", env=env)
    assert "No new upgrade operations" in run(tool, "check", env=env)
    for name in ("a1_more", "b2_by_hand", "c3_back"):
        (example / f"migrations/{name}.cc").unlink()
    rebuild()


def mixed_history():
    tool = build / "mixed-history/library_migrate"
    env = {"DATABASE_URL": f"sqlite:///{scratch}/library.db"}
    history = run(tool, "history", env=env)
    assert [line.split()[2].rstrip(",") for line in history.splitlines()] == ["3c", "2b", "1a"], history
    run(tool, "upgrade", "head", env=env)
    assert one(scratch / "library.db", "SELECT name FROM authors") == [("unknown",)]
    run(tool, "downgrade", "base", env=env)
    assert "CREATE INDEX ix_books_title" in run(tool, "upgrade", "2b", "--sql", env=env)


def sql_only():
    project = scratch / "sql-only"
    shutil.copytree(work / "examples/sql-only", project)
    retort = work / "installed/bin/retort"
    run(retort, "-x", "admin=ann@example.com", "upgrade", "head", cwd=project)
    assert one(project / "app.db", "SELECT email FROM users") == [("ann@example.com",)]
    assert "0002" in run(retort, "history", cwd=project)
    run(retort, "-x", "admin=ann@example.com", "downgrade", "-1", cwd=project)
    assert one(project / "app.db", "SELECT email FROM users") == []


def new_project():
    """What `retort init -t cpp` makes builds and migrates at once."""
    program, tool = build / "app/app", build / "app/app_migrate"
    folder = scratch / "app"
    folder.mkdir()
    assert run(program, cwd=folder) == "0 users\n"
    assert run(tool, "current", cwd=folder).startswith("0001 (head)")
    assert "No new upgrade operations" in run(tool, "check", cwd=folder)


def long_history():
    url = f"sqlite:///{scratch}/many.db"
    run(build / "many_migrate", "--url", url, "upgrade", "head")
    assert len(one(scratch / "many.db", "SELECT * FROM sqlite_schema WHERE name GLOB 't[0-9]'")) == 8


def migration_tests():
    output = run("ctest", "--output-on-failure", cwd=build)
    assert "100% tests passed" in output, output


for check in (embedded_sqlite, models_autogenerate, revisions_in_cc, mixed_history, sql_only, new_project, long_history,
              migration_tests):
    check()
    print(check.__name__, "ok")
