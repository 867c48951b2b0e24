"""Full names, and tags as arrays

Revision ID: 003
Revises: 002
Create Date: 2025-03-01 18:45:00
"""
from alembic import context, op
import sqlalchemy as sa
from sqlalchemy.dialects import postgresql

revision = '003'
down_revision = '002'
branch_labels = None
depends_on = None


def upgrade():
    # Schema change
    op.add_column('users', sa.Column('full_name', sa.String(255)))

    # Data migration
    connection = op.get_bind()
    connection.execute(
        sa.text("UPDATE users SET full_name = first_name || ' ' || last_name")
    )
    if not context.is_offline_mode():
        empty = connection.execute(sa.text("SELECT count(*) FROM users WHERE full_name = ''")).scalar()
        if empty:
            raise RuntimeError(f"{empty} users without a name")

    op.alter_column('notes', 'tags', server_default=None)
    op.alter_column(
        'notes',
        'tags',
        type_=postgresql.ARRAY(sa.Text()),
        existing_nullable=False,
        postgresql_using="string_to_array(tags, ',')",
    )
    op.alter_column('notes', 'tags', server_default=sa.text("'{}'::text[]"))
    op.create_index('ix_notes_tags', 'notes', ['tags'], postgresql_using='gin')


def downgrade():
    op.drop_index('ix_notes_tags', table_name='notes')
    op.alter_column('notes', 'tags', server_default=None)
    op.alter_column('notes', 'tags', type_=sa.Text(), postgresql_using="array_to_string(tags, ',')")
    op.alter_column('notes', 'tags', server_default='')
    op.drop_column('users', 'full_name')
