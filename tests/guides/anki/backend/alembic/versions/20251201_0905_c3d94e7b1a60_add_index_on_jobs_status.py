"""Add index on jobs.status

Revision ID: c3d94e7b1a60
Revises: 8f21c6d0a4be
Create Date: 2025-12-01 09:05:12.400000+00:00

"""
from typing import Sequence, Union

from alembic import op

# revision identifiers, used by Alembic.
revision: str = 'c3d94e7b1a60'
down_revision: Union[str, Sequence[str], None] = '8f21c6d0a4be'
branch_labels: Union[str, Sequence[str], None] = None
depends_on: Union[str, Sequence[str], None] = None


def upgrade() -> None:
    op.create_index(
        'ix_jobs_status_created_at',
        'jobs',
        ['status', 'created_at'],
        unique=False
    )


def downgrade() -> None:
    op.drop_index('ix_jobs_status_created_at', table_name='jobs')
