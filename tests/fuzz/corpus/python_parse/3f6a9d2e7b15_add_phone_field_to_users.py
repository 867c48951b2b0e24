"""Add phone field to users

Revision ID: 3f6a9d2e7b15
Revises: e05d8f3b9c27
Create Date: 2025-06-08 14:22:10.314159

"""
from typing import Sequence, Union

from alembic import op
import sqlalchemy as sa


# revision identifiers, used by Alembic.
revision: str = '3f6a9d2e7b15'
down_revision: Union[str, Sequence[str], None] = 'e05d8f3b9c27'
branch_labels: Union[str, Sequence[str], None] = None
depends_on: Union[str, Sequence[str], None] = None


def upgrade() -> None:
    op.add_column('users', sa.Column('phone', sa.String(length=20), nullable=True))


def downgrade() -> None:
    op.drop_column('users', 'phone')
