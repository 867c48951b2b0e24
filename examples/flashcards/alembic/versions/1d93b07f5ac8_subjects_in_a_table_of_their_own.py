"""subjects in a table of their own

Revision ID: 1d93b07f5ac8
Revises: c2f7e6a41d90
Create Date: 2025-03-20 11:59:00.450001

"""
from typing import Sequence, Union

from alembic import op
import sqlalchemy as sa


# revision identifiers, used by Alembic.
revision: str = '1d93b07f5ac8'
down_revision: Union[str, Sequence[str], None] = 'c2f7e6a41d90'
branch_labels: Union[str, Sequence[str], None] = None
depends_on: Union[str, Sequence[str], None] = None


TITLES = {'geo': 'Geography', 'math': 'Mathematics'}


def upgrade() -> None:
    subjects = op.create_table('subjects',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('code', sa.String(length=20), nullable=False),
    sa.Column('title', sa.String(length=200), nullable=False),
    sa.PrimaryKeyConstraint('id'),
    sa.UniqueConstraint('code')
    )
    op.bulk_insert(subjects, [{'code': code, 'title': title} for code, title in TITLES.items()])
    op.add_column('quizsets', sa.Column('subject_id', sa.Integer(), nullable=True))
    op.execute(
        "UPDATE quizsets SET subject_id = (SELECT id FROM subjects WHERE code = quizsets.subject)"
    )
    with op.batch_alter_table('quizsets', schema=None) as batch_op:
        batch_op.alter_column('subject_id', existing_type=sa.Integer(), nullable=False)
        batch_op.create_foreign_key('fk_quizsets_subject', 'subjects', ['subject_id'], ['id'], ondelete='CASCADE')
        batch_op.create_unique_constraint('uq_quizsets_subject_name', ['subject_id', 'name'])
        batch_op.drop_column('subject')


def downgrade() -> None:
    with op.batch_alter_table('quizsets', schema=None) as batch_op:
        batch_op.add_column(sa.Column('subject', sa.String(length=20), nullable=True))
    op.execute(
        "UPDATE quizsets SET subject = (SELECT code FROM subjects WHERE id = quizsets.subject_id)"
    )
    with op.batch_alter_table('quizsets', schema=None) as batch_op:
        batch_op.drop_constraint('uq_quizsets_subject_name', type_='unique')
        batch_op.drop_constraint('fk_quizsets_subject', type_='foreignkey')
        batch_op.drop_column('subject_id')
        batch_op.alter_column('subject', existing_type=sa.String(length=20), nullable=False)
    op.drop_table('subjects')
