#include <algorithm>
#include <array>

#include "base/text.h"
#include "modules/arguments.h"
#include "modules/sqlalchemy/connection_state.h"
#include "modules/sqlalchemy/expression_build.h"
#include "modules/sqlalchemy/expression_defaults.h"
#include "sql/engine.h"

// Running statements with their parameters.
namespace retort::modules {

using python::Evaluator;
using python::Value;
using sql::Expression;

namespace {

constexpr std::size_t kReadAhead = 10'000;

using Row = ParameterRow;

Row read_mapping(Evaluator& evaluator, Value mapping) {
  Row row;
  if (const auto* dict = mapping.get<python::Dict>()) {
    for (const auto& entry : dict->entries()) {
      if (entry.key) row.emplace_back(column_key(evaluator, entry.key), entry.value);
    }
    return row;
  }
  const Value items = evaluator.find_attr(mapping, "items");
  if (!items) {
    argument_error(evaluator, "List argument must consist only of dictionaries");
  }
  for (const Value& pair : evaluator.items(evaluator.call(items))) {
    const std::vector<Value> both = evaluator.items(pair);
    row.emplace_back(column_key(evaluator, both.at(0)), both.at(1));
  }
  return row;
}

// Parameters as execute() takes them: nothing, a mapping, or a list of mappings.
std::vector<Row> read_parameters(Evaluator& evaluator, Value parameters) {
  if (!parameters || parameters.is_none()) return {};
  if (parameters.get<python::List>() || parameters.get<python::Tuple>()) {
    std::vector<Row> rows;
    for (const Value& item : evaluator.items(parameters)) {
      rows.push_back(read_mapping(evaluator, item));
    }
    return rows;
  }
  return {read_mapping(evaluator, parameters)};
}

// The type a parameter has in the statement: of its bind, or of the column it is for.
sql::Type parameter_type(const Expression& statement, const std::string& name) {
  Expression table;
  if (const auto* insert = sql::get<sql::node::Insert>(statement)) table = insert->table;
  if (const auto* update = sql::get<sql::node::Update>(statement)) table = update->table;
  if (table) {
    for (const sql::node::TableColumn& c : sql::columns_of(table)) {
      if ((c.key.empty() ? c.name : c.key) == name) return c.type;
    }
  }
  const Expression inner = sql::get<sql::node::TextSelect>(statement)
                               ? sql::get<sql::node::TextSelect>(statement)->text
                               : statement;
  if (const auto* text = sql::get<sql::node::Text>(inner)) {
    for (const Expression& bind : text->binds) {
      if (sql::get<sql::node::Bind>(bind)->name == name) return (*bind).type;
    }
  }
  return {};
}

bool expands(const Expression& statement, const std::string& name) {
  const Expression inner = sql::get<sql::node::TextSelect>(statement)
                               ? sql::get<sql::node::TextSelect>(statement)->text
                               : statement;
  if (const auto* text = sql::get<sql::node::Text>(inner)) {
    for (const Expression& bind : text->binds) {
      const auto* own = sql::get<sql::node::Bind>(bind);
      if (own->name == name) return own->expanding;
    }
    return false;
  }
  return true;
}

sql::ExecutionValue execution_value(Evaluator& evaluator, Host& host, const Expression& statement,
                                    const std::string& name, Value value) {
  sql::ExecutionValue out;
  out.name = name;
  const sql::Type type = parameter_type(statement, name);
  const bool list =
      value.get<python::List>() || value.get<python::Tuple>() || value.get<python::Set>();
  const bool insert = sql::get<sql::node::Insert>(statement) != nullptr;
  // psycopg2 and PyMySQL write a tuple as one, `(1, 2)`: people write `IN :ids` for it. PyMySQL
  // does so with a list.
  const auto* tuple = value.get<python::Tuple>();
  const std::string_view engine = host.dialect().name();
  const bool mysql_like = sql::is_mysql_like(engine);
  const auto* items = value.get<python::List>();
  const bool written = (tuple && !tuple->items.empty() && (engine == "postgresql" || mysql_like)) ||
                       (items && !items->items.empty() && mysql_like);
  if (list && !insert && (written || expands(statement, name)) && type.name != "ARRAY" &&
      type.name != "JSON" && type.name != "JSONB") {
    out.expanding = true;
    for (const Value& item : evaluator.items(value)) {
      out.values.push_back(
          to_datum(evaluator, host, item, type.is_null() ? plain_type(evaluator, item) : type));
    }
    return out;
  }
  out.values.push_back(to_datum(evaluator, host, value, type));
  return out;
}

// The parameters of a compiled statement as the driver takes them.
std::vector<sql::Datum> driver_parameters(Evaluator& evaluator, const sql::Grammar& grammar,
                                          const sql::Compiled& compiled) {
  std::vector<sql::Datum> out;
  for (const sql::Slot& slot : compiled.slots) {
    if (!slot.value) {
      evaluator.raise(
          exception_class(evaluator, "StatementError"),
          "A value is required for bind parameter '" + slot.name + "' [SQL: " + compiled.sql + "]");
    }
    out.push_back(grammar.bind(*slot.value, slot.type));
  }
  return out;
}

RowSourcePtr run(Evaluator& evaluator, const ConnectionStatePtr& state, const std::string& sql,
                 std::span<const sql::Datum> parameters) {
  evaluator.earn_steps();
  return guarded(evaluator, [&] {
    state->settle();
    auto source = std::make_shared<RowSource>();
    std::unique_ptr<database::Result> result = state->host->connection().query(sql, parameters);
    source->names = result->columns();
    source->types.resize(source->names.size());
    source->returns_rows = !source->names.empty();
    source->open = std::move(result);
    if (source->returns_rows) {
      source->read(kReadAhead);
      if (source->open) state->open.push_back(source);
    } else {
      // The statement runs to its end with the first step.
      while (source->open->next()) {
      }
    }
    if (source->open) {
      source->row_count = source->open->affected_rows();
      source->last_id = source->open->last_insert_id();
      if (!source->returns_rows) source->open.reset();
    }
    return source;
  });
}

// The result of a statement that was printed.
Value unanswered(Evaluator& evaluator) {
  auto source = std::make_shared<RowSource>();
  source->offline = true;
  return make_result(evaluator, std::move(source));
}

// inserted_primary_key: what was given, else the driver's last id for the one key column.
void note_primary_key(Evaluator& evaluator, const sql::node::Insert& insert, const Row* row,
                      const sql::Compiled& compiled, RowSource& source, std::string_view dialect) {
  static_cast<void>(compiled);
  for (const sql::node::TableColumn& c : sql::columns_of(insert.table)) {
    if (!c.primary_key) continue;
    const std::string key = c.key.empty() ? c.name : c.key;
    Value value;
    if (row) {
      for (const auto& [name, given] : *row) {
        if (name == key) value = given;
      }
    }
    for (const sql::node::Assignment& a : insert.values) {
      const auto* bind = a.column == key ? sql::get<sql::node::Bind>(a.value) : nullptr;
      const auto* datum = bind ? std::get_if<sql::Datum>(&bind->value) : nullptr;
      if (datum) value = from_datum(evaluator, *datum, c.type, dialect);
    }
    if (!value) value = source.last_id ? Value::integer(source.last_id) : Value::none();
    source.primary_key.push_back(value);
  }
}

// --sql: the statement is printed, once for each set of parameters, with their values in it.
Value print_expression(Evaluator& evaluator, Host& host, const Expression& statement,
                       std::span<const Row> rows) {
  if (rows.empty()) host.invoke(operations::Execute{statement}, evaluator.place());
  for (const Row& row : rows) {
    sql::CompileOptions options;
    options.binds = sql::Binds::kLiteral;
    for (const auto& [name, value] : row) {
      options.values.push_back(execution_value(evaluator, host, statement, name, value));
    }
    const sql::Compiled compiled =
        compile_for(evaluator, statement, host.dialect().grammar(), options);
    host.invoke(operations::Execute{sql::raw(compiled.sql)}, evaluator.place());
  }
  return unanswered(evaluator);
}

Value run_expression(Evaluator& evaluator, const ConnectionStatePtr& state, Expression statement,
                     Value parameters) {
  Host& host = *state->host;
  const sql::Grammar& grammar = host.dialect().grammar();
  std::vector<Row> rows = read_parameters(evaluator, parameters);
  statement = with_defaults(evaluator, statement, rows);
  if (host.offline()) return print_expression(evaluator, host, statement, rows);

  const auto* insert = sql::get<sql::node::Insert>(statement);
  sql::node::Insert returning;
  const bool wants_key = insert && rows.size() <= 1 && insert->rows.empty() && !insert->select &&
                         insert->returning.empty() && !insert->on_conflict &&
                         grammar.name() == "postgresql";
  if (wants_key) {
    // PostgreSQL tells the key of a new row in RETURNING only.
    returning = *insert;
    for (const sql::node::TableColumn& c : sql::columns_of(insert->table)) {
      if (c.primary_key) returning.returning.push_back(sql::column(c.name, c.type, insert->table));
    }
    statement = sql::make(returning);
    insert = sql::get<sql::node::Insert>(statement);
  }

  sql::CompileOptions options;
  const auto fill = [&](const Row& row) {
    options.values.clear();
    for (const auto& [name, value] : row) {
      options.values.push_back(execution_value(evaluator, host, statement, name, value));
    }
  };
  if (!rows.empty()) fill(rows.front());
  sql::Compiled compiled = compile_for(evaluator, statement, grammar, options);
  RowSourcePtr source =
      run(evaluator, state, compiled.sql, driver_parameters(evaluator, grammar, compiled));
  std::int64_t total = source->row_count;
  for (std::size_t i = 1; i < rows.size(); ++i) {
    fill(rows[i]);
    const bool expanding = std::any_of(options.values.begin(), options.values.end(),
                                       [](const auto& v) { return v.expanding; });
    std::vector<sql::Datum> data;
    if (expanding || rows[i].size() != rows.front().size()) {
      compiled = compile_for(evaluator, statement, grammar, options);
      data = driver_parameters(evaluator, grammar, compiled);
    } else {
      for (sql::Slot& slot : compiled.slots) {
        for (const sql::ExecutionValue& value : options.values) {
          if (value.name == slot.name) slot.value = value.values.front();
        }
      }
      data = driver_parameters(evaluator, grammar, compiled);
    }
    source = run(evaluator, state, compiled.sql, data);
    if (source->row_count > 0) total += source->row_count;
  }
  source->row_count = total;
  for (std::size_t i = 0; i < source->names.size() && i < compiled.columns.size(); ++i) {
    source->types[i] = compiled.columns[i].type;
    if (!compiled.columns[i].name.empty()) source->names[i] = compiled.columns[i].name;
  }
  // text().columns(name=Type): by name where they are fewer.
  if (compiled.columns.size() != source->names.size()) {
    for (std::size_t i = 0; i < source->names.size(); ++i) {
      source->types[i] = {};
      for (const sql::ResultColumn& column : compiled.columns) {
        if (column.name == source->names[i]) source->types[i] = column.type;
      }
    }
  }
  if (wants_key && !returning.returning.empty()) {
    source->read(1);
    if (!source->buffer.empty()) {
      const std::vector<sql::Datum>& row = source->buffer.front();
      for (std::size_t i = 0; i < row.size(); ++i) {
        source->primary_key.push_back(
            from_datum(evaluator, row[i], source->types[i], grammar.name()));
      }
    }
    source->buffer.clear();
    source->open.reset();
    source->returns_rows = false;
    source->row_count = 1;
  } else if (insert && rows.size() <= 1) {
    note_primary_key(evaluator, *insert, rows.empty() ? nullptr : &rows.front(), compiled, *source,
                     grammar.name());
  }
  return make_result(evaluator, std::move(source));
}

// Driver SQL with %s or %(name)s as the drivers of PostgreSQL and MySQL take it, or ? and :name.
struct DriverText {
  std::string sql;
  std::vector<std::string> names;  // of each parameter; empty: by position
};

DriverText read_driver_text(const sql::Grammar& grammar, const std::string& text, bool named) {
  DriverText out;
  const bool sqlite = grammar.name() == "sqlite";
  std::size_t number = 0;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (!sqlite && text[i] == '%' && i + 1 < text.size()) {
      if (text[i + 1] == '%') {
        out.sql += '%';
        ++i;
        continue;
      }
      if (text[i + 1] == 's' && !named) {
        out.sql += grammar.placeholder(++number, {});
        out.names.emplace_back();
        ++i;
        continue;
      }
      const std::size_t end = text.find(")s", i);
      if (text[i + 1] == '(' && end != std::string::npos) {
        out.names.push_back(text.substr(i + 2, end - i - 2));
        out.sql += grammar.placeholder(++number, {});
        i = end + 1;
        continue;
      }
    }
    if (sqlite && named && text[i] == ':' && i + 1 < text.size() &&
        (std::isalpha(static_cast<unsigned char>(text[i + 1])) || text[i + 1] == '_') &&
        (i == 0 || text[i - 1] != ':')) {
      std::size_t end = i + 1;
      while (end < text.size() &&
             (std::isalnum(static_cast<unsigned char>(text[end])) || text[end] == '_')) {
        ++end;
      }
      out.names.push_back(text.substr(i + 1, end - i - 1));
      out.sql += '?';
      i = end - 1;
      continue;
    }
    out.sql += text[i];
  }
  return out;
}

}  // namespace

bool RowSource::next() {
  if (!open) return false;
  if (!open->next()) {
    row_count = open->affected_rows();
    last_id = open->last_insert_id();
    open.reset();
    return false;
  }
  return true;
}

std::vector<sql::Datum> RowSource::copy() {
  std::vector<sql::Datum> row;
  row.reserve(names.size());
  for (std::size_t i = 0; i < names.size(); ++i) row.push_back(open->get(i));
  return row;
}

void RowSource::read(std::size_t rows) {
  while (buffer.size() < rows && next()) buffer.push_back(copy());
}

bool RowSource::advance() {
  in_driver_ = false;
  if (!buffer.empty()) {
    row_ = std::move(buffer.front());
    buffer.pop_front();
    return true;
  }
  if (!next()) return false;
  if (!untyped_) {
    untyped_ = std::ranges::all_of(types, [](const sql::Type& type) {
      return type.is_null() && type.origin.object == nullptr;
    });
  }
  in_driver_ = *untyped_;
  if (!in_driver_) row_ = copy();
  return true;
}

Value RowSource::cell(Evaluator& evaluator, std::size_t column) {
  if (in_driver_) return plain_value(evaluator, open->get(column));
  if (dialect.empty()) dialect = expression_host(evaluator).dialect().name();
  return from_datum(evaluator, row_[column], types[column], dialect);
}

void ConnectionState::settle() {
  for (const std::weak_ptr<RowSource>& one : open) {
    if (const RowSourcePtr source = one.lock()) source->read(static_cast<std::size_t>(-1));
  }
  open.clear();
}

Value execute(Evaluator& evaluator, const ConnectionStatePtr& state, Value statement,
              Value parameters) {
  if (auto* unknown = statement.get<python::Unknown>()) {
    evaluator.refuse_unknown(*unknown, "Connection.execute()");
  }
  if (auto* operation = python::native<operations::Operation>(statement)) {
    guarded(evaluator, [&] {
      state->settle();
      state->host->invoke(*operation, evaluator.place());
    });
    return make_result(evaluator, std::make_shared<RowSource>());
  }
  // As SQLAlchemy took text before 2.0, for which many histories were written.
  if (statement.is_str()) {
    return execute_driver_sql(evaluator, state, std::string(statement.as_str()), parameters);
  }
  // scalar(Sequence("name")): its next value.
  const auto* sequence = python::native<schema::Sequence>(statement);
  Expression expression =
      clause_element(evaluator, sequence ? next_value(evaluator, *sequence) : statement);
  if (!expression) {
    evaluator.raise(exception_class(evaluator, "ObjectNotExecutableError"),
                    "Not an executable object: " + evaluator.repr(statement));
  }
  if (sql::get<sql::node::Function>(expression) ||
      sql::get<sql::node::ScalarSubquery>(expression) || sql::get<sql::node::Exists>(expression) ||
      sql::get<sql::node::Label>(expression)) {
    sql::node::Select select;
    select.columns = {expression};
    expression = sql::make(std::move(select));
  }
  if (!sql::is_statement(expression) && !sql::get<sql::node::Text>(expression)) {
    evaluator.raise(exception_class(evaluator, "ObjectNotExecutableError"),
                    "Not an executable object: " + evaluator.repr(statement));
  }
  return run_expression(evaluator, state, expression, parameters);
}

Value execute_driver_sql(Evaluator& evaluator, const ConnectionStatePtr& state,
                         const std::string& text, Value parameters) {
  Host& host = *state->host;
  if (host.offline()) {
    if (parameters && !parameters.is_none()) {
      throw Error(
          code::kOperation,
          "the driver puts the parameters of this statement in, and with --sql there is none")
          .with_place(evaluator.place())
          .with_hint("use execute(sa.text(\"... :name ...\"), {\"name\": value})");
    }
    host.invoke(operations::Execute{sql::raw(text)}, evaluator.place());
    return unanswered(evaluator);
  }
  const sql::Grammar& grammar = host.dialect().grammar();
  if (!parameters || parameters.is_none()) {
    // The drivers of MySQL fill in their (no) parameters all the same: %% is a percent sign.
    const bool mysql_like = sql::is_mysql_like(grammar.name());
    return make_result(evaluator,
                       run(evaluator, state, mysql_like ? replace_all(text, "%%", "%") : text, {}));
  }
  std::vector<Value> sets{parameters};
  if (parameters.get<python::List>()) sets = evaluator.items(parameters);
  RowSourcePtr source;
  for (const Value& set : sets) {
    const auto* dict = set.get<python::Dict>();
    const DriverText driver = read_driver_text(grammar, text, dict != nullptr);
    std::vector<sql::Datum> data;
    const auto add = [&](Value value) {
      data.push_back(grammar.bind(to_datum(evaluator, host, value, {}), {}));
    };
    if (dict) {
      for (const std::string& name : driver.names) {
        const Value value = dict->find(name);
        if (!value) evaluator.raise("KeyError", name);
        add(value);
      }
    } else {
      for (const Value& value : evaluator.items(set)) add(value);
    }
    source = run(evaluator, state, driver.sql, data);
  }
  return make_result(evaluator, source ? source : std::make_shared<RowSource>());
}

}  // namespace retort::modules
