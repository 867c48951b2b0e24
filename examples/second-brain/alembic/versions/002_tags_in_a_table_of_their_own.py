"""Tags in a table of their own

Revision ID: 002
Revises: 001
Create Date: 2024-12-15 18:30:00

"""
from typing import Sequence, Union

from alembic import op
import sqlalchemy as sa
from sqlalchemy.dialects import postgresql

# revision identifiers, used by Alembic.
revision: str = '002'
down_revision: Union[str, Sequence[str], None] = '001'
branch_labels: Union[str, Sequence[str], None] = None
depends_on: Union[str, Sequence[str], None] = None


def upgrade() -> None:
    op.create_table(
        'tags',
        sa.Column('id', postgresql.UUID(as_uuid=True), primary_key=True, server_default=sa.text('uuid_generate_v4()')),
        sa.Column('name', sa.String(50), nullable=False, unique=True),
    )
    op.create_table(
        'note_tags',
        sa.Column('note_id', postgresql.UUID(as_uuid=True), sa.ForeignKey('notes.id', ondelete='CASCADE'), primary_key=True),
        sa.Column('tag_id', postgresql.UUID(as_uuid=True), sa.ForeignKey('tags.id', ondelete='CASCADE'), primary_key=True),
    )

    conn = op.get_bind()
    known = {}
    for note in conn.execute(sa.text('SELECT id, tags FROM notes ORDER BY created_at, title')):
        for name in note.tags:
            if name not in known:
                known[name] = conn.execute(
                    sa.text('INSERT INTO tags (name) VALUES (:name) RETURNING id'), {'name': name}
                ).scalar_one()
            conn.execute(
                sa.text('INSERT INTO note_tags (note_id, tag_id) VALUES (:note, :tag) ON CONFLICT DO NOTHING'),
                {'note': note.id, 'tag': known[name]},
            )
    op.drop_column('notes', 'tags')


def downgrade() -> None:
    op.add_column('notes', sa.Column('tags', postgresql.ARRAY(sa.String), nullable=False, server_default='{}'))
    op.execute("""
        UPDATE notes SET tags = found.names
        FROM (SELECT note_id, array_agg(name ORDER BY name) AS names
              FROM note_tags JOIN tags ON tags.id = tag_id GROUP BY note_id) AS found
        WHERE found.note_id = notes.id
    """)
    op.drop_table('note_tags')
    op.drop_table('tags')
