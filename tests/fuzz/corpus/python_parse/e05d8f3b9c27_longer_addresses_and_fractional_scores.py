"""longer addresses and fractional scores

Revision ID: e05d8f3b9c27
Revises: 7be4420c61af
Create Date: 2025-05-19 06:30:00.000000

"""
from typing import Sequence, Union

from alembic import op
import sqlalchemy as sa


# revision identifiers, used by Alembic.
revision: str = 'e05d8f3b9c27'
down_revision: Union[str, Sequence[str], None] = '7be4420c61af'
branch_labels: Union[str, Sequence[str], None] = None
depends_on: Union[str, Sequence[str], None] = None


def upgrade() -> None:
    op.execute("UPDATE users SET name = email WHERE name IS NULL")
    with op.batch_alter_table('users', schema=None) as batch_op:
        batch_op.alter_column('name', existing_type=sa.String(length=100), nullable=False)
        batch_op.alter_column('email', existing_type=sa.String(length=255), type_=sa.String(length=320), existing_nullable=False)
        batch_op.add_column(sa.Column('is_active', sa.Boolean(), server_default='1', nullable=False))
    with op.batch_alter_table('quiz_sessions', schema=None) as batch_op:
        batch_op.alter_column('score', existing_type=sa.Integer(), type_=sa.Float(), existing_nullable=True)


def downgrade() -> None:
    with op.batch_alter_table('quiz_sessions', schema=None) as batch_op:
        batch_op.alter_column('score', existing_type=sa.Float(), type_=sa.Integer(), existing_nullable=True)
    with op.batch_alter_table('users', schema=None) as batch_op:
        batch_op.drop_column('is_active')
        batch_op.alter_column('email', existing_type=sa.String(length=320), type_=sa.String(length=255), existing_nullable=False)
        batch_op.alter_column('name', existing_type=sa.String(length=100), nullable=True)
