"""Notes, their tags and what links them."""
import uuid
from datetime import datetime

from sqlalchemy import Column, ForeignKey, Index, String, Table, Text, func, text
from sqlalchemy.dialects.postgresql import JSONB, TIMESTAMP, TSVECTOR, UUID
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column, relationship
from sqlalchemy.schema import Computed


class Base(DeclarativeBase):
    pass


def key() -> Mapped[uuid.UUID]:
    return mapped_column(UUID(as_uuid=True), primary_key=True, server_default=text("uuid_generate_v4()"))


def now() -> Mapped[datetime]:
    return mapped_column(TIMESTAMP(timezone=True), nullable=False, server_default=func.now())


note_tags = Table(
    "note_tags",
    Base.metadata,
    Column("note_id", ForeignKey("notes.id", ondelete="CASCADE"), primary_key=True),
    Column("tag_id", ForeignKey("tags.id", ondelete="CASCADE"), primary_key=True),
)


class User(Base):
    __tablename__ = "users"

    id: Mapped[uuid.UUID] = key()
    email: Mapped[str] = mapped_column(String(255), unique=True)
    preferences: Mapped[dict] = mapped_column(JSONB, server_default=text("'{}'::jsonb"))
    created_at: Mapped[datetime] = now()
    updated_at: Mapped[datetime] = now()


class Note(Base):
    __tablename__ = "notes"
    __table_args__ = (
        Index("idx_notes_user_created", "user_id", text("created_at DESC")),
        Index("idx_notes_search", "search", postgresql_using="gin"),
    )

    id: Mapped[uuid.UUID] = key()
    user_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("users.id", ondelete="CASCADE"))
    title: Mapped[str] = mapped_column(String(200))
    body: Mapped[str] = mapped_column(Text, server_default="")
    slug: Mapped[str] = mapped_column(String(220))
    search: Mapped[str | None] = mapped_column(
        TSVECTOR, Computed("to_tsvector('english', coalesce(title, '') || ' ' || coalesce(body, ''))", persisted=True)
    )
    created_at: Mapped[datetime] = now()
    updated_at: Mapped[datetime] = now()
    tags: Mapped[list["Tag"]] = relationship(secondary=note_tags)


class Tag(Base):
    __tablename__ = "tags"

    id: Mapped[uuid.UUID] = key()
    name: Mapped[str] = mapped_column(String(50), unique=True)


class Link(Base):
    __tablename__ = "links"

    id: Mapped[uuid.UUID] = key()
    source_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("notes.id", ondelete="CASCADE"))
    target_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("notes.id", ondelete="CASCADE"), index=True)
    kind: Mapped[str] = mapped_column(String(20), server_default="related")
