"""first cards

Revision ID: c2f7e6a41d90
Revises: 8a1c0d5e9b34
Create Date: 2025-02-11 08:05:31.000412

"""
from typing import Sequence, Union

from alembic import op
import sqlalchemy as sa


# revision identifiers, used by Alembic.
revision: str = 'c2f7e6a41d90'
down_revision: Union[str, Sequence[str], None] = '8a1c0d5e9b34'
branch_labels: Union[str, Sequence[str], None] = None
depends_on: Union[str, Sequence[str], None] = None


users = sa.table('users', sa.column('id', sa.Integer), sa.column('name', sa.String), sa.column('email', sa.String))
quizsets = sa.table('quizsets', sa.column('id', sa.Integer), sa.column('subject', sa.String), sa.column('name', sa.String))
questions = sa.table(
    'questions',
    sa.column('quizset_id', sa.Integer),
    sa.column('question', sa.Text),
    sa.column('answer', sa.Text),
)

CAPITALS = {
    'France': 'Paris',
    'Norway': 'Oslo',
    "Côte d'Ivoire": 'Yamoussoukro',
}


def upgrade() -> None:
    op.bulk_insert(users, [
        {'id': 1, 'name': 'Ada', 'email': 'ada@example.org'},
        {'id': 2, 'name': None, 'email': 'grace@example.org'},
    ])
    op.bulk_insert(quizsets, [
        {'id': 1, 'subject': 'geo', 'name': 'Capitals'},
        {'id': 2, 'subject': 'math', 'name': 'Powers of two'},
    ])
    op.bulk_insert(questions, [
        {'quizset_id': 1, 'question': f'What is the capital of {country}?', 'answer': city}
        for country, city in CAPITALS.items()
    ])
    op.bulk_insert(questions, [
        {'quizset_id': 2, 'question': f'2 ** {n}?', 'answer': str(2 ** n)} for n in range(1, 5)
    ])


def downgrade() -> None:
    op.execute("DELETE FROM questions WHERE quizset_id IN (1, 2)")
    op.execute("DELETE FROM quizsets WHERE id IN (1, 2)")
    op.execute("DELETE FROM users WHERE id IN (1, 2)")
