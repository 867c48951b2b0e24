"""Appointment reminders

Revision ID: b6a2f4d81c37
Revises: 9209a434d045
Create Date: 2025-07-11 12:30:00

"""
from typing import Sequence, Union

from alembic import op
import sqlalchemy as sa


# revision identifiers, used by Alembic.
revision: str = 'b6a2f4d81c37'
down_revision: Union[str, Sequence[str], None] = '9209a434d045'
branch_labels: Union[str, Sequence[str], None] = None
depends_on: Union[str, Sequence[str], None] = None


def upgrade() -> None:
    op.add_column('appointments', sa.Column('reminded_at', sa.DateTime(), nullable=True))
    op.create_index('ix_appointments_starts_at', 'appointments', ['starts_at'], unique=False)


def downgrade() -> None:
    op.drop_index('ix_appointments_starts_at', table_name='appointments')
    op.drop_column('appointments', 'reminded_at')
