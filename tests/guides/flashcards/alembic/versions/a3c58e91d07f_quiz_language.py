"""Quiz language

Revision ID: a3c58e91d07f
Revises: 5ebc48e65e28
Create Date: 2025-10-02 19:20:00

"""
from typing import Sequence, Union

from alembic import op
import sqlalchemy as sa


# revision identifiers, used by Alembic.
revision: str = 'a3c58e91d07f'
down_revision: Union[str, Sequence[str], None] = '5ebc48e65e28'
branch_labels: Union[str, Sequence[str], None] = None
depends_on: Union[str, Sequence[str], None] = None


def upgrade() -> None:
    op.add_column('quizzes', sa.Column('language', sa.String(length=10), server_default='en', nullable=False))
    op.create_index(op.f('ix_quizzes_language'), 'quizzes', ['language'], unique=False)
    with op.batch_alter_table('questions') as batch_op:
        batch_op.alter_column('tags', existing_type=sa.String(length=200), type_=sa.String(length=500))


def downgrade() -> None:
    with op.batch_alter_table('questions') as batch_op:
        batch_op.alter_column('tags', existing_type=sa.String(length=500), type_=sa.String(length=200))
    op.drop_index(op.f('ix_quizzes_language'), table_name='quizzes')
    op.drop_column('quizzes', 'language')
