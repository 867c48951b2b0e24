"""What the servers of the tests share."""
import json
import os
import pathlib
import pwd
import socket
import tempfile


def unprivileged(account):
    """Arguments for subprocess that give up root's rights, as a server refuses to be root."""
    if os.geteuid() != 0:
        return {}
    found = pwd.getpwnam(account)
    return {"user": found.pw_uid, "group": found.pw_gid, "extra_groups": []}


def new_folder(prefix, account, where=None):
    """A temporary folder that the account may use."""
    folder = pathlib.Path(tempfile.mkdtemp(prefix=prefix, dir=where))
    if os.geteuid() == 0:
        found = pwd.getpwnam(account)
        os.chown(folder, found.pw_uid, found.pw_gid)
    folder.chmod(0o755)
    return folder


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def read_state(path):
    try:
        return json.loads(pathlib.Path(path).read_text())
    except (OSError, ValueError):
        return None
