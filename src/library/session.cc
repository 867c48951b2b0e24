#include "library/session.h"

#include <retort/error.h>

#include "library/datum.h"
#include "library/tree.h"
#include "sql/build.h"
#include "sql/grammar.h"

namespace retort::library {

namespace {

constexpr std::size_t kForgetAt = 64;  // closed results are forgotten from here on

// The statement for the driver, its parameters in their order.
sql::Statement compiled(const sql::Expression& statement, const Parameters& parameters,
                        const sql::Grammar& grammar) {
  sql::CompileOptions options;
  for (const auto& [name, value] : parameters) {
    sql::ExecutionValue given;
    given.name = name;
    given.values.push_back(to_datum(value));
    options.values.push_back(std::move(given));
  }
  sql::Compiled done = sql::compile(statement, grammar, options);
  sql::Statement out;
  out.sql = std::move(done.sql);
  for (const sql::Slot& slot : done.slots) {
    if (!slot.value) {
      throw Error(code::kMisuse, "no value was given for :" + slot.name).with_statement(out.sql);
    }
    out.parameters.push_back(grammar.bind(*slot.value, slot.type));
  }
  return out;
}

sql::Expression text_with(std::string_view sql, const Parameters& parameters) {
  sql::node::Text text{std::string(sql), true, {}};
  for (const auto& [name, value] : parameters) {
    text.binds.push_back(sql::bind(name, to_datum(value), type_of(value)));
  }
  return sql::make(std::move(text));
}

}  // namespace

Session::Session(database::ConnectionPtr connection, config::Url url)
    : own_(std::move(connection)),
      connection_(own_.get()),
      dialect_(&dialect::find_dialect(connection_->dialect_name())),
      url_(std::move(url)) {}

Session::Session(database::Connection& borrowed, config::Url url)
    : connection_(&borrowed),
      dialect_(&dialect::find_dialect(borrowed.dialect_name())),
      url_(std::move(url)) {}

Session::~Session() { close(); }

database::Connection& Session::connection() const {
  if (connection_ == nullptr) throw Error(code::kMisuse, "the connection is closed");
  return *connection_;
}

const dialect::Dialect& Session::dialect() const {
  if (connection_ == nullptr) throw Error(code::kMisuse, "the connection is closed");
  return *dialect_;
}

void Session::close() noexcept {
  for (const std::weak_ptr<Cursor>& each : cursors_) {
    if (std::shared_ptr<Cursor> cursor = each.lock()) cursor->close();
  }
  cursors_.clear();
  if (own_ && own_->in_transaction()) own_->rollback();
  connection_ = nullptr;
  own_.reset();
}

std::shared_ptr<Cursor> Session::open(const sql::Statement& statement) {
  auto cursor = std::make_shared<Cursor>(connection().query(statement.sql, statement.parameters));
  if (cursors_.size() >= kForgetAt) {
    std::erase_if(cursors_, [](const auto& each) { return each.expired(); });
  }
  cursors_.push_back(cursor);
  return cursor;
}

std::shared_ptr<Cursor> Session::query(std::string_view sql, const Parameters& parameters) {
  if (parameters.empty()) return open({std::string(sql), {}});
  return open(compiled(text_with(sql, parameters), {}, dialect().grammar()));
}

std::shared_ptr<Cursor> Session::query(const Expression& statement, const Parameters& parameters) {
  return open(compiled(require(statement, "query()"), parameters, dialect().grammar()));
}

std::int64_t Session::execute(std::string_view sql, const Parameters& parameters) {
  if (parameters.empty()) {
    connection().execute(sql);
    return -1;
  }
  return execute(wrap(text_with(sql, parameters)), {});
}

std::int64_t Session::execute(const Expression& statement, const Parameters& parameters) {
  sql::Statement own = compiled(require(statement, "execute()"), parameters, dialect().grammar());
  auto result = connection().query(own.sql, own.parameters);
  while (result->next()) {
  }
  return result->affected_rows();
}

Cursor::Cursor(std::unique_ptr<database::Result> result) : result_(std::move(result)) {
  auto names = std::make_shared<std::vector<std::string>>(result_->columns());
  for (std::size_t i = 0; i < names->size(); ++i) types_.push_back(result_->column_type(i));
  names_ = std::move(names);
}

std::optional<Row> Cursor::next() {
  if (closed_) {
    throw Error(code::kMisuse, "the connection was closed while its result was being read");
  }
  if (!result_) return std::nullopt;
  if (!result_->next()) {
    result_.reset();
    return std::nullopt;
  }
  Row row;
  row.names_ = names_;
  row.values_.reserve(types_.size());
  for (std::size_t i = 0; i < types_.size(); ++i) {
    row.values_.push_back(to_value(result_->get(i), types_[i]));
  }
  return row;
}

void Cursor::close() noexcept {
  result_.reset();
  closed_ = true;
}

}  // namespace retort::library
