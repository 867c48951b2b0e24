"""platformdirs and appdirs on Linux: where a program keeps its files."""
import os
from pathlib import Path


def _folder(variable, default, appname, version, *more):
    base = os.environ.get(variable, "").strip() or os.path.expanduser(default)
    parts = [part for part in (appname, version if appname else None) if part]
    return os.path.join(base, *parts, *more)


def user_data_dir(appname=None, appauthor=None, version=None, roaming=False, ensure_exists=False, **more):
    return _folder("XDG_DATA_HOME", "~/.local/share", appname, version)


def user_config_dir(appname=None, appauthor=None, version=None, roaming=False, ensure_exists=False, **more):
    return _folder("XDG_CONFIG_HOME", "~/.config", appname, version)


def user_cache_dir(appname=None, appauthor=None, version=None, opinion=True, ensure_exists=False, **more):
    return _folder("XDG_CACHE_HOME", "~/.cache", appname, version)


def user_state_dir(appname=None, appauthor=None, version=None, roaming=False, ensure_exists=False, **more):
    return _folder("XDG_STATE_HOME", "~/.local/state", appname, version)


def user_log_dir(appname=None, appauthor=None, version=None, opinion=True, ensure_exists=False, **more):
    return _folder("XDG_STATE_HOME", "~/.local/state", appname, version, *(["log"] if opinion else []))


def user_runtime_dir(appname=None, appauthor=None, version=None, opinion=True, ensure_exists=False, **more):
    return _folder("XDG_RUNTIME_DIR", "/run/user/%d" % os.getuid(), appname, version)


def site_data_dir(appname=None, appauthor=None, version=None, multipath=False, ensure_exists=False, **more):
    return os.path.join("/usr/local/share", *[part for part in (appname, version) if part])


def site_config_dir(appname=None, appauthor=None, version=None, multipath=False, ensure_exists=False, **more):
    return os.path.join("/etc/xdg", *[part for part in (appname, version) if part])


def user_data_path(*args, **kwargs):
    return Path(user_data_dir(*args, **kwargs))


def user_config_path(*args, **kwargs):
    return Path(user_config_dir(*args, **kwargs))


def user_cache_path(*args, **kwargs):
    return Path(user_cache_dir(*args, **kwargs))


def user_state_path(*args, **kwargs):
    return Path(user_state_dir(*args, **kwargs))


def user_log_path(*args, **kwargs):
    return Path(user_log_dir(*args, **kwargs))


class PlatformDirs:
    def __init__(self, appname=None, appauthor=None, version=None, roaming=False, multipath=False, opinion=True,
                 ensure_exists=False):
        self.appname = appname
        self.appauthor = appauthor
        self.version = version

    user_data_dir = property(lambda self: user_data_dir(self.appname, version=self.version))
    user_config_dir = property(lambda self: user_config_dir(self.appname, version=self.version))
    user_cache_dir = property(lambda self: user_cache_dir(self.appname, version=self.version))
    user_state_dir = property(lambda self: user_state_dir(self.appname, version=self.version))
    user_log_dir = property(lambda self: user_log_dir(self.appname, version=self.version))
    user_runtime_dir = property(lambda self: user_runtime_dir(self.appname, version=self.version))
    site_data_dir = property(lambda self: site_data_dir(self.appname, version=self.version))
    site_config_dir = property(lambda self: site_config_dir(self.appname, version=self.version))
    user_data_path = property(lambda self: Path(self.user_data_dir))
    user_config_path = property(lambda self: Path(self.user_config_dir))
    user_cache_path = property(lambda self: Path(self.user_cache_dir))
    user_state_path = property(lambda self: Path(self.user_state_dir))
    user_log_path = property(lambda self: Path(self.user_log_dir))


AppDirs = Unix = PlatformDirs
