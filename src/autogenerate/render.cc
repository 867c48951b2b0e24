#include "autogenerate/render.h"

#include <algorithm>

#include "autogenerate/render_schema.h"
#include "autogenerate/render_sql.h"
#include "base/error.h"
#include "base/text.h"
#include "operations/describe.h"
#include "python/value_text.h"
#include "sql/node.h"

namespace retort::autogenerate {
namespace {

using python::str_repr;
using Lines = std::vector<std::string>;

// A call may have this many arguments in old Pythons; more go through a list.
constexpr std::size_t kMaxArguments = 255;

// Options of a table that autogenerate changes without making it anew, for which Alembic has no
// directive.
bool is_altered_in_place(const operations::BatchAlterTable& op) {
  return op.recreate != operations::Recreate::kAlways && !op.existing_table_options.empty();
}

class OperationRenderer {
 public:
  OperationRenderer(const RenderOptions& options, RenderState& state)
      : options_(options), state_(state), schema_(options, state) {
    schema_.prefix = options.hooks.alembic_module_prefix;
  }

  Lines run(const operations::Operation& operation) {
    lines_.clear();
    if (options_.mark_destructive) {
      std::string destroyed = destroyed_by(operation);
      if (!destroyed.empty()) lines_.push_back("# destroys data: " + destroyed);
    }
    std::visit(
        [this](const auto& one) {
          if (names_text(one)) {
            statements(one);
          } else {
            (*this)(one);
          }
        },
        operation);
    return std::move(lines_);
  }

  void enter_batch() {
    in_batch_ = true;
    schema_.prefix = "batch_op.";
  }
  void leave_batch() {
    in_batch_ = false;
    schema_.prefix = options_.hooks.alembic_module_prefix;
  }

 private:
  // "op.verb(" with arguments, of which the empty ones are left out.
  void call(std::string_view verb, const Lines& arguments) {
    Lines given;
    std::ranges::copy_if(arguments, std::back_inserter(given),
                         [](const std::string& one) { return !one.empty(); });
    lines_.push_back(schema_.prefix + std::string(verb) + "(" + join(given, ", ") + ")");
  }
  // Inside a batch the table and its schema are known.
  std::string table(const std::string& name) const { return in_batch_ ? "" : str_repr(name); }
  std::string schema_argument(const std::string& name) const {
    return in_batch_ || name.empty() ? "" : "schema=" + str_repr(name);
  }
  static std::string keyword(std::string_view name, const std::string& value) {
    return value.empty() ? "" : std::string(name) + "=" + str_repr(value);
  }
  static std::string if_flag(std::string_view name, bool given) {
    return given ? std::string(name) + "=True" : "";
  }
  void add(Lines& to, Lines from) { std::ranges::move(from, std::back_inserter(to)); }

  void operator()(const operations::CreateTable& op) {
    Lines arguments;
    for (const schema::Column& column : op.table.columns) {
      arguments.push_back(schema_.column(column));
    }
    Lines constraints;
    for (const schema::Constraint& constraint : op.table.constraints) {
      std::string text = schema_.constraint(constraint);
      if (!text.empty()) constraints.push_back(std::move(text));
    }
    std::ranges::sort(constraints);
    add(arguments, std::move(constraints));
    std::string all = join(arguments, ",\n");
    if (arguments.size() > kMaxArguments) all = "*[" + all + "]";
    std::string text = schema_.prefix + "create_table(" + str_repr(op.table.name) + ",\n" + all;
    if (!op.table.schema.empty()) text += ",\nschema=" + str_repr(op.table.schema);
    if (op.table.comment) text += ",\ncomment=" + str_repr(*op.table.comment);
    if (!op.table.info.empty()) {
      schema::Option info{"info", op.table.info};
      text += ",\ninfo=" + schema_.option_value(info);
    }
    Lines options = schema_.dialect_options(op.table.options);
    std::ranges::sort(options);
    for (const std::string& option : options) text += ",\n" + option;
    if (!op.table.prefixes.empty()) text += ",\nprefixes=" + list(op.table.prefixes);
    if (op.if_not_exists) text += ",\nif_not_exists=True";
    lines_.push_back(text + "\n)");
  }
  void operator()(const operations::DropTable& op) {
    call("drop_table",
         {str_repr(op.table), keyword("schema", op.schema), if_flag("if_exists", op.if_exists)});
  }
  void operator()(const operations::RenameTable& op) {
    call("rename_table", {str_repr(op.table), str_repr(op.new_name), keyword("schema", op.schema)});
  }
  void operator()(const operations::AddColumn& op) {
    call("add_column", {table(op.table), schema_.column(op.column), schema_argument(op.schema),
                        if_flag("if_not_exists", op.if_not_exists)});
  }
  void operator()(const operations::DropColumn& op) {
    call("drop_column", {table(op.table), str_repr(op.column), schema_argument(op.schema),
                         if_flag("if_exists", op.if_exists)});
  }
  void operator()(const operations::AlterColumn& op);
  void operator()(const operations::CreateIndex& op) {
    Lines keys;
    for (const schema::IndexKey& key : op.index.keys) keys.push_back(schema_.index_key(key));
    Lines arguments{schema_.name(op.index.name), table(op.table), "[" + join(keys, ", ") + "]",
                    "unique=" + flag(op.index.unique), schema_argument(op.schema)};
    add(arguments, schema_.dialect_options(op.index.options));
    arguments.push_back(if_flag("if_not_exists", op.if_not_exists));
    call("create_index", arguments);
  }
  void operator()(const operations::DropIndex& op) {
    Lines arguments{schema_.name(op.name), in_batch_ ? "" : "table_name=" + str_repr(op.table),
                    schema_argument(op.schema)};
    add(arguments, schema_.dialect_options(op.options));
    arguments.push_back(if_flag("if_exists", op.if_exists));
    call("drop_index", arguments);
  }
  void operator()(const operations::AddConstraint& op);
  void operator()(const operations::DropConstraint& op) {
    call("drop_constraint",
         {schema_.name(op.name), table(op.table), schema_argument(op.schema),
          op.type.empty() ? "" : "type_=" + str_repr(op.type), if_flag("if_exists", op.if_exists)});
  }
  void operator()(const operations::SetTableComment& op) {
    auto optional = [](const std::optional<std::string>& text) {
      return text ? str_repr(*text) : std::string("None");
    };
    std::string text =
        schema_.prefix + (op.comment ? "create_table_comment(" : "drop_table_comment(");
    Lines arguments;
    if (!in_batch_) arguments.push_back(str_repr(op.table));
    if (op.comment) arguments.push_back(str_repr(*op.comment));
    arguments.push_back("existing_comment=" + optional(op.existing_comment));
    if (!in_batch_) {
      arguments.push_back("schema=" + (op.schema.empty() ? "None" : str_repr(op.schema)));
    }
    lines_.push_back(text + "\n    " + join(arguments, ",\n    ") + "\n)");
  }
  void operator()(const operations::Execute& op) {
    const auto* text = sql::get<sql::node::Text>(op.statement);
    execute(text ? text->sql : schema_.sql(op.statement), !text || !text->parse);
  }
  void operator()(const operations::OwnOperation& op) {
    lines_.push_back(op.text);
    state_.imports.insert(op.imports.begin(), op.imports.end());
  }
  void operator()(const operations::CreateType& op) { named_type(op.type, "create"); }
  void operator()(const operations::DropType& op) { named_type(op.type, "drop"); }
  // What Alembic has no directive for is its statements.
  template <typename Other>
  void operator()(const Other& op) {
    statements(op);
  }
  template <typename Operation>
  void statements(const Operation& op) {
    dialect::CompileContext context;
    for (const sql::Statement& statement : options_.dialect.compile(op, context)) {
      execute(statement.sql, true);
    }
  }
  void operator()(const operations::BatchAlterTable& op) {
    if (is_altered_in_place(op)) return statements(op);
    std::string settings;
    if (!op.naming_convention.empty()) {
      schema::Option convention{"naming_convention", op.naming_convention};
      settings = ", naming_convention=" + schema_.option_value(convention);
    }
    if (op.recreate == operations::Recreate::kAlways) settings += ", recreate='always'";
    if (op.recreate == operations::Recreate::kNever) settings += ", recreate='never'";
    if (!op.table_options.empty()) {
      Lines options;
      for (const schema::Option& option : op.table_options) {
        options.push_back(str_repr(option.name) + ": " + schema_.option_value(option));
      }
      settings += ", table_kwargs={" + join(options, ", ") + "}";
    }
    std::string head = "with " + options_.hooks.alembic_module_prefix + "batch_alter_table(" +
                       str_repr(op.table) +
                       ", schema=" + (op.schema.empty() ? "None" : str_repr(op.schema)) + settings +
                       ") as batch_op:";
    Lines all = std::move(lines_);
    all.push_back(std::move(head));
    OperationRenderer inner(options_, state_);
    inner.enter_batch();
    for (const operations::Operation& one : op.operations) {
      for (std::string& line : inner.run(one)) all.push_back("    " + std::move(line));
    }
    if (op.operations.empty()) all.emplace_back("    pass");
    all.emplace_back();
    lines_ = std::move(all);
  }

  // A type that only its SQL is known of: Python has no words for it.
  bool is_text(const sql::Type& type) {
    if (type.name == "UserDefined" && type.origin.module.empty()) {
      return !rendered_by_user({"type", &type}, state_);
    }
    return std::ranges::any_of(type.arguments,
                               [this](const sql::Type& one) { return is_text(one); });
  }
  bool names_text(const operations::CreateTable& op) {
    return std::ranges::any_of(op.table.columns,
                               [this](const schema::Column& one) { return is_text(one.type); });
  }
  bool names_text(const operations::AddColumn& op) { return is_text(op.column.type); }
  bool names_text(const operations::AlterColumn& op) { return op.type && is_text(*op.type); }
  template <typename Other>
  bool names_text(const Other&) {
    return false;
  }

  // op.execute() of SQL text. `raw`: a colon in it is no bind.
  void execute(std::string sql, bool raw) {
    if (raw) sql = without_binds(sql);
    bool single = sql.find('\n') == std::string::npos;
    if (!raw || single || sql.find("\"\"\"") != std::string::npos || sql.ends_with('"')) {
      lines_.push_back(schema_.prefix + "execute(" + str_repr(sql) + ")");
      return;
    }
    lines_.push_back(schema_.prefix + "execute(r\"\"\"" + sql + "\"\"\")");
  }

  // sa.Enum('a', 'b', name='mood').create(op.get_bind(), checkfirst=True)
  void named_type(const sql::Type& type, std::string_view verb) {
    sql::Type plain = type;
    plain.create_type = true;
    lines_.push_back(schema_.type(plain) + "." + std::string(verb) + "(" +
                     options_.hooks.alembic_module_prefix + "get_bind(), checkfirst=True)");
  }

  const RenderOptions& options_;
  RenderState& state_;
  SchemaRenderer schema_;
  Lines lines_;
  bool in_batch_ = false;
};

void OperationRenderer::operator()(const operations::AlterColumn& op) {
  const std::string indent = ",\n" + std::string(11, ' ');
  std::string text = schema_.prefix + "alter_column(";
  if (!in_batch_) text += str_repr(op.table) + ", ";
  text += str_repr(op.column);
  auto add = [&](std::string_view name, const std::string& value) {
    text += indent + std::string(name) + "=" + value;
  };
  auto optional_default = [&](const std::optional<schema::ServerDefault>& value) {
    return value ? schema_.server_default(*value) : "None";
  };
  if (op.existing_type && !is_text(*op.existing_type))
    add("existing_type", schema_.type(*op.existing_type));
  if (op.server_default) add("server_default", optional_default(*op.server_default));
  if (op.identity) {
    add("server_default", *op.identity ? schema_.identity(**op.identity) : "None");
  }
  if (op.computed) {
    add("server_default", *op.computed ? schema_.computed(**op.computed) : "None");
  }
  if (op.new_name) add("new_column_name", str_repr(*op.new_name));
  if (op.type) add("type_", schema_.type(*op.type));
  if (op.nullable) add("nullable", flag(*op.nullable));
  if (op.comment) add("comment", *op.comment ? str_repr(**op.comment) : "None");
  if (op.existing_comment) add("existing_comment", str_repr(*op.existing_comment));
  if (!op.nullable && op.existing_nullable) add("existing_nullable", flag(*op.existing_nullable));
  if (op.autoincrement) add("autoincrement", flag(*op.autoincrement));
  bool default_changes = op.server_default || op.identity || op.computed;
  if (!default_changes && op.existing_server_default && *op.existing_server_default) {
    add("existing_server_default", schema_.server_default(**op.existing_server_default));
  }
  // What numbers already is altered, what doesn't begins to.
  if ((!default_changes || op.identity) && op.existing_identity && *op.existing_identity) {
    add("existing_server_default", schema_.identity(**op.existing_identity));
  }
  for (const std::string& option : schema_.dialect_options(op.options)) text += indent + option;
  if (!op.schema.empty() && !in_batch_) add("schema", str_repr(op.schema));
  lines_.push_back(text + ")");
}

void OperationRenderer::operator()(const operations::AddConstraint& op) {
  struct Visitor {
    OperationRenderer& self;
    const operations::AddConstraint& op;

    void operator()(const schema::PrimaryKey& key) const {
      self.call("create_primary_key", {self.schema_.name(key.name), self.table(op.table),
                                       list(key.columns), self.schema_argument(op.schema)});
    }
    void operator()(const schema::ForeignKey& key) const {
      Lines arguments{self.schema_.name(key.name), self.table(op.table),
                      str_repr(key.referred_table), list(key.columns), list(key.referred_columns)};
      if (!self.in_batch_) arguments.push_back(keyword("source_schema", op.schema));
      arguments.push_back(keyword("referent_schema", key.referred_schema));
      arguments.push_back(keyword("onupdate", key.onupdate));
      arguments.push_back(keyword("ondelete", key.ondelete));
      arguments.push_back(keyword("initially", key.deferral.initially));
      if (key.deferral.deferrable) {
        arguments.push_back("deferrable=" + flag(*key.deferral.deferrable));
      }
      arguments.push_back(if_flag("use_alter", key.use_alter));
      arguments.push_back(keyword("match", key.match));
      self.add(arguments, self.schema_.dialect_options(key.options));
      self.call("create_foreign_key", arguments);
    }
    void operator()(const schema::Unique& unique) const {
      Lines arguments{self.schema_.name(unique.name), self.table(op.table), list(unique.columns)};
      arguments.push_back(if_flag("deferrable", unique.deferral.deferrable.value_or(false)));
      arguments.push_back(keyword("initially", unique.deferral.initially));
      arguments.push_back(self.schema_argument(op.schema));
      self.add(arguments, self.schema_.dialect_options(unique.options));
      self.call("create_unique_constraint", arguments);
    }
    void operator()(const schema::Check& check) const {
      Lines arguments{self.schema_.name(check.name), self.table(op.table),
                      str_repr(self.schema_.sql(check.condition)), self.schema_argument(op.schema)};
      self.add(arguments, self.schema_.dialect_options(check.options));
      self.call("create_check_constraint", arguments);
    }
    void operator()(const schema::Exclude& exclude) const {
      Lines arguments{self.schema_.name(exclude.name), self.table(op.table)};
      for (const schema::Exclude::Element& element : exclude.elements) {
        arguments.push_back("(" + self.schema_.text(element.expression) + ", " +
                            str_repr(element.op) + ")");
      }
      if (exclude.where) arguments.push_back("where=" + self.schema_.text(exclude.where));
      arguments.push_back(keyword("using", exclude.method));
      arguments.push_back(self.schema_argument(op.schema));
      self.call("create_exclude_constraint", arguments);
    }
  };
  std::visit(Visitor{*this, op}, op.constraint);
}

// The table that an operation changes, as batches are of one table; empty for what stands alone.
std::pair<std::string, std::string> changed_table(const operations::Operation& operation) {
  return std::visit(
      [](const auto& op) -> std::pair<std::string, std::string> {
        using Op = std::decay_t<decltype(op)>;
        constexpr bool kAlone = std::is_same_v<Op, operations::DropTable> ||
                                std::is_same_v<Op, operations::RenameTable> ||
                                std::is_same_v<Op, operations::BatchAlterTable>;
        if constexpr (!kAlone && requires {
                        { op.table } -> std::convertible_to<std::string>;
                        op.schema;
                      }) {
          return {op.schema, op.table};
        } else {
          return {};
        }
      },
      operation);
}

// Neighbours that change one table, as one batch.
std::vector<operations::Operation> in_batches(
    const std::vector<operations::Operation>& operations) {
  std::vector<operations::Operation> out;
  for (const operations::Operation& one : operations) {
    auto [schema, table] = changed_table(one);
    if (table.empty()) {
      out.push_back(one);
      continue;
    }
    auto* last = out.empty() ? nullptr : std::get_if<operations::BatchAlterTable>(&out.back());
    if (!last || last->table != table || last->schema != schema ||
        !last->naming_convention.empty() || is_altered_in_place(*last)) {
      operations::BatchAlterTable batch;
      batch.table = table;
      batch.schema = schema;
      out.emplace_back(std::move(batch));
      last = std::get_if<operations::BatchAlterTable>(&out.back());
    }
    last->operations.push_back(one);
  }
  return out;
}

}  // namespace

Rendered render_python(const std::vector<operations::Operation>& operations,
                       const RenderOptions& options) {
  RenderState state{options.hooks, {}};
  OperationRenderer renderer(options, state);
  Lines lines{"# ### commands auto generated by Alembic - please adjust! ###"};
  for (const operations::Operation& one : options.as_batch ? in_batches(operations) : operations) {
    for (std::string& line : renderer.run(one)) lines.push_back(std::move(line));
  }
  if (lines.size() == 1) lines.emplace_back("pass");
  lines.emplace_back("# ### end Alembic commands ###");
  Rendered out;
  out.body = join(lines, "\n");
  out.imports.assign(state.imports.begin(), state.imports.end());
  return out;
}

}  // namespace retort::autogenerate
