#!/usr/bin/env python3
"""A MariaDB server of the tests' own: one for all tests of a run, in a temporary folder.

    mariadb.py start STATE     starts it (or finds it running) and writes the file STATE
    mariadb.py stop STATE      stops it and removes its folder
    mariadb.py database STATE  makes an empty database and prints its URL
    mariadb.py with STATE COMMAND...
                               runs a command with MARIADB_URL set to an empty database, and
                               MARIADB_CLIENT to the command of a shell on it

STATE is JSON: `folder`, `port`, `socket`, `pid`, `url` (of the server, without a database). The server listens
on a unix socket in its folder and on a port of 127.0.0.1. It writes to disk without waiting for it. Run by
root it becomes the user `mysql`, as MariaDB refuses to be root. A server that is not installed is an
error.
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

USER = "retort"
PASSWORD = "secret"
SETTINGS = [
    "--debug-no-sync",
    "--innodb-flush-log-at-trx-commit=0",
    "--innodb-flush-method=nosync",
    "--innodb-doublewrite=0",
    "--innodb-buffer-pool-size=32M",
    "--innodb-log-file-size=16M",
    "--innodb-fast-shutdown=2",
    "--skip-log-bin",
    "--skip-name-resolve",
    "--sync-frm=0",
    "--performance-schema=0",
    "--max-connections=60",
    "--default-time-zone=+00:00",
    "--character-set-server=utf8mb4",
    "--collation-server=utf8mb4_general_ci",
    "--log-warnings=0",
]


def program(name):
    found = shutil.which(name) or shutil.which(name, path="/usr/sbin:/usr/bin:/usr/local/sbin:/usr/local/bin")
    if not found:
        sys.exit(f"the MariaDB server is not installed ({name}): apt-get install mariadb-server")
    return found


def listens(state):
    with socket.socket(socket.AF_UNIX) as probe:
        return probe.connect_ex(state["socket"]) == 0


def client_command(state, database=""):
    """The shell, which gives rows as text, columns separated by tabs."""
    return [program("mariadb"), "--no-defaults", "-u", USER, f"-p{PASSWORD}", "-S", state["socket"], "-N", "-B", "-r",
            "--default-character-set=utf8mb4", *([f"--database={database}"] if database else [])]


def client(state, sql, database=""):
    """Runs SQL as the server's administrator."""
    done = subprocess.run([*client_command(state, database), "-e", sql], text=True, capture_output=True)
    if done.returncode:
        sys.exit(f"{sql}: {done.stdout}{done.stderr}")
    return done.stdout


def memory():
    """Where files are in memory, if there is room: every DDL statement makes and drops some."""
    try:
        free = shutil.disk_usage("/dev/shm").free
    except OSError:
        return None
    return "/dev/shm" if free > 2**30 else None


def start(path):
    state = read_state(path)
    if state and listens(state):
        return
    folder = new_folder("retort-maria-", "mysql", memory())
    options = {"cwd": folder, "stdin": subprocess.DEVNULL, **unprivileged("mysql")}
    # The tables of the server itself.
    made = subprocess.run(
        [program("mariadb-install-db"), "--no-defaults", f"--datadir={folder}/data", "--auth-root-authentication-method=normal",
         "--skip-test-db", "--skip-name-resolve", *SETTINGS[:6]], text=True, capture_output=True, **options)
    if made.returncode:
        sys.exit(f"mariadb-install-db failed:\n{made.stdout}{made.stderr}")
    account = folder / "account.sql"
    # One statement a line.
    account.write_text(f"CREATE USER '{USER}'@'%' IDENTIFIED BY '{PASSWORD}';\n"
                       f"GRANT ALL ON *.* TO '{USER}'@'%' WITH GRANT OPTION;\n"
                       "DELETE FROM mysql.global_priv WHERE user = '';\nFLUSH PRIVILEGES;\n")
    account.chmod(0o644)
    state = {"folder": str(folder), "socket": str(folder / "socket"), "port": free_port()}
    log = (folder / "log").open("w")
    server = subprocess.Popen(
        [program("mariadbd"), "--no-defaults", f"--datadir={folder}/data", f"--socket={folder}/socket",
         f"--port={state['port']}", "--bind-address=127.0.0.1", f"--pid-file={folder}/pid",
         f"--init-file={account}", *SETTINGS],
        stdout=log, stderr=log, start_new_session=True, **options)
    state["pid"] = server.pid
    state["url"] = url_of(state, "")
    deadline = time.monotonic() + 60
    while not listens(state):
        if server.poll() is not None or time.monotonic() > deadline:
            sys.exit("the server does not start:\n" + (folder / "log").read_text())
        time.sleep(0.05)
    pathlib.Path(path).write_text(json.dumps(state))


def stop(path):
    state = read_state(path)
    if not state:
        return
    try:
        os.kill(state["pid"], signal.SIGKILL)
    except ProcessLookupError:
        pass
    while listens(state):
        time.sleep(0.02)
    shutil.rmtree(state["folder"], ignore_errors=True)
    pathlib.Path(path).unlink()


def url_of(state, database):
    return f"mariadb+pymysql://{USER}:{PASSWORD}@127.0.0.1:{state['port']}/{database}"


def dump(state, database, *arguments):
    """A database as mariadb-dump writes it, without what differs from run to run."""
    command = [program("mariadb-dump"), "--no-defaults", "-u", USER, f"-p{PASSWORD}", "-S", state["socket"], "--skip-comments", "--skip-dump-date",
               "--default-character-set=utf8mb4", *arguments, database]
    done = subprocess.run(command, text=True, capture_output=True)
    if done.returncode:
        sys.exit(f"mariadb-dump failed:\n{done.stderr}")
    return done.stdout


def copy(state, source, name):
    """A new database like another one."""
    new_database(state, name)
    subprocess.run(client_command(state, name), input=dump(state, source, "--routines"), text=True, check=True)


_count = itertools.count()


def new_database(state, name=None):
    """Makes an empty database; its URL. Its name is one that no other test has."""
    name = name or f"test_{os.getpid()}_{int(time.monotonic() * 1000)}_{next(_count)}"
    client(state, f"CREATE DATABASE `{name}`")
    return url_of(state, name)


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
        url = os.environ["MARIADB_URL"] = new_database(state)
        os.environ["MARIADB_CLIENT"] = " ".join(client_command(state, url.rpartition("/")[2]))
        os.execvp(sys.argv[3], sys.argv[3:])
    else:
        sys.exit(__doc__)


if __name__ == "__main__":
    main()
