"""Create spaced_rep_cards table

A card is made of every note whose title is a question.

Revision ID: 004
Revises: 003
Create Date: 2025-04-20 08:15:00
"""
from alembic import context, op
import sqlalchemy as sa
from sqlalchemy.dialects import postgresql

revision = '004'
down_revision = '003'
branch_labels = None
depends_on = None

notes = sa.table(
    'notes',
    sa.column('id', postgresql.UUID(as_uuid=True)),
    sa.column('title', sa.String),
    sa.column('body', sa.Text),
)


def upgrade():
    cards = op.create_table(
        'spaced_rep_cards',
        sa.Column('id', sa.Integer(), primary_key=True, autoincrement=True),
        sa.Column('note_id', postgresql.UUID(as_uuid=True), sa.ForeignKey('notes.id', ondelete='CASCADE'), nullable=False),
        sa.Column('front', sa.Text(), nullable=False),
        sa.Column('back', sa.Text(), nullable=False),
        sa.Column('ease', sa.Float(), nullable=False, server_default='2.5'),
        sa.Column('due_at', sa.DateTime(timezone=True)),
        sa.CheckConstraint('ease >= 1.3', name='ck_spaced_rep_cards_ease'),
    )
    op.create_index(op.f('ix_spaced_rep_cards_due_at'), 'spaced_rep_cards', ['due_at'])

    if context.is_offline_mode():
        return
    connection = op.get_bind()
    questions = connection.execute(
        sa.select(notes.c.id, notes.c.title, notes.c.body).where(notes.c.title.like('%?')).order_by(notes.c.title)
    ).fetchall()
    if questions:
        op.bulk_insert(
            cards,
            [{'note_id': row.id, 'front': row.title.strip(), 'back': row.body or '...'} for row in questions],
        )


def downgrade():
    op.drop_table('spaced_rep_cards')
