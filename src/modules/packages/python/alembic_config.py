"""alembic.config: the configuration as env.py sees and changes it."""
import os.path

import _environment
from alembic.util import CommandError

_missing = object()


class _FileConfig:
    """The ini file of the run with the methods of a ConfigParser."""

    def get(self, section, option, *, raw=False, vars=None, fallback=_missing):
        found = _environment.get(section, option)
        if found is None:
            if fallback is _missing:
                raise KeyError(option)
            return fallback
        return found

    def getboolean(self, section, option, *, fallback=_missing, **more):
        value = self.get(section, option, fallback=fallback)
        return value if not isinstance(value, str) else value.lower() in ("1", "yes", "true", "on")

    def getint(self, section, option, *, fallback=_missing, **more):
        value = self.get(section, option, fallback=fallback)
        return int(value) if isinstance(value, str) else value

    def has_section(self, section):
        return section in _environment.sections()

    def has_option(self, section, option):
        return _environment.get(section, option) is not None

    def sections(self):
        return _environment.sections()

    def options(self, section):
        return list(dict(_environment.items(section) or {}))

    def items(self, section, raw=False):
        return list((_environment.items(section) or {}).items())

    def add_section(self, section):
        if section not in _environment.sections():
            _environment.add_section(section)

    def set(self, section, option, value=None):
        _environment.set(section, option, value)

    def remove_option(self, section, option):
        return _environment.remove(section, option)

    def __contains__(self, section):
        return self.has_section(section)

    def __getitem__(self, section):
        if not self.has_section(section):
            raise KeyError(section)
        return _environment.items(section)


class _CommandOptions:
    """What argparse made of the command line."""

    def __init__(self, values):
        self.__dict__.update(values)
        command = self._Command()
        command.__name__ = values["command"]
        self.cmd = (command, [], [])

    class _Command:
        __name__ = ""

    def __contains__(self, name):
        return name in self.__dict__


class Config:
    """alembic.config.Config(file): a configuration, also one that a program makes."""

    def __init__(self, file_=None, toml_file=None, ini_section="alembic", output_buffer=None,
                 stdout=None, cmd_opts=None, config_args=None, attributes=None):
        self.config_file_name = file_
        self.toml_file_name = toml_file
        self.config_ini_section = ini_section
        self.cmd_opts = cmd_opts
        self.attributes = dict(attributes or {})
        self.config_args = dict(config_args or {})
        self._parser = None

    @property
    def file_config(self):
        if self._parser is None:
            import configparser

            here = os.path.abspath(os.path.dirname(self.config_file_name or "."))
            self._parser = configparser.ConfigParser({**self.config_args, "here": here})
            if self.config_file_name:
                self._parser.read([self.config_file_name])
            elif not self._parser.has_section(self.config_ini_section):
                self._parser.add_section(self.config_ini_section)
        return self._parser

    def get_section(self, name, default=_missing):
        if not self.file_config.has_section(name):
            return {} if default is _missing else default
        return dict(self.file_config.items(name))

    def get_section_option(self, section, name, default=None):
        if not self.file_config.has_section(section):
            raise CommandError("No config file %r found, or file has no '[%s]' section"
                               % (self.config_file_name, section))
        if self.file_config.has_option(section, name):
            return self.file_config.get(section, name)
        return default

    def set_section_option(self, section, name, value):
        if not self.file_config.has_section(section):
            self.file_config.add_section(section)
        self.file_config.set(section, name, value)

    def get_main_option(self, name, default=None):
        return self.get_section_option(self.config_ini_section, name, default)

    def set_main_option(self, name, value):
        self.set_section_option(self.config_ini_section, name, value)

    def remove_main_option(self, name):
        self.file_config.remove_option(self.config_ini_section, name)

    def get_alembic_option(self, name, default=None):
        return self.get_main_option(name, default)

    def get_alembic_boolean_option(self, name):
        value = self.get_alembic_option(name, False)
        return value is True or value == "true"

    @property
    def messaging_opts(self):
        return {"quiet": False}

    def get_template_directory(self):
        return os.path.join(os.path.dirname(self.config_file_name or "."), "templates")

    def print_stdout(self, text, *arg):
        print(str(text) % arg if arg else text)


class _RunConfig(Config):
    """context.config: what the command line and its files say."""

    def __init__(self):
        super().__init__(_environment.ini_name(), _environment.toml_name(),
                         _environment.main_section(),
                         cmd_opts=_CommandOptions(_environment.command()))
        self._parser = _FileConfig()

    def get_alembic_option(self, name, default=None):
        found = _environment.option(name)
        return default if found is None else found

    def set_main_option(self, name, value):
        self.set_section_option(self.config_ini_section, name, value)


config = _RunConfig()


class CommandLine:
    pass


def main(argv=None, prog=None, **kwargs):
    raise CommandError("alembic.config.main() isn't available in evaluated files")
