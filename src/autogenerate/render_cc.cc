#include "autogenerate/render_cc.h"

#include <algorithm>

#include "autogenerate/render.h"
#include "autogenerate/render_cc_schema.h"
#include "autogenerate/render_sql.h"
#include "base/text.h"
#include "sql/node.h"

namespace retort::autogenerate {
namespace {

using Items = std::vector<CcText>;

// In RETORT_REVISION{ .upgrade = [](Op& op) { ... } }.
constexpr std::size_t kIndent = 6;

CcText quoted(const std::string& text) { return cc_literal(text); }

CcText braced(Items items) { return {"{", std::move(items), "}"}; }

bool concurrent(const schema::Options& options) {
  const schema::Option* option = schema::find_option(options, "postgresql_concurrently");
  const bool* on = option ? std::get_if<bool>(&option->value) : nullptr;
  return on && *on;
}

// One operation as a call of Op, or of Op::Batch, where the table is known. Absent: it has no words
// there.
class Call {
 public:
  Call(const CcSchema& schema, bool in_batch) : schema_(schema), in_batch_(in_batch) {}

  CcOptional operator()(const operations::CreateTable& op) const {
    CcOptional table = schema_.table(op.table);
    if (!table) return {};
    Items arguments{std::move(*table)};
    if (op.if_not_exists) arguments.emplace_back("{.if_not_exists = true}");
    return call("create_table", std::move(arguments));
  }
  CcOptional operator()(const operations::DropTable& op) const {
    return call("drop_table", {quoted(op.table), flags("if_exists", op.if_exists, op.schema)});
  }
  CcOptional operator()(const operations::RenameTable& op) const {
    return call("rename_table", {quoted(op.table), quoted(op.new_name), word(op.schema)});
  }
  CcOptional operator()(const operations::AddColumn& op) const {
    if (!op.insert_before.empty() || !op.insert_after.empty() || op.inline_references ||
        op.inline_primary_key || (in_batch_ && op.if_not_exists)) {
      return {};
    }
    std::vector<const schema::Constraint*> inside;
    for (const schema::Constraint& one : op.constraints) {
      const auto* check = std::get_if<schema::Check>(&one);
      if (check && !check->type_column.empty()) continue;
      if (!check && !std::holds_alternative<schema::ForeignKey>(one)) return {};
      inside.push_back(&one);
    }
    CcOptional column = schema_.column(op.column, false, inside);
    if (!column) return {};
    return call("add_column", {table(op.table), std::move(*column),
                               flags("if_not_exists", op.if_not_exists, op.schema)});
  }
  CcOptional operator()(const operations::DropColumn& op) const {
    if (in_batch_ && op.if_exists) return {};
    return call("drop_column",
                {table(op.table), quoted(op.column), flags("if_exists", op.if_exists, op.schema)});
  }
  CcOptional operator()(const operations::AlterColumn& op) const;
  CcOptional operator()(const operations::CreateIndex& op) const {
    if (in_batch_ && op.if_not_exists) return {};
    CcOptional index = schema_.index(op.index);
    if (!index) return {};
    return call("create_index", {table(op.table), std::move(*index),
                                 flags("if_not_exists", op.if_not_exists, op.schema)});
  }
  CcOptional operator()(const operations::DropIndex& op) const {
    if (concurrent(op.options) || (in_batch_ && op.if_exists)) return {};
    CcText options = flags("if_exists", op.if_exists, op.schema);
    CcText of = op.table.empty() && options.flat().empty() ? CcText() : table(op.table);
    return call("drop_index", {cc_name(op.name), std::move(of), std::move(options)});
  }
  CcOptional operator()(const operations::AddConstraint& op) const {
    return std::visit([&](const auto& one) { return add(op, one); }, op.constraint);
  }
  CcOptional operator()(const operations::DropConstraint& op) const {
    if (in_batch_ && op.if_exists) return {};
    std::string kind = op.type == "foreignkey" ? "foreign_key" : op.type;
    CcText options = flags("if_exists", op.if_exists, op.schema);
    if (kind.empty() && !options.flat().empty()) kind = "unknown";
    return call("drop_constraint",
                {cc_name(op.name), table(op.table),
                 kind.empty() ? CcText() : CcText("ConstraintKind::" + kind), std::move(options)});
  }
  CcOptional operator()(const operations::SetTableComment& op) const {
    if (!op.comment) return call("drop_table_comment", {table(op.table), word(op.schema)});
    return call("create_table_comment", {table(op.table), quoted(*op.comment), word(op.schema)});
  }
  CcOptional operator()(const operations::Execute& op) const {
    const auto* text = sql::get<sql::node::Text>(op.statement);
    if (!text || !text->parse || !text->binds.empty()) return {};
    return call("execute", {quoted(text->sql)});
  }
  CcOptional operator()(const operations::CreateType& op) const {
    return named_type("create_type", op.type);
  }
  CcOptional operator()(const operations::DropType& op) const {
    return named_type("drop_type", op.type);
  }
  template <typename Other>
  CcOptional operator()(const Other&) const {
    return {};
  }

 private:
  // Without the arguments that say nothing.
  CcText call(std::string_view verb, Items arguments) const {
    std::erase_if(arguments, [](const CcText& one) { return one.flat().empty(); });
    return {(in_batch_ ? "batch." : "op.") + std::string(verb) + "(", std::move(arguments), ")"};
  }
  CcText table(const std::string& name) const { return in_batch_ ? CcText() : quoted(name); }
  CcText word(const std::string& text) const {
    return in_batch_ || text.empty() ? CcText() : quoted(text);
  }
  // {.if_exists = true, .schema = "s"}
  CcText flags(const std::string& name, bool given, const std::string& schema) const {
    Items items;
    if (given) items.emplace_back("." + name + " = true");
    if (!schema.empty() && !in_batch_) items.push_back(quoted(schema).behind(".schema = "));
    return items.empty() ? CcText() : braced(std::move(items));
  }

  CcOptional named_type(std::string_view verb, const sql::Type& type) const {
    sql::Type plain = type;
    plain.create_type = true;
    if (plain.name != "Enum" && plain.name != "ENUM") return {};
    CcOptional text = schema_.type(plain);
    if (!text) return {};
    return call(verb, {std::move(*text)});
  }

  CcOptional add(const operations::AddConstraint& op, const schema::PrimaryKey& key) const {
    if (!schema_.constraint(key)) return {};
    return call("create_primary_key",
                {cc_name(key.name), table(op.table), cc_list(key.columns), word(op.schema)});
  }
  CcOptional add(const operations::AddConstraint& op, const schema::Unique& unique) const {
    if (!schema_.constraint(unique) || unique.deferral != schema::Deferral{}) return {};
    return call("create_unique_constraint",
                {cc_name(unique.name), table(op.table), cc_list(unique.columns), word(op.schema)});
  }
  CcOptional add(const operations::AddConstraint& op, const schema::Check& check) const {
    if (!schema_.constraint(check) || !check.type_column.empty()) return {};
    return call("create_check_constraint", {cc_name(check.name), table(op.table),
                                            schema_.text(check.condition), word(op.schema)});
  }
  CcOptional add(const operations::AddConstraint& op, const schema::ForeignKey& key) const {
    if (!schema_.constraint(key)) return {};
    std::optional<std::string> ondelete = cc_action(key.ondelete);
    std::optional<std::string> onupdate = cc_action(key.onupdate);
    Items options;
    if (!ondelete->empty()) options.emplace_back(".ondelete = " + *ondelete);
    if (!onupdate->empty()) options.emplace_back(".onupdate = " + *onupdate);
    cc_deferral(key.deferral, options);
    if (!op.schema.empty() && !in_batch_) {
      options.push_back(quoted(op.schema).behind(".source_schema = "));
    }
    if (!key.referred_schema.empty()) {
      options.push_back(quoted(key.referred_schema).behind(".referent_schema = "));
    }
    return call(
        "create_foreign_key",
        {cc_name(key.name), table(op.table), quoted(key.referred_table), cc_list(key.columns),
         cc_list(key.referred_columns), options.empty() ? CcText() : braced(std::move(options))});
  }
  CcOptional add(const operations::AddConstraint& op, const schema::Exclude& exclude) const {
    CcOptional text = schema_.constraint(exclude);
    if (!text) return {};
    return call("create_exclude_constraint", {table(op.table), std::move(*text), word(op.schema)});
  }

  const CcSchema& schema_;
  bool in_batch_;
};

CcOptional Call::operator()(const operations::AlterColumn& op) const {
  if (op.computed || op.identity || !op.insert_before.empty() || !op.insert_after.empty()) {
    return {};
  }
  Items changes;
  auto flag = [&](std::string_view name, const std::optional<bool>& value) {
    if (value) changes.emplace_back(std::string(name) + (*value ? " = true" : " = false"));
  };
  if (op.new_name) changes.push_back(quoted(*op.new_name).behind(".new_name = "));
  if (op.type) {
    CcOptional type = schema_.type(*op.type);
    if (!type) return {};
    changes.push_back(type->behind(".type = "));
  }
  flag(".nullable", op.nullable);
  if (op.server_default && *op.server_default) {
    CcOptional value = schema_.server_default(**op.server_default);
    if (!value) return {};
    changes.push_back(value->behind(".server_default = "));
  } else if (op.server_default) {
    changes.emplace_back(".drop_server_default = true");
  }
  if (op.comment && *op.comment) {
    changes.push_back(quoted(**op.comment).behind(".comment = "));
  } else if (op.comment) {
    changes.emplace_back(".drop_comment = true");
  }
  flag(".autoincrement", op.autoincrement);
  // What it is now is for people, where there are words for it.
  if (op.existing_type && !op.new_name) {
    if (CcOptional type = schema_.type(*op.existing_type)) {
      changes.push_back(type->behind(".existing_type = "));
    }
  }
  if (!op.nullable) flag(".existing_nullable", op.existing_nullable);
  if (!op.server_default && op.existing_server_default && *op.existing_server_default) {
    CcOptional value = schema_.server_default(**op.existing_server_default);
    if (value) changes.push_back(value->behind(".existing_server_default = "));
  }
  for (const schema::Option& option : op.options) {
    const auto* text = std::get_if<std::string>(&option.value);
    if (option.name != "postgresql_using" || !text) return {};
    changes.push_back(quoted(*text).behind(".using_expression = "));
  }
  if (!op.schema.empty() && !in_batch_) changes.push_back(quoted(op.schema).behind(".schema = "));
  return call("alter_column", {table(op.table), quoted(op.column), braced(std::move(changes))});
}

class Renderer {
 public:
  Renderer(const dialect::Dialect& dialect, bool mark_destructive)
      : schema_(dialect.grammar()), mark_destructive_(mark_destructive) {}

  void add(const operations::Operation& operation, const std::vector<std::string>& statements) {
    std::string destroyed = mark_destructive_ ? destroyed_by(operation) : "";
    if (!destroyed.empty()) line("// destroys data: " + replace_all(destroyed, "\n", " "));
    const auto* batch = std::get_if<operations::BatchAlterTable>(&operation);
    if (batch && add_batch(*batch)) return;
    if (CcOptional call = std::visit(Call(schema_, false), operation)) {
      const auto* index = std::get_if<operations::CreateIndex>(&operation);
      return index && concurrent(index->index.options) ? outside({*call}) : statement(*call);
    }
    Items all;
    for (const std::string& sql : statements) {
      all.emplace_back("op.execute(", Items{quoted(without_binds(sql))}, ")");
    }
    const auto* index = std::get_if<operations::DropIndex>(&operation);
    if (index && concurrent(index->options)) return outside(all);
    for (const CcText& one : all) statement(one);
  }

  std::string finish() { return std::move(out_); }

 private:
  void line(const std::string& text) { out_ += std::string(kIndent, ' ') + text + "\n"; }
  void statement(const CcText& call, std::size_t deeper = 0) {
    line(std::string(deeper, ' ') + call.str(kIndent + deeper, 1) + ";");
  }
  // For what PostgreSQL refuses inside of a transaction.
  void outside(const Items& calls) {
    line("op.autocommit([&] {");
    for (const CcText& one : calls) statement(one, 2);
    line("});");
  }

  // All of a batch or nothing.
  bool add_batch(const operations::BatchAlterTable& batch) {
    bool anew = batch.recreate == operations::Recreate::kAlways;
    if (!anew && !batch.existing_table_options.empty()) return false;
    operations::BatchAlterTable rest = batch;
    rest.table.clear();
    rest.schema.clear();
    rest.recreate = operations::Recreate::kAuto;
    rest.table_options.clear();
    rest.existing_table_options.clear();
    rest.operations.clear();
    if (!(rest == operations::BatchAlterTable{})) return false;
    Items calls;
    for (const operations::Operation& one : batch.operations) {
      CcOptional call = std::visit(Call(schema_, true), one);
      if (!call) return false;
      calls.push_back(std::move(*call));
    }
    Items options;
    if (batch.recreate == operations::Recreate::kAlways) {
      options.emplace_back(".recreate = Recreate::always");
    } else if (batch.recreate == operations::Recreate::kNever) {
      options.emplace_back(".recreate = Recreate::never");
    }
    if (!batch.schema.empty()) options.push_back(quoted(batch.schema).behind(".schema = "));
    Items table_options;
    if (!schema_.options(batch.table_options, table_options)) return false;
    if (!table_options.empty()) {
      options.emplace_back(".table_options = {", std::move(table_options), "}");
    }
    line("op.batch(" + cc_literal(batch.table) + ", [](Op::Batch&" +
         (calls.empty() ? "" : " batch") + ") {");
    for (const CcText& one : calls) statement(one, 2);
    line("}" + (options.empty() ? std::string() : ", " + braced(std::move(options)).flat()) + ");");
    return true;
  }

  CcSchema schema_;
  bool mark_destructive_;
  std::string out_{};
};

// A delimiter that the text does not end a raw literal with.
std::string delimiter_for(std::string_view text) {
  std::string delimiter;
  while (text.find(")" + delimiter + "\"") != std::string_view::npos) {
    delimiter += delimiter.empty() ? "sql" : "_";
  }
  return delimiter;
}

}  // namespace

std::string cc_literal(std::string_view text) {
  bool raw = text.find('\n') != std::string_view::npos &&
             text.find('\r') == std::string_view::npos && text.find('\0') == std::string_view::npos;
  if (raw) {
    std::string delimiter = delimiter_for(text);
    return "R\"" + delimiter + "(" + std::string(text) + ")" + delimiter + "\"";
  }
  std::string out = "\"";
  for (char c : text) {
    auto byte = static_cast<unsigned char>(c);
    constexpr unsigned char kFirstPrintable = 0x20;
    constexpr unsigned char kDelete = 0x7f;
    if (c == '"' || c == '\\') {
      out += '\\';
      out += c;
    } else if (c == '\n') {
      out += "\\n";
    } else if (c == '\t') {
      out += "\\t";
    } else if (c == '\r') {
      out += "\\r";
    } else if (byte < kFirstPrintable || byte == kDelete) {
      // Three digits always: the next character is none of them.
      out += '\\';
      for (int shift : {6, 3, 0}) out += static_cast<char>('0' + ((byte >> shift) & 7));
    } else {
      out += c;
    }
  }
  return out + "\"";
}

std::string render_cc(const std::vector<operations::Operation>& operations,
                      const std::vector<std::vector<std::string>>& statements,
                      const dialect::Dialect& dialect, bool mark_destructive) {
  Renderer renderer(dialect, mark_destructive);
  for (std::size_t i = 0; i < operations.size(); ++i) renderer.add(operations[i], statements[i]);
  return renderer.finish();
}

}  // namespace retort::autogenerate
