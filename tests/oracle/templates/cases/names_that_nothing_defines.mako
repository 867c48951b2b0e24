"""${message}"""
% if nothing:
never
% endif
% if nothing is UNDEFINED and not context.get("nothing"):
# ${"nothing" in context.keys()} ${context.get("team", "no team")}
% endif
from alembic import op
import sqlalchemy as sa

revision = "${up_revision}"
down_revision = ${"'%s'" % down_revision if down_revision else None}
labels = ${branch_labels}; depends_on = ${depends_on}
% if upgrades:


def upgrade():
    ${upgrades}
% endif
% if nothing or downgrades:


def downgrade():
    ${downgrades if downgrades else "pass"}
% endif
