"""What happens to a value on its way into an attribute and after it: validators, values that notice changes,
what inspect() tells, and objects after a savepoint was rolled back."""
import sqlalchemy as sa
from alembic import op
from sqlalchemy import inspect
from sqlalchemy.ext.mutable import MutableDict, MutableList
from sqlalchemy.orm import Session, declarative_base, relationship, validates
from sqlalchemy.orm.attributes import flag_modified, get_history

Base = declarative_base()


class Team(Base):
    __tablename__ = "team"
    id = sa.Column(sa.Integer, primary_key=True)
    name = sa.Column(sa.String)
    settings = sa.Column(MutableDict.as_mutable(sa.JSON), default=dict)
    history = sa.Column(MutableList.as_mutable(sa.JSON))
    plain = sa.Column(sa.JSON)
    members = relationship("Member", back_populates="team", order_by="Member.id")

    @validates("name", "plain")
    def clean(self, key, value):
        if value == "refused":
            raise ValueError("refused %s" % key)
        return value.strip() if isinstance(value, str) else value

    @validates("members")
    def welcome(self, key, member):
        member.name = member.name.title()
        return member


class Member(Base):
    __tablename__ = "member"
    id = sa.Column(sa.Integer, primary_key=True)
    name = sa.Column(sa.String, unique=True)
    team_id = sa.Column(sa.ForeignKey("team.id"))
    team = relationship(Team, back_populates="members")


def stored(bind):
    return bind.execute(sa.text("SELECT name, settings, history, plain FROM team ORDER BY id")).fetchall()


def upgrade():
    bind = op.get_bind()
    Base.metadata.create_all(bind)
    session = Session(bind=bind)
    team = Team(name="  red ", settings={"a": 1}, history=[1], plain={"x": 1})
    state = inspect(team)
    print(team.name, state.transient, state.pending, state.persistent, state.identity)
    session.add(team)
    print(inspect(team).pending, get_history(team, "name"))
    session.flush()
    print(inspect(team).persistent, inspect(team).identity, inspect(team).attrs.name.history.has_changes())
    try:
        team.name = "refused"
    except ValueError as error:
        print(error)
    team.settings["b"] = [2]
    team.history.append(3)
    team.plain["y"] = "not noticed"
    session.flush()
    print(stored(bind))
    team.settings.update(c=3)
    team.settings.pop("a")
    team.history += [4]
    team.history[0] = 0
    flag_modified(team, "plain")
    session.flush()
    print(stored(bind))
    session.expire_all()
    team.settings.setdefault("d", 4)
    team.name = "blue"
    print(inspect(team).attrs.name.history, inspect(team).modified, isinstance(team.settings, MutableDict))
    session.commit()
    print(stored(bind))
    other = Team(name="green")
    session.add(other)
    session.flush()
    other.settings["made"] = "by default"
    other.members = [Member(name="ann")]
    other.members.append(Member(name="bob"))
    session.commit()
    print(stored(bind), [member.name for member in other.members])
    try:
        other.history = "text"
    except ValueError as error:
        print(error)

    kept = session.get(Team, 1)
    try:
        with session.begin_nested():
            kept.name = "undone"
            fresh = Member(name="cid", team=kept)
            session.add_all([fresh, Member(name="Ann")])
            session.flush()
    except sa.exc.IntegrityError:
        print("twice")
    print(kept.name, kept in session, inspect(kept).persistent, fresh in session, inspect(fresh).transient)
    kept.name = "after"
    session.flush()
    print(stored(bind)[0][0], session.query(Member).count())


def downgrade():
    pass
