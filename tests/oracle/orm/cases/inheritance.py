"""Joined and single-table inheritance, defaults, reflected tables."""
import uuid

import sqlalchemy as sa
from alembic import op
from sqlalchemy import orm
from sqlalchemy.ext.automap import automap_base
from sqlalchemy.ext.hybrid import hybrid_property

Base = orm.declarative_base()


class Animal(Base):
    __tablename__ = "animal"
    id = sa.Column(sa.Integer, primary_key=True)
    kind = sa.Column(sa.String(10))
    name = sa.Column(sa.String(10))
    __mapper_args__ = {"polymorphic_on": kind, "polymorphic_identity": "animal"}


class Dog(Animal):
    bones = sa.Column(sa.Integer, default=2)
    __mapper_args__ = {"polymorphic_identity": "dog"}

    @hybrid_property
    def rich(self):
        return self.bones > 1


class Cat(Animal):
    __tablename__ = "cat"
    id = sa.Column(sa.ForeignKey("animal.id"), primary_key=True)
    lives = sa.Column(sa.Integer, default=9)
    __mapper_args__ = {"polymorphic_identity": "cat"}


class Thing(Base):
    __tablename__ = "thing"
    id = sa.Column(sa.Uuid, primary_key=True, default=lambda: uuid.UUID(int=5))
    data = sa.Column(sa.JSON)
    parent_id = sa.Column(sa.ForeignKey("thing.id"))
    parent = orm.relationship("Thing", remote_side=[id], backref="children")


def upgrade():
    bind = op.get_bind()
    Base.metadata.create_all(bind)
    op.create_table("old", sa.Column("id", sa.Integer, primary_key=True),
                    sa.Column("label", sa.String))
    session = orm.Session(bind=op.get_bind())
    session.add_all([Dog(name="rex"), Cat(name="tom", lives=3), Animal(name="it")])
    session.flush()
    print([(type(a).__name__, a.name, a.kind) for a in session.query(Animal).order_by(Animal.id)])
    session.expire_all()
    print([c.lives for c in session.query(Cat)], [d.bones for d in session.query(Dog)])
    print(session.query(Dog).filter(Dog.rich).count(), session.query(Cat).filter_by(name="tom").one().id)
    cat = session.query(Cat).first()
    cat.lives = 8
    cat.name = "kit"
    session.flush()
    top = Thing(data={"a": [1, None]})
    session.add(Thing(id=uuid.UUID(int=6), parent=top))
    session.commit()
    print([(t.id, t.data, t.parent_id) for t in session.query(Thing).order_by(Thing.id)])
    print(len(top.children), top.children[0].parent is top)
    AutoBase = automap_base()
    AutoBase.prepare(autoload_with=bind)
    Old = AutoBase.classes.old
    session.add(Old(label="x"))
    session.commit()
    print(session.query(Old).one().label)


def downgrade():
    pass
