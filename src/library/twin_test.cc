// A C++ model and its SQLAlchemy twin are the same MetaData.
#include <gtest/gtest.h>
#include <retort/field.h>
#include <retort/metadata.h>

#include "models/evaluated.h"
#include "runtime/evaluation.h"
#include "runtime/log.h"
#include "schema/dump.h"

namespace retort {
namespace {

class Silent final : public runtime::Log {
  void write(Level, std::string_view, std::string_view) override {}
  void output(std::string_view) override {}
};

std::string evaluated(const char* python) {
  Silent log;
  runtime::Environment environment;
  runtime::Evaluation evaluation(environment, log);
  evaluation.use(evaluation.open(dialect::find_dialect("postgresql")));
  auto source = std::make_shared<Source>("models.py", python);
  python::Module* module = evaluation.run_file(source, "models");
  return schema::dump(
      models::evaluated_schema(evaluation.evaluator(), module->attributes.find("metadata")));
}

TEST(Twin, tables_constraints_and_indexes) {
  MetaData metadata{{.naming_convention = {.ix = "ix_%(column_0_label)s",
                                           .uq = "uq_%(table_name)s_%(column_0_name)s",
                                           .ck = "ck_%(table_name)s_%(constraint_name)s"}}};
  metadata.table("orgs", Column("id", BigInteger(), primary_key),
                 Column("name", String(80), not_null, unique));
  metadata.table(
      "users", Column("id", BigInteger(), primary_key),
      Column("email", String(255), not_null, unique),
      Column("name", Text(), nullable, Comment{"display name"}),
      Column("org_id", References{"orgs.id", Action::cascade}, not_null, indexed),
      Column("balance", Numeric(12, 2), not_null, server_default(0)),
      Column("mood", Enum({"sad", "ok"}, {.name = "mood"})), Column("data", JSON()),
      Column("created_at", DateTime({.timezone = true}), not_null, server_default(func::now())),
      Unique{"uq_users_org_email", {"org_id", "email"}},
      Check{"email_is_long", text("length(email) > 3")},
      Index{.name = "ix_users_lower_email", .parts = {text("lower(email)")}, .unique = true});
  EXPECT_EQ(metadata.dump(), evaluated(R"py(
import sqlalchemy as sa

metadata = sa.MetaData(naming_convention={
    "ix": "ix_%(column_0_label)s",
    "uq": "uq_%(table_name)s_%(column_0_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
})
sa.Table("orgs", metadata,
    sa.Column("id", sa.BigInteger, primary_key=True),
    sa.Column("name", sa.String(80), nullable=False, unique=True))
sa.Table("users", metadata,
    sa.Column("id", sa.BigInteger, primary_key=True),
    sa.Column("email", sa.String(255), nullable=False, unique=True),
    sa.Column("name", sa.Text, nullable=True, comment="display name"),
    sa.Column("org_id", sa.ForeignKey("orgs.id", ondelete="CASCADE"), nullable=False, index=True),
    sa.Column("balance", sa.Numeric(12, 2), nullable=False, server_default=sa.text("0")),
    sa.Column("mood", sa.Enum("sad", "ok", name="mood")),
    sa.Column("data", sa.JSON),
    sa.Column("created_at", sa.DateTime(timezone=True), nullable=False,
              server_default=sa.func.now()),
    sa.UniqueConstraint("org_id", "email", name="uq_users_org_email"),
    sa.CheckConstraint("length(email) > 3", name="email_is_long"),
    sa.Index("ix_users_lower_email", sa.text("lower(email)"), unique=True))
)py"));
}

TEST(Twin, what_belongs_to_one_database) {
  MetaData metadata;
  metadata.table("plans", Column("id", Integer(), primary_key), Column("name", String(40)),
                 Column("note", String(40)), Column("parent", Integer()),
                 Unique{.name = "uq_plans",
                        .columns = {"name"},
                        .options = {{"postgresql_nulls_not_distinct", true}}},
                 ForeignKey{.name = "fk_plans",
                            .columns = {"parent"},
                            .table = "plans",
                            .referred = {"id"},
                            .match = "FULL",
                            .options = {{"postgresql_not_valid", true}}},
                 Check{"positive", text("id > 0"), {{"postgresql_not_valid", true}}},
                 Index{.name = "ix_plans",
                       .parts = {"name", "note"},
                       .method = "gin",
                       .options = {{"postgresql_ops",
                                    Pairs{{"name", "gin_trgm_ops"}, {"note", "gin_trgm_ops"}}},
                                   {"postgresql_tablespace", "fast"}}},
                 DialectOption{"mysql_engine", "InnoDB"});
  EXPECT_EQ(metadata.dump(), evaluated(R"py(
import sqlalchemy as sa

metadata = sa.MetaData()
sa.Table("plans", metadata,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("name", sa.String(40)),
    sa.Column("note", sa.String(40)),
    sa.Column("parent", sa.Integer),
    sa.UniqueConstraint("name", name="uq_plans", postgresql_nulls_not_distinct=True),
    sa.ForeignKeyConstraint(["parent"], ["plans.id"], name="fk_plans", match="FULL", postgresql_not_valid=True),
    sa.CheckConstraint("id > 0", name="positive", postgresql_not_valid=True),
    sa.Index("ix_plans", "name", "note", postgresql_using="gin",
             postgresql_ops={"name": "gin_trgm_ops", "note": "gin_trgm_ops"},
             postgresql_tablespace="fast"),
    mysql_engine="InnoDB")
)py"));
}

struct Note {
  std::int64_t id;
  std::string title;
  std::optional<bool> done;
};

TEST(Twin, a_struct_and_a_declarative_class) {
  MetaData metadata;
  metadata.table("notes", field<&Note::id>(primary_key), field<&Note::title>(),
                 field<&Note::done>());
  EXPECT_EQ(metadata.dump(), evaluated(R"py(
import sqlalchemy as sa
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

class Base(DeclarativeBase):
    pass

class Note(Base):
    __tablename__ = "notes"
    id: Mapped[int] = mapped_column(sa.BigInteger, primary_key=True)
    title: Mapped[str]
    done: Mapped[bool | None]

metadata = Base.metadata
)py"));
}

}  // namespace
}  // namespace retort
