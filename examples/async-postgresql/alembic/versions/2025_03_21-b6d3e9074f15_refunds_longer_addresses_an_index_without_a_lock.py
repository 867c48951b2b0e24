"""refunds, longer addresses, an index without a lock

Revision ID: b6d3e9074f15
Revises: 8e51f2ab6c07
Create Date: 2025-03-21 11:05:47.310552

"""
from typing import Sequence, Union

from alembic import op
import sqlalchemy as sa

# revision identifiers, used by Alembic.
revision: str = 'b6d3e9074f15'
down_revision: Union[str, Sequence[str], None] = '8e51f2ab6c07'
branch_labels: Union[str, Sequence[str], None] = None
depends_on: Union[str, Sequence[str], None] = None


def upgrade() -> None:
    with op.get_context().autocommit_block():
        op.execute("ALTER TYPE order_status ADD VALUE IF NOT EXISTS 'refunded'")
        op.create_index(op.f('ix_order_items_product_id'), 'order_items', ['product_id'], unique=False,
                        postgresql_concurrently=True, if_not_exists=True)
    op.alter_column('customers', 'email', existing_type=sa.String(length=255), type_=sa.String(length=320),
                    existing_nullable=False)
    op.alter_column('order_items', 'price', new_column_name='unit_price')


def downgrade() -> None:
    op.alter_column('order_items', 'unit_price', new_column_name='price')
    op.alter_column('customers', 'email', existing_type=sa.String(length=320), type_=sa.String(length=255),
                    existing_nullable=False)
    with op.get_context().autocommit_block():
        op.drop_index(op.f('ix_order_items_product_id'), table_name='order_items', postgresql_concurrently=True,
                      if_exists=True)
    # A value can't leave an enum type: the type is made anew.
    op.execute("UPDATE orders SET status = 'paid' WHERE status = 'refunded'")
    op.drop_index('ix_orders_open', table_name='orders')
    op.alter_column('orders', 'status', server_default=None)
    op.execute("ALTER TYPE order_status RENAME TO order_status_old")
    sa.Enum('draft', 'paid', 'shipped', name='order_status').create(op.get_bind())
    op.execute("ALTER TABLE orders ALTER COLUMN status TYPE order_status USING status::text::order_status")
    op.execute("DROP TYPE order_status_old")
    op.alter_column('orders', 'status', server_default='draft')
    op.create_index('ix_orders_open', 'orders', ['customer_id'], postgresql_where=sa.text("status <> 'shipped'"))
