"""What the second brain remembers."""
from datetime import datetime
from uuid import uuid4

from sqlalchemy import Boolean, CheckConstraint, Column, DateTime, Float, ForeignKey, Index, Integer, String, Text, text
from sqlalchemy.dialects.postgresql import ARRAY, JSONB, UUID
from sqlalchemy.orm import relationship

from app.db.base import Base


class User(Base):
    __tablename__ = "users"

    id = Column(UUID(as_uuid=True), primary_key=True, default=uuid4)
    email = Column(String(255), nullable=False, unique=True)
    first_name = Column(String(100), nullable=False)
    last_name = Column(String(100), nullable=False)
    full_name = Column(String(255))
    created_at = Column(DateTime(timezone=True), nullable=False, server_default=text("now()"), default=datetime.utcnow)

    notes = relationship("Note", back_populates="author")


class Note(Base):
    __tablename__ = "notes"
    __table_args__ = (Index("ix_notes_tags", "tags", postgresql_using="gin"),)

    id = Column(UUID(as_uuid=True), primary_key=True, default=uuid4)
    user_id = Column(UUID(as_uuid=True), ForeignKey("users.id", ondelete="CASCADE"), nullable=False, index=True)
    title = Column(String(255), nullable=False)
    body = Column(Text, nullable=False, server_default="")
    tags = Column(ARRAY(Text), nullable=False, server_default=text("'{}'::text[]"))
    source = Column(JSONB)

    author = relationship("User", back_populates="notes")


class UserPreferences(Base):
    __tablename__ = "user_preferences"

    user_id = Column(UUID(as_uuid=True), ForeignKey("users.id", ondelete="CASCADE"), primary_key=True)
    theme = Column(String(20), nullable=False, server_default="light")
    daily_goal = Column(Integer, nullable=False, server_default="20")
    email_digest = Column(Boolean, nullable=False, server_default="true")


class SpacedRepCard(Base):
    __tablename__ = "spaced_rep_cards"
    __table_args__ = (CheckConstraint("ease >= 1.3", name="ck_spaced_rep_cards_ease"),)

    id = Column(Integer, primary_key=True, autoincrement=True)
    note_id = Column(UUID(as_uuid=True), ForeignKey("notes.id", ondelete="CASCADE"), nullable=False)
    front = Column(Text, nullable=False)
    back = Column(Text, nullable=False)
    ease = Column(Float, nullable=False, server_default="2.5")
    due_at = Column(DateTime(timezone=True), index=True)
