"""What query() and select() of mapped classes give."""
import sqlalchemy as sa
from alembic import op
from sqlalchemy import and_, func, or_, select
from sqlalchemy.orm import (DeclarativeBase, Mapped, Session, aliased, joinedload, mapped_column,
                            relationship)


class Base(DeclarativeBase):
    pass


class Team(Base):
    __tablename__ = "team"
    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str]
    members: Mapped[list["Member"]] = relationship(back_populates="team")


class Member(Base):
    __tablename__ = "member"
    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str]
    age: Mapped[int | None]
    team_id: Mapped[int | None] = mapped_column(sa.ForeignKey("team.id"))
    team: Mapped["Team | None"] = relationship(back_populates="members")


def upgrade():
    bind = op.get_bind()
    Base.metadata.create_all(bind=bind)
    session = Session(bind=bind)
    session.bulk_insert_mappings(Team, [{"id": 1, "name": "red"}, {"id": 2, "name": "blue"}])
    session.bulk_save_objects([Member(name="a", age=3, team_id=1), Member(name="b", age=5, team_id=1),
                               Member(name="c", team_id=2), Member(name="d", age=9)])
    q = session.query(Member)
    print([m.name for m in q.filter(Member.age > 3).order_by(Member.age.desc())])
    print(q.filter_by(name="a").first().age, q.filter_by(name="zz").first())
    print(q.filter(or_(Member.name == "a", Member.team_id.is_(None))).count())
    print([m.name for m in q.order_by(Member.id).limit(2).offset(1)])
    print(session.query(Member.name, Member.age).order_by(Member.name).all())
    print([r.name for r in session.query(Member.name).distinct().order_by(Member.name)])
    print(session.query(func.count(Member.id)).scalar(), session.query(func.max(Member.age)).one())
    print([(m.name, t.name) for m, t in session.query(Member, Team).join(Team).order_by(Member.id)])
    print([m.name for m in session.query(Member).join(Member.team).filter(Team.name == "red")])
    print([(m.name, t and t.name) for m, t in
           session.query(Member, Team).outerjoin(Member.team).order_by(Member.id)])
    print([t.name for t in session.query(Team).join(Member, Member.team_id == Team.id)
           .group_by(Team.id).having(func.count(Member.id) > 1)])
    print(session.query(session.query(Member).filter_by(name="a").exists()).scalar())
    print(session.query(Member).options(joinedload(Member.team)).get(1).team.name)
    print(session.get(Member, 3).team.members[0].name, session.get(Member, 99))
    other = aliased(Member)
    print(session.query(Member.name, other.name).join(other, Member.team_id == other.team_id)
          .filter(Member.id < other.id).all())
    print([t.name for t in session.query(Team).filter(Team.members.any(Member.age > 4))])
    print([m.name for m in session.query(Member).filter(Member.team.has(name="blue"))])
    print([m.name for m in session.scalars(select(Member).where(Member.age != None)
                                           .order_by(Member.name))])
    print(session.execute(select(Member.name).where(Member.id == 2)).scalar_one())
    print([(m.name, t.name) for m, t in session.execute(
        select(Member, Team).join(Team, Member.team_id == Team.id).order_by(Member.id))])
    print(session.execute(select(Team).filter_by(name="red")).scalars().one().name)
    print(session.scalar(select(func.count()).select_from(Member)))
    print(session.query(Member).filter(Member.age == None).update({"age": 1}))
    print(session.query(Member).filter(and_(Member.age == 1, Member.name.like("c%"))).delete())
    print([(m.name, m.age) for m in session.query(Member).order_by(Member.id).yield_per(2)])
    session.execute(sa.update(Member).where(Member.name == "a").values(age=Member.age + 10))
    print(session.query(Member).filter(Member.name == "a").one().age)
    print(session.query(Member).filter_by(name="q").one_or_none(),
          session.query(Member).order_by(Member.id)[0].name)
    for member in session.query(Member).all():
        member.name = member.name.upper()
    session.commit()
    print(bind.execute(sa.text("SELECT name FROM member ORDER BY id")).fetchall())
    print(session.query(Team).filter(Team.id.in_(session.query(Member.team_id))).all()[0].name)


def downgrade():
    pass
