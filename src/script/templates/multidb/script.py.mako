<%
    names = [name.strip() for name in config.get_main_option("databases").split(",")]
%>\
"""${message}

Revision ID: ${up_revision}
Revises: ${down_revision | comma,n}
Create Date: ${create_date}

"""
from typing import Sequence, Union

from alembic import op
import sqlalchemy as sa
${imports if imports else ""}

# Where this revision stands in the history.
revision: str = ${repr(up_revision)}
down_revision: Union[str, Sequence[str], None] = ${repr(down_revision)}
branch_labels: Union[str, Sequence[str], None] = ${repr(branch_labels)}
depends_on: Union[str, Sequence[str], None] = ${repr(depends_on)}


def upgrade(engine_name: str) -> None:
    """Upgrade the schema of one database."""
    globals()["upgrade_" + engine_name]()


def downgrade(engine_name: str) -> None:
    """Downgrade the schema of one database."""
    globals()["downgrade_" + engine_name]()
## A pair of functions for each of the databases.
% for name in names:


def upgrade_${name}() -> None:
    """Upgrade the schema of ${name}."""
    ${context.get(name + "_upgrades") or "pass"}


def downgrade_${name}() -> None:
    """Downgrade the schema of ${name}."""
    ${context.get(name + "_downgrades") or "pass"}
% endfor
