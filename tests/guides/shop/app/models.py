import uuid
from datetime import datetime, timezone

from sqlalchemy import Boolean, CheckConstraint, Column, DateTime, ForeignKey, Index, Integer, Numeric, String, Text
from sqlalchemy.orm import relationship

from app.database import Base


def new_id():
    return str(uuid.uuid4())


def now():
    return datetime.now(timezone.utc)


class User(Base):
    __tablename__ = "users"

    id = Column(String, primary_key=True, default=new_id)
    email = Column(String, unique=True, index=True, nullable=False)
    hashed_password = Column(String, nullable=False)
    is_active = Column(Boolean, default=True)
    created_at = Column(DateTime(timezone=True), default=now)

    orders = relationship("Order", back_populates="user")


class Product(Base):
    __tablename__ = "products"

    id = Column(String, primary_key=True, default=new_id)
    name = Column(String(120), nullable=False)
    description = Column(Text)
    price = Column(Numeric(10, 2), nullable=False, server_default="0")
    stock = Column(Integer, nullable=False, server_default="0")


class Order(Base):
    __tablename__ = "orders"
    __table_args__ = (
        Index("ix_orders_user_created", "user_id", "created_at"),
        CheckConstraint("quantity > 0", name="ck_orders_quantity"),
    )

    id = Column(String, primary_key=True, default=new_id)
    user_id = Column(String, ForeignKey("users.id", name="fk_orders_user_id"), nullable=False)
    product_id = Column(String, ForeignKey("products.id", name="fk_orders_product_id"), nullable=False)
    quantity = Column(Integer, nullable=False)
    status = Column(String(20), nullable=False, server_default="new")
    created_at = Column(DateTime(timezone=True), default=now)

    user = relationship("User", back_populates="orders")
