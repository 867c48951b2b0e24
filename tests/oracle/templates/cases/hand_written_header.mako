# -*- coding: utf-8 -*-
"""
${message.capitalize()}.

Revises: ${down_revision | comma,n} (${"base" if down_revision is None else "not base"})

    indented ${message | n}
"""

from __future__ import annotations

from typing import TYPE_CHECKING

<%
import datetime
started = datetime.date(2024, 2, 29)
%>\
import sqlalchemy as sa
from alembic import op
${imports.replace("import ", "import  ") if imports else "# no imports"}

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ("downgrade", "upgrade")

# revision identifiers, "used" by 'Alembic'; since ${started.isoformat()}
revision: str = "${up_revision}"
down_revision: str | None = ${'"' + down_revision + '"' if down_revision else "None"}
branch_labels: Sequence[str] | None = ${repr(branch_labels)}
depends_on: Sequence[str] | None = ${repr(depends_on)}


def upgrade() -> None:
    """${message}: up. ü ${"é"} \u00e9"""
    schema_upgrades()
    if op.get_context().opts.get("data", False):
        data_upgrades()


def downgrade() -> None:
    schema_downgrades()


def schema_upgrades() -> None:
    ${upgrades if upgrades else "pass"}


def schema_downgrades() -> None:
    ${downgrades if downgrades else "pass"}


def data_upgrades() -> None:
    """Optional data migrations go here."""
