#include "models/evaluated.h"

#include <gtest/gtest.h>

#include <map>
#include <stdexcept>

#include "base/error.h"
#include "modules/bind.h"
#include "schema/dump.h"

namespace retort::models {
namespace {

class NoDatabase : public modules::Host {
 public:
  const dialect::Dialect& dialect() const override { return dialect::find_dialect("postgresql"); }
  bool offline() const override { return true; }
  database::Connection& connection() override { throw std::logic_error("no connection"); }
  std::string url() const override { return ""; }
  void invoke(operations::Operation, const Place&) override {}
  void enter_autocommit() override {}
  void leave_autocommit() override {}
  schema::NamingConvention naming_convention() const override { return {}; }
  std::vector<std::string> x_arguments() const override { return {}; }
  std::string tag() const override { return ""; }
  std::string version_table() const override { return ""; }
  std::string version_table_schema() const override { return ""; }
};

// A project: dotted module name -> text. A name that others are below is a package.
using Files = std::map<std::string, std::string>;

class Project : public python::ModuleFinder {
 public:
  explicit Project(Files files) : files_(std::move(files)) {
    python::Evaluator::Options options;
    options.finder = this;
    evaluator_ = std::make_unique<python::Evaluator>(std::move(options));
    modules::bind_modules(*evaluator_, host_, {});
  }

  std::optional<Found> find(const std::string& name) override {
    const auto file = files_.find(name);
    bool package = false;
    for (const auto& [other, text] : files_) package = package || other.starts_with(name + ".");
    if (file == files_.end()) return package ? std::optional(Found{nullptr, true}) : std::nullopt;
    return Found{std::make_shared<Source>(name + ".py", file->second), package};
  }

  schema::MetaData schema(std::string_view target) {
    return evaluated_schema(*evaluator_, find_target(*evaluator_, target));
  }
  std::vector<std::string> tables(std::string_view target) {
    std::vector<std::string> names;
    for (const schema::Table& table : schema(target).tables) names.push_back(table.name);
    return names;
  }
  std::string failure(std::string_view target) {
    try {
      schema(target);
    } catch (const Error& error) {
      return error.render();
    }
    return "";
  }

 private:
  std::map<std::string, std::string> files_;
  NoDatabase host_;
  std::unique_ptr<python::Evaluator> evaluator_;
};

using Names = std::vector<std::string>;

constexpr const char* kBase =
    "from sqlalchemy.orm import DeclarativeBase\n"
    "class Base(DeclarativeBase): pass\n";

TEST(EvaluatedSchema, TakesTheModelsOfAllImportedModules) {
  Project project(Files{{"app.base", kBase},
                        {"app.models", "from . import user\nfrom .base import Base\n"},
                        {"app.user",
                         "import boto3\n"
                         "from typing import TYPE_CHECKING\n"
                         "from sqlalchemy import Column, Integer, Table, Index\n"
                         "from app.base import Base\n"
                         "if TYPE_CHECKING:\n"
                         "    from app.late import Late\n"
                         "client = boto3.client('s3')\n"
                         "if client.exists: raise Exception('not evaluated')\n"
                         "class User(Base):\n"
                         "    __tablename__ = 'users'\n"
                         "    id = Column(Integer, primary_key=True)\n"
                         "Index('ix', User.id)\n"
                         "links = Table('links', Base.metadata, Column('id', Integer))\n"},
                        {"app.late",
                         "from app.base import Base\n"
                         "class Late(Base):\n"
                         "    __tablename__ = 'late'\n"}});
  const schema::MetaData schema = project.schema("app.models:Base");
  ASSERT_EQ(schema.tables.size(), 2u);
  EXPECT_EQ(schema.tables[0].indexes.size(), 1u);
  EXPECT_EQ(project.tables("app.models:Base.metadata"), (Names{"users", "links"}));
}

TEST(EvaluatedSchema, JudgesClassesWithoutASignByTheirBases) {
  Project project(Files{{"base", kBase},
                        {"m",
                         "from base import Base\n"
                         "from sqlalchemy.orm import Mapped, declared_attr, mapped_column\n"
                         "from somewhere import Service\n"
                         "class Named(Base):\n"
                         "    __abstract__ = True\n"
                         "    id: Mapped[int] = mapped_column(primary_key=True)\n"
                         "    @declared_attr.directive\n"
                         "    def __tablename__(cls): return cls.__name__.lower()\n"
                         "class Tag(Named): pass\n"
                         "class Worker(Service):\n"
                         "    if Service.enabled: raise Exception('not evaluated')\n"}});
  EXPECT_EQ(project.tables("m:Base"), (Names{"tag"}));
}

TEST(EvaluatedSchema, ColumnsWithoutATypeTakeThatOfTheirKey) {
  Project project(Files{{"m",
                         "from sqlalchemy import *\n"
                         "metadata = MetaData()\n"
                         "Table('a', metadata, Column('id', ForeignKey('b.id')))\n"
                         "Table('b', metadata, Column('id', ForeignKey('c.id')))\n"
                         "Table('c', metadata, Column('id', BigInteger))\n"}});
  for (const schema::Table& table : project.schema("m:metadata").tables) {
    EXPECT_EQ(table.columns[0].type.name, "BigInteger") << table.name;
  }
}

TEST(EvaluatedSchema, AKeyGivenAsAColumnHasItsTypeFromAnotherMetaData) {
  Project project(
      Files{{"m",
             "from sqlalchemy import *\n"
             "first, second = MetaData(), MetaData()\n"
             "users = Table('users', first, Column('id', BigInteger), schema='people')\n"
             "Table('notes', second, Column('user_id', ForeignKey(users.c.id)))\n"}});
  EXPECT_EQ(project.schema("m:second").tables[0].columns[0].type.name, "BigInteger");
}

TEST(EvaluatedSchema, TypesOfOtherPackagesInAnnotationsNeedNoMoreThanAColumnType) {
  Project project(
      Files{{"base", kBase},
            {"m",
             "from typing import Annotated, List, Optional, Union\n"
             "from base import Base\n"
             "from messages import Answer, Question\n"
             "from sqlalchemy import JSON\n"
             "from sqlalchemy.orm import Mapped, mapped_column\n"
             "class Talk(Base):\n"
             "    __tablename__ = 'talk'\n"
             "    a: Mapped[Question] = mapped_column(JSON, primary_key=True)\n"
             "    b: Mapped[Optional[Question]] = mapped_column(JSON)\n"
             "    c: Mapped[Question | None] = mapped_column(JSON)\n"
             "    d: Mapped[Optional[Union[Question]]] = mapped_column(JSON)\n"
             "    e: Mapped[Union[Question, Answer]] = mapped_column(JSON)\n"
             "    f: Mapped[Annotated[Question, 'one']] = mapped_column(JSON)\n"
             "    g: Mapped[Optional[List[Union[Question, Answer]]]] = mapped_column(JSON)\n"}});
  std::string nullable;
  const schema::MetaData found = project.schema("m:Base");
  for (const schema::Column& column : found.tables[0].columns) {
    if (column.nullable) nullable += column.name;
  }
  EXPECT_EQ(nullable, "bcdg");
}

TEST(EvaluatedSchema, SaysWhatAModelNeeds) {
  Project project(Files{{"base", kBase},
                        {"m",
                         "from base import Base\n"
                         "from money import Money\n"
                         "from sqlalchemy import Column\n"
                         "class Price(Base):\n"
                         "    __tablename__ = 'price'\n"
                         "    amount = Column(Money)\n"}});
  const std::string text = project.failure("m:Base");
  EXPECT_NE(text.find("m.py:6"), std::string::npos) << text;
  EXPECT_NE(text.find("money.Money"), std::string::npos) << text;
  EXPECT_NE(project.failure("nowhere:Base").find("no module named 'nowhere'"), std::string::npos);
  EXPECT_NE(project.failure("m:Base.nothing").find("no attribute 'nothing'"), std::string::npos)
      << project.failure("m:Base.nothing");
}

}  // namespace
}  // namespace retort::models
