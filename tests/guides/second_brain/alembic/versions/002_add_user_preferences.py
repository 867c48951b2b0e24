"""Add user preferences

Every user that is there gets the defaults.

Revision ID: 002
Revises: 001
Create Date: 2025-02-10 09:30:00
"""
from alembic import op
import sqlalchemy as sa
from sqlalchemy.dialects import postgresql

revision = '002'
down_revision = '001'
branch_labels = None
depends_on = None


def upgrade():
    preferences = op.create_table(
        'user_preferences',
        sa.Column('user_id', postgresql.UUID(as_uuid=True), sa.ForeignKey('users.id', ondelete='CASCADE'), primary_key=True),
        sa.Column('theme', sa.String(20), nullable=False, server_default='light'),
        sa.Column('daily_goal', sa.Integer(), nullable=False, server_default='20'),
        sa.Column('email_digest', sa.Boolean(), nullable=False, server_default='true'),
    )
    users = sa.table('users', sa.column('id', postgresql.UUID(as_uuid=True)))
    op.execute(preferences.insert().from_select(['user_id'], sa.select(users.c.id)))


def downgrade():
    op.drop_table('user_preferences')
