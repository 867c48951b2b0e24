"""order status

Revision ID: 7e2b90c4f5d1
Revises: 4d1f60a7c2b9
Create Date: 2025-08-20 16:00:00

"""
from typing import Sequence, Union

from alembic import op
import sqlalchemy as sa


# revision identifiers, used by Alembic.
revision: str = '7e2b90c4f5d1'
down_revision: Union[str, Sequence[str], None] = '4d1f60a7c2b9'
branch_labels: Union[str, Sequence[str], None] = None
depends_on: Union[str, Sequence[str], None] = None


def upgrade() -> None:
    with op.batch_alter_table('orders', schema=None) as batch_op:
        batch_op.add_column(sa.Column('status', sa.String(length=20), server_default='new', nullable=False))
        batch_op.alter_column('quantity', existing_type=sa.INTEGER(), server_default=None)
        batch_op.create_check_constraint('ck_orders_quantity', 'quantity > 0')


def downgrade() -> None:
    with op.batch_alter_table('orders', schema=None) as batch_op:
        batch_op.drop_constraint('ck_orders_quantity', type_='check')
        batch_op.alter_column('quantity', existing_type=sa.INTEGER(), server_default='1')
        batch_op.drop_column('status')
