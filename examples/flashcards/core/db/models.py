"""The schema that the revisions lead to."""
import enum

from sqlalchemy import (
    Boolean,
    CheckConstraint,
    Column,
    DateTime,
    Enum,
    Float,
    ForeignKey,
    Index,
    Integer,
    String,
    Text,
    UniqueConstraint,
    func,
)
from sqlalchemy.orm import declarative_base, relationship

Base = declarative_base()


class Difficulty(enum.Enum):
    easy = "easy"
    medium = "medium"
    hard = "hard"


class User(Base):
    __tablename__ = "users"

    id = Column(Integer, primary_key=True)
    name = Column(String(100), nullable=False)
    email = Column(String(320), nullable=False, unique=True)
    phone = Column(String(20))
    is_active = Column(Boolean, nullable=False, server_default="1")
    created_at = Column(DateTime, nullable=False, server_default=func.now())

    sessions = relationship("QuizSession", back_populates="user")


class Subject(Base):
    __tablename__ = "subjects"

    id = Column(Integer, primary_key=True)
    code = Column(String(20), nullable=False, unique=True)
    title = Column(String(200), nullable=False)


class Quizset(Base):
    __tablename__ = "quizsets"
    __table_args__ = (UniqueConstraint("subject_id", "name", name="uq_quizsets_subject_name"),)

    id = Column(Integer, primary_key=True)
    subject_id = Column(Integer, ForeignKey("subjects.id", ondelete="CASCADE"), nullable=False)
    name = Column(String(200), nullable=False)
    description = Column(Text)


class Question(Base):
    __tablename__ = "questions"
    __table_args__ = (
        CheckConstraint("length(question) > 0", name="ck_questions_not_empty"),
        Index("ix_questions_quizset_difficulty", "quizset_id", "difficulty"),
    )

    id = Column(Integer, primary_key=True)
    quizset_id = Column(Integer, ForeignKey("quizsets.id", ondelete="CASCADE"), nullable=False)
    question = Column(Text, nullable=False)
    answer = Column(Text, nullable=False)
    difficulty = Column(Enum(Difficulty, name="difficulty"), nullable=False, server_default="medium")


class QuizSession(Base):
    __tablename__ = "quiz_sessions"

    id = Column(Integer, primary_key=True)
    user_id = Column(Integer, ForeignKey("users.id", ondelete="CASCADE"), nullable=False, index=True)
    quizset_id = Column(Integer, ForeignKey("quizsets.id"), nullable=False)
    score = Column(Float)
    started_at = Column(DateTime, nullable=False, server_default=func.now())
    finished_at = Column(DateTime)

    user = relationship("User", back_populates="sessions")
