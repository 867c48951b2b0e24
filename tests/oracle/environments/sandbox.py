"""A network of its own for foreign projects: a PostgreSQL server that is every host they name.

The process moves into its own network and mount namespaces (it must be root), where the names of a
project's database hosts mean this machine, every port that is asked for leads to one server, and a role or
database that is missing can be made. Programs run with limits of memory, time and output.
"""
import os
import pathlib
import resource
import socket
import subprocess
import sys
import tempfile
import threading

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[2] / "support"))
import postgresql  # noqa: E402

MEMORY = 4 << 30
SECONDS = 120
OUTPUT = 4 << 20
INSIDE = "RETORT_IN_SANDBOX"


def enter():
    """Starts this program again inside the namespaces."""
    if os.environ.get(INSIDE):
        return
    os.environ[INSIDE] = "1"
    os.execvp("unshare", ["unshare", "--net", "--mount", "sh", "-c", 'ip link set lo up && exec "$@"', "sh",
                          sys.executable, *sys.argv])


def limits():
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_FSIZE, (64 << 20, 64 << 20))


def run(command, folder, variables):
    """(exit code, output, messages); too long an output is cut."""
    with tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as err:
        try:
            code = subprocess.run(command, cwd=folder, stdin=subprocess.DEVNULL, stdout=out, stderr=err,
                                  timeout=SECONDS, env=variables, preexec_fn=limits).returncode
        except subprocess.TimeoutExpired:
            code = 124
        texts = []
        for file in (out, err):
            file.seek(0)
            texts.append(file.read(OUTPUT).decode("utf-8", "replace"))
    return code, *texts


class Server:
    def __init__(self, folder):
        self.state_file = os.path.join(folder, "server")
        self.hosts_file = os.path.join(folder, "hosts")
        self.hosts = {"localhost"}
        self.ports = set()
        self.write_hosts()
        subprocess.run(["mount", "--bind", self.hosts_file, "/etc/hosts"], check=True)
        postgresql.start(self.state_file)
        self.state = postgresql.read_state(self.state_file)
        data = pathlib.Path(self.state["folder"]) / "data"
        (data / "pg_hba.conf").write_text("local all all trust\nhost all all all trust\n")
        self.sql("SELECT pg_reload_conf()")
        self.roles = set()
        self.add_role("app")  # asked.URL
        self.forward(5432)

    def stop(self):
        postgresql.stop(self.state_file)

    def sql(self, text, database="postgres"):
        return postgresql.psql(self.state, database, text)

    def write_hosts(self):
        pathlib.Path(self.hosts_file).write_text("127.0.0.1 %s\n" % " ".join(sorted(self.hosts)))

    def add_host(self, name):
        self.hosts.add(name)
        self.write_hosts()

    def forward(self, port):
        if port in self.ports:
            return
        self.ports.add(port)
        listener = socket.create_server(("127.0.0.1", port))
        threading.Thread(target=self.serve, args=(listener,), daemon=True).start()

    def serve(self, listener):
        while True:
            client, _ = listener.accept()
            target = socket.create_connection(("127.0.0.1", self.state["port"]))
            for source, sink in ((client, target), (target, client)):
                threading.Thread(target=copy, args=(source, sink), daemon=True).start()

    def databases(self):
        rows = self.sql("SELECT datname FROM pg_database WHERE NOT datistemplate AND datname <> 'postgres'")
        return sorted(rows.split("\n")) if rows.strip() else []

    def wipe(self, names):
        """Empty databases of these names and no others."""
        self.sql("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE pid <> pg_backend_pid() "
                 "AND backend_type = 'client backend'")
        for name in self.databases():
            if name:
                self.sql('DROP DATABASE "%s" WITH (FORCE)' % name)
        for schema in self.sql("SELECT nspname FROM pg_namespace WHERE nspname !~ '^pg_' "
                               "AND nspname <> 'information_schema'").split():
            self.sql('DROP SCHEMA "%s" CASCADE' % schema)
        self.sql("CREATE SCHEMA public")
        for name in names:
            if name != "postgres":
                self.sql('CREATE DATABASE "%s" TEMPLATE template0' % name)

    def add_role(self, name):
        self.roles.add(name)
        self.sql('DO $$ BEGIN CREATE ROLE "%s" SUPERUSER LOGIN; EXCEPTION WHEN duplicate_object THEN END $$'
                 % name)

    def dump(self):
        """The schemas of all databases, without what is empty."""
        out = {}
        for name in self.databases() + ["postgres"]:
            if name:
                text = postgresql.dump("postgresql://postgres@127.0.0.1:%s/%s" % (self.state["port"], name))
                versions = self.sql("SELECT version_num FROM alembic_version ORDER BY 1", name) \
                    if "CREATE TABLE public.alembic_version " in text else ""
                out[name] = text + "\n--%s" % " ".join(versions.split())
        return out


def copy(source, sink):
    try:
        while data := source.recv(1 << 16):
            sink.sendall(data)
        sink.shutdown(socket.SHUT_WR)
    except OSError:
        pass
