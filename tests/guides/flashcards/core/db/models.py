"""The tables of the flashcards."""
import enum
from datetime import datetime

from sqlalchemy import (
    JSON,
    Boolean,
    CheckConstraint,
    Column,
    DateTime,
    Enum,
    Float,
    ForeignKey,
    Integer,
    String,
    Text,
    UniqueConstraint,
)
from sqlalchemy.orm import relationship

from core.db.database import Base


class QuestionType(enum.Enum):
    text = "text"
    choice = "choice"
    number = "number"


class User(Base):
    __tablename__ = "users"

    id = Column(Integer, primary_key=True, index=True)
    name = Column(String(100))
    email = Column(String(255))
    is_active = Column(Boolean, nullable=False, default=True)
    created_at = Column(DateTime, default=datetime.utcnow)

    sessions = relationship("Session", back_populates="user", cascade="all, delete-orphan")

    def __repr__(self):
        return f"<User {self.id}: {self.name}>"


class Quiz(Base):
    __tablename__ = "quizzes"
    __table_args__ = (UniqueConstraint("user_id", "name", name="uq_quizzes_user_name"),)

    id = Column(Integer, primary_key=True, index=True)
    name = Column(String(200), nullable=False)
    subject = Column(String(50), index=True)
    description = Column(Text, nullable=True)
    language = Column(String(10), nullable=False, server_default="en", index=True)
    is_draft = Column(Boolean, nullable=False, server_default="0")
    user_id = Column(Integer, ForeignKey("users.id", ondelete="CASCADE"), nullable=True)
    created_at = Column(DateTime, default=datetime.utcnow)

    questions = relationship("Question", back_populates="quiz", cascade="all, delete-orphan")


class Question(Base):
    __tablename__ = "questions"
    __table_args__ = (CheckConstraint("difficulty BETWEEN 1 AND 5", name="ck_questions_difficulty"),)

    id = Column(Integer, primary_key=True, index=True)
    quiz_id = Column(Integer, ForeignKey("quizzes.id", ondelete="CASCADE"), nullable=False)
    kind = Column(Enum(QuestionType), nullable=False, server_default="text")
    question = Column(Text, nullable=False)
    answer = Column(JSON)
    difficulty = Column(Integer, nullable=True)
    tags = Column(String(500))

    quiz = relationship("Quiz", back_populates="questions")


class Session(Base):
    __tablename__ = "sessions"

    id = Column(Integer, primary_key=True, index=True)
    user_id = Column(Integer, ForeignKey("users.id"), nullable=False)
    quiz_id = Column(Integer, ForeignKey("quizzes.id"), nullable=False)
    started_at = Column(DateTime, default=datetime.utcnow)
    score = Column(Float)
    mode = Column(String(20), nullable=False, server_default="learn")

    user = relationship("User", back_populates="sessions")
