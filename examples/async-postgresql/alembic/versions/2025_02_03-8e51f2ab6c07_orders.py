"""orders

Revision ID: 8e51f2ab6c07
Revises: 4d0a7c3b91e2
Create Date: 2025-02-03 16:40:02.889120

"""
from typing import Sequence, Union

from alembic import op
import sqlalchemy as sa

# revision identifiers, used by Alembic.
revision: str = '8e51f2ab6c07'
down_revision: Union[str, Sequence[str], None] = '4d0a7c3b91e2'
branch_labels: Union[str, Sequence[str], None] = None
depends_on: Union[str, Sequence[str], None] = None


def upgrade() -> None:
    op.create_table('orders',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('customer_id', sa.UUID(), nullable=False),
    sa.Column('status', sa.Enum('draft', 'paid', 'shipped', name='order_status'), server_default='draft', nullable=False),
    sa.Column('placed_at', sa.DateTime(timezone=True), server_default=sa.text('now()'), nullable=False),
    sa.ForeignKeyConstraint(['customer_id'], ['customers.id'], name=op.f('fk_orders_customer_id_customers'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_orders')),
    comment='one row an order'
    )
    op.create_index('ix_orders_open', 'orders', ['customer_id'], unique=False, postgresql_where=sa.text("status <> 'shipped'"))
    op.create_index(op.f('ix_orders_placed_at'), 'orders', ['placed_at'], unique=False)
    op.create_table('order_items',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('order_id', sa.Integer(), nullable=False),
    sa.Column('product_id', sa.Integer(), nullable=False),
    sa.Column('quantity', sa.Integer(), server_default=sa.text('1'), nullable=False),
    sa.Column('price', sa.Numeric(precision=10, scale=2), nullable=False),
    sa.ForeignKeyConstraint(['order_id'], ['orders.id'], name=op.f('fk_order_items_order_id_orders'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['product_id'], ['products.id'], name=op.f('fk_order_items_product_id_products'), ondelete='RESTRICT'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_order_items')),
    sa.UniqueConstraint('order_id', 'product_id', name=op.f('uq_order_items_order_id'))
    )


def downgrade() -> None:
    op.drop_table('order_items')
    op.drop_index(op.f('ix_orders_placed_at'), table_name='orders')
    op.drop_index('ix_orders_open', table_name='orders', postgresql_where=sa.text("status <> 'shipped'"))
    op.drop_table('orders')
    sa.Enum(name='order_status').drop(op.get_bind())
