"""Slugs and search

Revision ID: 003
Revises: 002
Create Date: 2025-01-20 08:15:00

"""
import re
from typing import Sequence, Union

from alembic import op
import sqlalchemy as sa
from sqlalchemy.dialects import postgresql

# revision identifiers, used by Alembic.
revision: str = '003'
down_revision: Union[str, Sequence[str], None] = '002'
branch_labels: Union[str, Sequence[str], None] = None
depends_on: Union[str, Sequence[str], None] = None


def slug_of(title: str) -> str:
    return re.sub(r'[^a-z0-9]+', '-', title.lower()).strip('-') or 'note'


def upgrade() -> None:
    op.add_column('notes', sa.Column('slug', sa.String(220), nullable=True))
    notes = sa.table('notes', sa.column('id', postgresql.UUID(as_uuid=True)), sa.column('title', sa.String),
                     sa.column('slug', sa.String))
    bind = op.get_bind()
    for row in bind.execute(sa.select(notes.c.id, notes.c.title).where(notes.c.slug.is_(None))):
        bind.execute(sa.update(notes).where(notes.c.id == row.id).values(slug=slug_of(row.title)))
    op.alter_column('notes', 'slug', existing_type=sa.String(220), nullable=False)

    op.add_column('notes', sa.Column(
        'search', postgresql.TSVECTOR,
        sa.Computed("to_tsvector('english', coalesce(title, '') || ' ' || coalesce(body, ''))", persisted=True)))
    op.create_index('idx_notes_search', 'notes', ['search'], postgresql_using='gin')


def downgrade() -> None:
    op.drop_index('idx_notes_search', table_name='notes', postgresql_using='gin')
    op.drop_column('notes', 'search')
    op.drop_column('notes', 'slug')
