#include "base/text.h"
#include "modules/arguments.h"
#include "modules/sqlalchemy/expression_build.h"

// What every clause has: str(), compile(), params(), and the `.c` collections.
namespace retort::modules {

using python::Arguments;
using python::Class;
using python::Evaluator;
using python::Instance;
using python::Value;

namespace {

// statement.compile(...): its text and parameters.
struct CompiledText {
  std::string sql;
};

Class* compiled_class(Evaluator& evaluator) {
  python::Module& registry = expression_registry(evaluator);
  if (const Value made = registry.attributes.find("compiled")) return made.get<Class>();
  Class* cls = evaluator.define_class("SQLCompiler", "sqlalchemy.sql.compiler");
  registry.attributes.set("compiled", cls);
  evaluator.define(*cls, "__str__(self)", [](Evaluator& e, Arguments& args) {
    return e.str(python::native<CompiledText>(args[0])->sql);
  });
  evaluator.define_property(*cls, "string", [](Evaluator& e, Value self) {
    return e.str(python::native<CompiledText>(self)->sql);
  });
  return cls;
}

Value compile(Evaluator& evaluator, Arguments& args) {
  sql::CompileOptions options;
  options.binds = sql::Binds::kNamed;
  if (present(args, "compile_kwargs")) {
    const auto* keywords = args["compile_kwargs"].get<python::Dict>();
    const Value literal = keywords ? keywords->find("literal_binds") : Value();
    if (literal && evaluator.truthy(literal)) options.binds = sql::Binds::kLiteral;
  }
  const dialect::Dialect* dialect = named_dialect(evaluator, args);
  const sql::Grammar& grammar = dialect ? dialect->grammar() : sql::default_grammar();
  return compiled_text(evaluator,
                       compile_for(evaluator, expression_in(args[0]), grammar, options).sql);
}

struct Columns {
  std::vector<std::pair<std::string, Value>> items;
};

const Columns& columns_in(Value value) { return *python::native<Columns>(value); }

Value find_column(const Columns& columns, std::string_view key) {
  for (const auto& [name, value] : columns.items) {
    if (name == key) return value;
  }
  return {};
}

std::string suggestion(const Columns& columns, std::string_view key) {
  std::vector<std::string> names;
  for (const auto& [name, value] : columns.items) names.push_back(name);
  const std::string hint = did_you_mean(key, names);
  return hint.empty() ? hint : "; " + hint;
}

std::vector<Value> keys_of(Evaluator& evaluator, const Columns& columns) {
  std::vector<Value> out;
  for (const auto& [name, value] : columns.items) out.push_back(evaluator.str(name));
  return out;
}
std::vector<Value> values_of(const Columns& columns) {
  std::vector<Value> out;
  for (const auto& [name, value] : columns.items) out.push_back(value);
  return out;
}

Value get_column(Evaluator& evaluator, Arguments& args) {
  const Columns& columns = columns_in(args[0]);
  const Value key = args["key"];
  if (key.is_str()) {
    if (const Value found = find_column(columns, key.as_str())) return found;
    evaluator.raise("KeyError", key.as_str() + suggestion(columns, key.as_str()));
  }
  return evaluator.get_item(evaluator.list(values_of(columns)), key);
}

Class* collection_class(Evaluator& evaluator) {
  python::Module& registry = expression_registry(evaluator);
  if (const Value made = registry.attributes.find("collection")) return made.get<Class>();
  Class* cls = evaluator.define_class("ReadOnlyColumnCollection", "sqlalchemy.sql.base");
  registry.attributes.set("collection", cls);
  evaluator.define(*cls, "__getattr__(self, name)", [](Evaluator& e, Arguments& args) -> Value {
    const std::string name = text_of(e, args["name"], "a column");
    const Columns& columns = columns_in(args[0]);
    if (const Value found = find_column(columns, name)) return found;
    e.raise("AttributeError", name + suggestion(columns, name));
  });
  evaluator.define(*cls, "__getitem__(self, key)", get_column);
  evaluator.define(*cls, "__iter__(self)", [](Evaluator& e, Arguments& args) {
    return e.iter(e.list(values_of(columns_in(args[0]))));
  });
  evaluator.define(*cls, "__len__(self)", [](Evaluator&, Arguments& args) {
    return Value::integer(static_cast<std::int64_t>(columns_in(args[0]).items.size()));
  });
  evaluator.define(*cls, "__contains__(self, key)", [](Evaluator& e, Arguments& args) {
    return Value::boolean(
        static_cast<bool>(find_column(columns_in(args[0]), column_key(e, args["key"]))));
  });
  evaluator.define(*cls, "contains_column(self, col)", [](Evaluator& e, Arguments& args) {
    return Value::boolean(
        static_cast<bool>(find_column(columns_in(args[0]), column_key(e, args["col"]))));
  });
  evaluator.define(*cls, "get(self, key, default=None)", [](Evaluator& e, Arguments& args) {
    if (const Value found = find_column(columns_in(args[0]), text_of(e, args["key"], "a column"))) {
      return found;
    }
    return args.given("default") ? args["default"] : Value::none();
  });
  evaluator.define(*cls, "keys(self)", [](Evaluator& e, Arguments& args) {
    return e.list(keys_of(e, columns_in(args[0])));
  });
  evaluator.define(*cls, "values(self)", [](Evaluator& e, Arguments& args) {
    return e.list(values_of(columns_in(args[0])));
  });
  evaluator.define(*cls, "items(self)", [](Evaluator& e, Arguments& args) {
    std::vector<Value> out;
    for (const auto& [name, value] : columns_in(args[0]).items) {
      out.push_back(e.tuple({e.str(name), value}));
    }
    return e.list(std::move(out));
  });
  return cls;
}

}  // namespace

Value compiled_text(Evaluator& evaluator, std::string sql) {
  Instance* made = evaluator.new_instance(compiled_class(evaluator));
  made->set_native(CompiledText{std::move(sql)});
  return made;
}

const dialect::Dialect* named_dialect(Evaluator& evaluator, const Arguments& args) {
  if (present(args, "bind")) return &expression_host(evaluator).dialect();
  if (!present(args, "dialect")) return nullptr;
  const Value name = evaluator.find_attr(args["dialect"], "name");
  return name && name.is_str() ? &dialect::find_dialect(name.as_str()) : nullptr;
}

Value column_collection(Evaluator& evaluator, std::vector<std::pair<std::string, Value>> columns) {
  Instance* made = evaluator.new_instance(collection_class(evaluator));
  made->set_native(Columns{std::move(columns)});
  return made;
}

void define_clause_element(Evaluator& evaluator, Class& cls) {
  evaluator.define(cls, "__str__(self)", [](Evaluator& e, Arguments& args) {
    sql::CompileOptions options;
    options.binds = sql::Binds::kNamed;
    return e.str(compile_for(e, expression_in(args[0]), sql::default_grammar(), options).sql);
  });
  evaluator.define(cls, "compile(self, bind=None, dialect=None, compile_kwargs=None, **kw)",
                   compile);
  evaluator.define(cls, "self_group(self, against=None)",
                   [](Evaluator&, Arguments& args) { return args[0]; });
  evaluator.define(cls, "compare(self, other, **kw)", [](Evaluator&, Arguments& args) {
    return Value::boolean(expression_in(args[0]) == expression_in(args["other"]));
  });
  evaluator.define(cls, "__bool__(self)", [](Evaluator& e, Arguments&) -> Value {
    e.type_error("Boolean value of this clause is not defined");
  });
}

}  // namespace retort::modules
