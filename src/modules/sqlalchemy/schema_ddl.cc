#include <algorithm>
#include <array>

#include "base/text.h"
#include "dialect/dialect.h"
#include "modules/arguments.h"
#include "modules/invoke.h"
#include "modules/sqlalchemy/expression_build.h"
#include "modules/sqlalchemy/schema_classes.h"
#include "modules/sqlalchemy/types.h"

// Statements of DDL as objects: DDL(), CreateTable(), CreateSequence() and the like.
namespace retort::modules {

using python::Arguments;
using python::Class;
using python::Dict;
using python::Evaluator;
using python::Instance;
using python::Value;

namespace {

constexpr std::string_view kModule = "sqlalchemy.schema";

// An operation as an object: CreateSequence(...), handed to op.execute() or connection.execute().
template <typename MakeOperation>
Class* ddl_class(Evaluator& evaluator, std::string_view name, std::string_view signature,
                 MakeOperation make) {
  Class* cls = evaluator.define_class(std::string(name), std::string(kModule),
                                      {schema_class(evaluator, "DDLElement")});
  evaluator.define(*cls, signature, [make](Evaluator& e, Arguments& args) {
    args[0].get<Instance>()->set_native(operations::Operation(make(e, args)));
    return Value::none();
  });
  return cls;
}

const schema::Sequence& sequence_in(Evaluator& evaluator, Value value) {
  auto* sequence = python::native<schema::Sequence>(value);
  if (!sequence) evaluator.type_error("a Sequence was expected, not " + evaluator.repr(value));
  return *sequence;
}

sql::Type enum_in(Evaluator& evaluator, Value value) {
  return to_type(evaluator, schema_host(evaluator), value, "an enum type");
}

operations::Execute raw_statement(std::string sql) { return {sql::raw(std::move(sql))}; }

// The text of a statement as SQLAlchemy writes it: by itself, and a level deep by a tab.
std::string written(const std::string& sql) {
  if (sql.starts_with("DROP ")) return "\n" + sql;
  const bool lines = sql.find('\n') != std::string::npos;
  return lines ? "\n" + replace_all(sql, "\n    ", "\n\t") + "\n\n" : sql;
}

// str(CreateTable(table).compile(engine)): the statement itself, without those of comments.
Value compile_ddl(Evaluator& evaluator, Value self, const dialect::Dialect& dialect) {
  const auto* operation = python::native<operations::Operation>(self);
  if (!operation) evaluator.type_error(evaluator.repr(self) + " can't be compiled");
  std::vector<sql::Statement> statements = dialect.compile(*operation, {});
  return compiled_text(evaluator, statements.empty() ? "" : written(statements.front().sql));
}

Class* make_ddl_element_class(Evaluator& evaluator) {
  Class* cls = evaluator.define_class("DDLElement", std::string(kModule));
  evaluator.define(*cls, "compile(self, bind=None, dialect=None, **kw)",
                   [](Evaluator& e, Arguments& args) {
                     const dialect::Dialect* named = named_dialect(e, args);
                     return compile_ddl(e, args[0], named ? *named : schema_host(e).dialect());
                   });
  evaluator.define(*cls, "__str__(self)", [](Evaluator& e, Arguments& args) {
    return e.str(e.to_str(compile_ddl(e, args[0], schema_host(e).dialect())));
  });
  return cls;
}

// DDL("... %(table)s ..."): what its %-forms stand for comes from the table it is run for.
std::string ddl_text(Evaluator& evaluator, Value ddl, Value target) {
  const Value statement = evaluator.get_attr(ddl, "statement");
  std::string text = text_of(evaluator, statement, "DDL()");
  if (text.find('%') == std::string::npos) return text;
  Dict* names = evaluator.dict();
  const TableItem* table = item<TableItem>(target);
  if (table) {
    const sql::Grammar& grammar = schema_host(evaluator).dialect().grammar();
    const std::string name = grammar.quote(table->table.name);
    const std::string& schema = table->table.schema;
    names->set(evaluator, evaluator.str("table"), evaluator.str(name));
    names->set(evaluator, evaluator.str("schema"), evaluator.str(schema));
    names->set(evaluator, evaluator.str("fullname"),
               evaluator.str(schema.empty() ? name : grammar.quote(schema) + "." + name));
  }
  const Value given = evaluator.get_attr(ddl, "context");
  if (const auto* context = given.get<Dict>()) {
    for (const auto& entry : context->entries()) {
      if (entry.key) names->set(evaluator, entry.key, entry.value);
    }
  }
  return evaluator.to_str(evaluator.call_method(statement, "__mod__", std::array{Value(names)}));
}

// execute_if(dialect=..., callable_=...)
bool ddl_applies(Evaluator& evaluator, Value ddl, Value target, Value connection) {
  const Value dialect = evaluator.get_attr(ddl, "dialect");
  const std::string_view name = schema_host(evaluator).dialect().name();
  if (dialect.is_str() && dialect.as_str() != name) return false;
  if (!dialect.is_none() && !dialect.is_str()) {
    const std::vector<Value> names = evaluator.items(dialect);
    if (std::ranges::none_of(names,
                             [&](Value one) { return one.is_str() && one.as_str() == name; })) {
      return false;
    }
  }
  const Value callable = evaluator.get_attr(ddl, "callable_");
  if (callable.is_none()) return true;
  return evaluator.truthy(
      evaluator.call(callable, std::array{ddl, target, connection},
                     std::array{python::NamedValue{"state", evaluator.get_attr(ddl, "state")}}));
}

void set_from(Instance* self, const Arguments& args, std::string_view name) {
  self->attributes.set(name, args[name] ? args[name] : Value::none());
}

Class* make_ddl_class(Evaluator& evaluator) {
  Class* cls =
      evaluator.define_class("DDL", std::string(kModule), {schema_class(evaluator, "DDLElement")});
  evaluator.define(
      *cls, "__init__(self, statement, context=None)", [](Evaluator& e, Arguments& args) {
        Instance* self = args[0].get<Instance>();
        self->attributes.set("statement", args["statement"]);
        set_from(self, args, "context");
        for (std::string_view name : {"dialect", "callable_", "state"}) {
          self->attributes.set(name, Value::none());
        }
        // One that names a table is a statement only when it is run for that.
        const std::string text = text_of(e, args["statement"], "DDL()");
        const bool waits = text.find("%(") != std::string::npos && !args.given("context");
        self->set_native(
            operations::Operation(raw_statement(waits ? text : ddl_text(e, self, Value::none()))));
        return Value::none();
      });
  evaluator.define(*cls, "execute_if(self, dialect=None, callable_=None, state=None)",
                   [](Evaluator&, Arguments& args) {
                     for (std::string_view name : {"dialect", "callable_", "state"}) {
                       set_from(args[0].get<Instance>(), args, name);
                     }
                     return args[0];
                   });
  evaluator.define(
      *cls, "__call__(self, target, bind=None, **kw)", [](Evaluator& e, Arguments& args) {
        const Value bind = args["bind"] ? args["bind"] : Value::none();
        if (ddl_applies(e, args[0], args["target"], bind)) {
          invoke(e, schema_host(e), raw_statement(ddl_text(e, args[0], args["target"])));
        }
        return Value::none();
      });
  return cls;
}

constexpr auto kMakers = std::to_array<NamedMaker>({
    {"DDLElement", make_ddl_element_class},
    {"DDL", make_ddl_class},
    {"CreateSchema",
     [](Evaluator& e) {
       return ddl_class(e, "CreateSchema", "__init__(self, name, if_not_exists=False, **kw)",
                        [](Evaluator& ev, Arguments& args) {
                          bool check = false;
                          read_flag(ev, args, "if_not_exists", check);
                          return raw_statement(std::string("CREATE SCHEMA ") +
                                               (check ? "IF NOT EXISTS " : "") +
                                               schema_host(ev).dialect().grammar().quote(
                                                   text_of(ev, args["name"], "a schema's name")));
                        });
     }},
    {"DropSchema",
     [](Evaluator& e) {
       return ddl_class(
           e, "DropSchema", "__init__(self, name, cascade=False, if_exists=False, **kw)",
           [](Evaluator& ev, Arguments& args) {
             bool check = false;
             bool cascade = false;
             read_flag(ev, args, "if_exists", check);
             read_flag(ev, args, "cascade", cascade);
             return raw_statement(std::string("DROP SCHEMA ") + (check ? "IF EXISTS " : "") +
                                  schema_host(ev).dialect().grammar().quote(
                                      text_of(ev, args["name"], "a schema's name")) +
                                  (cascade ? " CASCADE" : ""));
           });
     }},
    {"CreateSequence",
     [](Evaluator& e) {
       return ddl_class(e, "CreateSequence", "__init__(self, element, if_not_exists=False, **kw)",
                        [](Evaluator& ev, Arguments& args) {
                          operations::CreateSequence made{sequence_in(ev, args["element"])};
                          read_flag(ev, args, "if_not_exists", made.if_not_exists);
                          return made;
                        });
     }},
    {"DropSequence",
     [](Evaluator& e) {
       return ddl_class(e, "DropSequence", "__init__(self, element, if_exists=False, **kw)",
                        [](Evaluator& ev, Arguments& args) {
                          operations::DropSequence made{sequence_in(ev, args["element"])};
                          read_flag(ev, args, "if_exists", made.if_exists);
                          return made;
                        });
     }},
    // Of sqlalchemy.dialects.postgresql.
    {"CreateEnumType",
     [](Evaluator& e) {
       return ddl_class(e, "CreateEnumType", "__init__(self, type, **kw)",
                        [](Evaluator& ev, Arguments& args) {
                          return operations::CreateType{enum_in(ev, args["type"])};
                        });
     }},
    {"DropEnumType",
     [](Evaluator& e) {
       return ddl_class(e, "DropEnumType", "__init__(self, type, **kw)",
                        [](Evaluator& ev, Arguments& args) {
                          return operations::DropType{enum_in(ev, args["type"])};
                        });
     }},
    {"CreateTable",
     [](Evaluator& e) {
       return ddl_class(e, "CreateTable", "__init__(self, element, if_not_exists=False, **kw)",
                        [](Evaluator& ev, Arguments& args) {
                          operations::CreateTable made = table_creation(ev, args["element"]);
                          read_flag(ev, args, "if_not_exists", made.if_not_exists);
                          return made;
                        });
     }},
    {"CreateIndex",
     [](Evaluator& e) {
       return ddl_class(e, "CreateIndex", "__init__(self, element, if_not_exists=False, **kw)",
                        [](Evaluator& ev, Arguments& args) {
                          operations::CreateIndex made = index_creation(ev, args["element"]);
                          read_flag(ev, args, "if_not_exists", made.if_not_exists);
                          return made;
                        });
     }},
    {"DropIndex",
     [](Evaluator& e) {
       return ddl_class(e, "DropIndex", "__init__(self, element, if_exists=False, **kw)",
                        [](Evaluator& ev, Arguments& args) {
                          operations::DropIndex made = index_removal(ev, args["element"]);
                          read_flag(ev, args, "if_exists", made.if_exists);
                          return made;
                        });
     }},
    {"DropTable",
     [](Evaluator& e) {
       return ddl_class(e, "DropTable", "__init__(self, element, if_exists=False, **kw)",
                        [](Evaluator& ev, Arguments& args) {
                          const schema::Table& table = table_in(ev, args["element"]);
                          operations::DropTable made{table.name, table.schema};
                          read_flag(ev, args, "if_exists", made.if_exists);
                          made.dropped = table;
                          return made;
                        });
     }},
});

}  // namespace

std::span<const NamedMaker> ddl_makers() { return kMakers; }

}  // namespace retort::modules
