"""Objects that are added, changed and deleted."""
import datetime
import enum

import sqlalchemy as sa
from alembic import op
from sqlalchemy import orm
from sqlalchemy.orm import Session, declarative_base, relationship, sessionmaker

Base = declarative_base()


class Color(enum.Enum):
    red = "r"
    green = "g"


class Author(Base):
    __tablename__ = "author"
    id = sa.Column(sa.Integer, primary_key=True)
    name = sa.Column(sa.String(50), nullable=False)
    color = sa.Column(sa.Enum(Color), default=Color.red)
    born = sa.Column(sa.Date)
    score = sa.Column(sa.Integer, default=lambda: 7)
    note = sa.Column("remark", sa.Text, server_default="none")
    books = relationship("Book", back_populates="author", cascade="all, delete-orphan")


tags = sa.Table(
    "book_tag", Base.metadata,
    sa.Column("book_id", sa.ForeignKey("book.id"), primary_key=True),
    sa.Column("tag_id", sa.ForeignKey("tag.id"), primary_key=True),
)


class Book(Base):
    __tablename__ = "book"
    id = sa.Column(sa.Integer, primary_key=True)
    title = sa.Column(sa.String)
    author_id = sa.Column(sa.Integer, sa.ForeignKey("author.id"))
    author = relationship(Author, back_populates="books")
    tags = relationship("Tag", secondary=tags, back_populates="books")


class Tag(Base):
    __tablename__ = "tag"
    id = sa.Column(sa.Integer, primary_key=True)
    name = sa.Column(sa.String, unique=True)
    books = relationship("Book", secondary=tags, back_populates="tags")


def upgrade():
    bind = op.get_bind()
    Base.metadata.create_all(bind)
    session = Session(bind=bind)
    ann = Author(name="Ann", born=datetime.date(1990, 1, 2))
    ann.books = [Book(title="One"), Book(title="Two")]
    bob = Author(name="Bob", color=Color.green, score=None)
    session.add_all([bob, ann])
    session.flush()
    print(ann.id, bob.id, ann.note, ann.score, bob.color, ann.books[0].author_id)
    fun, sad = Tag(name="fun"), Tag(name="sad")
    ann.books[0].tags.append(fun)
    ann.books[1].tags.extend([fun, sad])
    session.add(Book(title="Three", author=bob, tags=[sad]))
    session.commit()
    print([(b.title, b.author.name, [t.name for t in b.tags])
           for b in session.query(Book).order_by(Book.id)])
    ann.name = "Anne"
    ann.books[1].tags.remove(fun)
    gone = ann.books[0]
    ann.books.remove(gone)
    session.flush()
    print([b.title for b in session.query(Book).order_by(Book.title).all()])
    session.delete(sad) if False else None
    other = session.query(Author).filter(Author.name == "Bob").one()
    print(other is bob, other.books[0].title)
    session.delete(bob)
    session.commit()
    print(session.query(Author).count(), session.query(Book).count())
    session.add(Author(name="Cid"))
    maker = sessionmaker(bind=bind)
    with maker() as second:
        second.add(Author(name="Dee", note="said"))
        second.commit()
    session.commit()
    print(sorted(a.name for a in session.query(Author)))


def downgrade():
    pass
