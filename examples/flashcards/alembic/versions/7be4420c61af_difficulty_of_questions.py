"""difficulty of questions

Revision ID: 7be4420c61af
Revises: 1d93b07f5ac8
Create Date: 2025-04-02 20:15:47.999120

"""
from typing import Sequence, Union

from alembic import op
import sqlalchemy as sa


# revision identifiers, used by Alembic.
revision: str = '7be4420c61af'
down_revision: Union[str, Sequence[str], None] = '1d93b07f5ac8'
branch_labels: Union[str, Sequence[str], None] = None
depends_on: Union[str, Sequence[str], None] = None


def upgrade() -> None:
    with op.batch_alter_table('questions', schema=None) as batch_op:
        batch_op.add_column(sa.Column('difficulty', sa.Enum('easy', 'medium', 'hard', name='difficulty'), server_default='medium', nullable=False))
        batch_op.create_index('ix_questions_quizset_difficulty', ['quizset_id', 'difficulty'], unique=False)
    op.execute("UPDATE questions SET difficulty = 'easy' WHERE length(answer) <= 2")


def downgrade() -> None:
    with op.batch_alter_table('questions', schema=None) as batch_op:
        batch_op.drop_index('ix_questions_quizset_difficulty')
        batch_op.drop_column('difficulty')
