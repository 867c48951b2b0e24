"""The scripts directory as env.py and its hooks ask for it."""
from alembic import context


class ScriptDirectory(type(context.script)):
    @classmethod
    def from_config(cls, config):
        """Of this project, whose configuration `config` is."""
        return cls()
