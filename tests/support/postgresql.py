#!/usr/bin/env python3
"""A PostgreSQL server of the tests' own: one for all tests of a run, in a temporary folder.

    postgresql.py start STATE     starts it (or finds it running) and writes the file STATE
    postgresql.py stop STATE      stops it and removes its folder
    postgresql.py database STATE  makes an empty database and prints its URL
    postgresql.py with STATE COMMAND...
                                  runs a command with POSTGRESQL_URL set to an empty database, and
                                  POOLER_URL to the same database through pgbouncer, which hands each
                                  transaction to any session

STATE is JSON: `folder`, `port`, `pooler` (its port), `url` (of the database "postgres"). The server listens on a unix socket
in its folder, where everybody is trusted, and on a port of 127.0.0.1, where passwords are asked for. It
writes to disk without waiting for it. Run by root it becomes the user `postgres`, as PostgreSQL refuses
to be root. A server that is not installed is an error.
"""
import itertools
import json
import os
import pathlib
import shutil
import signal
import socket
import subprocess
import sys
import time

from server import free_port, new_folder, read_state, unprivileged

USER = "postgres"
PASSWORD = "secret"
SETTINGS = {
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "max_connections": "50",
    "shared_buffers": "32MB",
    "autovacuum": "off",
    "log_min_messages": "fatal",
    "lc_messages": "C",
    "timezone": "UTC",
}


def programs():
    """The folder of initdb and postgres, of the newest version that is installed."""
    found = sorted(pathlib.Path("/usr/lib/postgresql").glob("*/bin/postgres"),
                   key=lambda path: int(path.parts[-3]))
    if found:
        return found[-1].parent
    on_path = shutil.which("postgres")
    if on_path:
        return pathlib.Path(on_path).resolve().parent
    sys.exit("the PostgreSQL server is not installed: apt-get install postgresql")


def run(*command, **options):
    done = subprocess.run([str(word) for word in command], text=True, capture_output=True, **options)
    if done.returncode:
        sys.exit(f"{command[0]} failed:\n{done.stdout}{done.stderr}")
    return done.stdout


def answers(state):
    return subprocess.run([programs() / "pg_isready", "-q", "-h", state["folder"], "-p",
                           str(state["port"])]).returncode == 0


def start(path):
    state = read_state(path)
    if state and answers(state):
        return
    folder = new_folder("retort-pg-", "postgres")
    password = folder / "password"
    password.write_text(PASSWORD)
    password.chmod(0o644)
    options = {"cwd": folder, **unprivileged("postgres")}
    run(programs() / "initdb", "-D", folder / "data", "-U", USER, "--auth-local=trust",
        "--auth-host=scram-sha-256", f"--pwfile={password}", "--no-sync", "--encoding=UTF8",
        "--locale=C.UTF-8", **options)
    for attempt in range(5):
        state = {"folder": str(folder), "port": free_port(), "user": USER, "password": PASSWORD}
        arguments = " ".join(f"-c {name}={value}" for name, value in SETTINGS.items())
        started = subprocess.run(
            [programs() / "pg_ctl", "-D", folder / "data", "-l", folder / "log", "-w", "-s", "-o",
             f"-k {folder} -p {state['port']} -c listen_addresses=127.0.0.1 {arguments}", "start"],
            stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, **options)
        if started.returncode == 0:
            break
    else:
        sys.exit("the server does not start:\n" + (folder / "log").read_text())
    state["url"] = url_of(state, "postgres")
    start_pooler(state)
    pathlib.Path(path).write_text(json.dumps(state))


def start_pooler(state):
    folder = pathlib.Path(state["folder"])
    pooler = shutil.which("pgbouncer") or "/usr/sbin/pgbouncer"
    if not pathlib.Path(pooler).exists():
        sys.exit("the pooler is not installed: apt-get install pgbouncer")
    users = folder / "pooler.users"
    users.write_text(f'"{USER}" "{PASSWORD}"\n')
    users.chmod(0o644)
    for attempt in range(5):
        state["pooler"] = free_port()
        settings = folder / "pooler.ini"
        settings.write_text(f"""[databases]
* = host={folder} port={state['port']}
[pgbouncer]
listen_addr = 127.0.0.1
listen_port = {state['pooler']}
unix_socket_dir =
auth_type = trust
auth_file = {users}
pool_mode = transaction
logfile = {folder}/pooler.log
pidfile = {folder}/pooler.pid
""")
        settings.chmod(0o644)
        started = subprocess.run([pooler, "-d", settings], cwd=folder, stdin=subprocess.DEVNULL,
                                 stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, **unprivileged("postgres"))
        if started.returncode == 0 and connects(state["pooler"]):
            return
    sys.exit("the pooler does not start:\n" + (folder / "pooler.log").read_text())


def connects(port):
    """Whether somebody listens there within ten seconds."""
    for attempt in range(100):
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return True
        time.sleep(0.1)
    return False


def stop(path):
    state = read_state(path)
    if not state:
        return
    folder = pathlib.Path(state["folder"])
    if (folder / "pooler.pid").exists():
        os.kill(int((folder / "pooler.pid").read_text()), signal.SIGTERM)
    if (folder / "data").exists():
        subprocess.run([programs() / "pg_ctl", "-D", folder / "data", "-m", "immediate", "-s", "stop"],
                       cwd=folder, **unprivileged("postgres"))
        shutil.rmtree(folder, ignore_errors=True)
    pathlib.Path(path).unlink()


def url_of(state, database):
    return f"postgresql://{USER}:{PASSWORD}@127.0.0.1:{state['port']}/{database}"


def psql(state, database, sql):
    """Runs SQL; the rows as text, columns separated by '|'."""
    return run(programs() / "psql", "-h", state["folder"], "-p", state["port"], "-U", USER, "-d", database,
               "-X", "-q", "-A", "-t", "-v", "ON_ERROR_STOP=1", "-c", sql)


_count = itertools.count()


def new_database(state, name=None):
    """Makes an empty database; its URL. Its name is one that no other test has."""
    name = name or f"test_{os.getpid()}_{int(time.monotonic() * 1000)}_{next(_count)}"
    psql(state, "postgres", f'CREATE DATABASE "{name}" TEMPLATE template0')
    return url_of(state, name)


def dump(url):
    """The schema of a database as pg_dump writes it, without what differs from run to run."""
    text = run(programs() / "pg_dump", "--schema-only", "--no-owner", "--no-privileges",
               f"--dbname={url}")
    return "\n".join(line for line in text.splitlines()
                     if line.strip() and not line.startswith(("--", "\\restrict", "\\unrestrict")))


def main():
    if len(sys.argv) < 3:
        sys.exit(__doc__)
    command, path = sys.argv[1:3]
    if command == "start":
        start(path)
    elif command == "stop":
        stop(path)
    elif command == "database":
        print(new_database(read_state(path)))
    elif command == "with":
        state = read_state(path)
        url = os.environ["POSTGRESQL_URL"] = new_database(state)
        os.environ["POOLER_URL"] = url.replace(f":{state['port']}/", f":{state['pooler']}/")
        os.execvp(sys.argv[3], sys.argv[3:])
    else:
        sys.exit(__doc__)


if __name__ == "__main__":
    main()
