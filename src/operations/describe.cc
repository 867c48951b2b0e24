#include "operations/describe.h"

#include "base/text.h"
#include "schema/dump.h"
#include "sql/grammar.h"

namespace retort::operations {
namespace {

constexpr std::size_t kLongest = 72;

std::string full(const std::string& schema, const std::string& name) {
  return schema.empty() ? name : schema + "." + name;
}

std::string counted(std::size_t count, std::string_view what) {
  return std::to_string(count) + " " + std::string(what) + (count == 1 ? "" : "s");
}

// The first line, cut to fit.
std::string first_line(std::string_view text) {
  std::string line(trim(text));
  std::size_t end = line.find('\n');
  bool cut = end != std::string::npos;
  if (cut) line.resize(end);
  if (line.size() > kLongest) {
    std::size_t at = kLongest;
    while (at > 0 && (line[at] & 0xC0) == 0x80) --at;
    line.resize(at);
    cut = true;
  }
  return std::string(trim(line)) + (cut ? " ..." : "");
}

std::string sequence_name(const schema::Sequence& sequence) {
  return full(sequence.schema, sequence.name);
}

std::string named(const schema::Name& name) { return name.empty() ? "" : " " + name.text; }

std::string definition(const schema::Definition& one) {
  std::string text(to_lower(schema::keyword(one.kind)));
  text += " " + full(one.schema, one.name);
  return one.table.empty() ? text : text + " on " + one.table;
}

// Without the dump's mark of names that the naming convention still applies to.
schema::Constraint plain(schema::Constraint constraint) {
  std::visit([](auto& one) { one.name.final = true; }, constraint);
  return constraint;
}

struct Describe {
  std::string operator()(const CreateTable& op) const {
    return "create table " + op.table.full_name() + " with " +
           counted(op.table.columns.size(), "column");
  }
  std::string operator()(const DropTable& op) const {
    return "drop table " + full(op.schema, op.table);
  }
  std::string operator()(const RenameTable& op) const {
    return "rename table " + full(op.schema, op.table) + " to " + op.new_name;
  }
  std::string operator()(const AddColumn& op) const {
    schema::Column column = op.column;
    std::erase_if(column.options, [](const schema::Option& option) {
      return schema::is_inspected_option(option.name);
    });
    std::string text = "add column " + full(op.schema, op.table) + "." + schema::dump(column);
    for (const schema::Constraint& constraint : op.constraints) {
      text += ", " + schema::dump(plain(constraint));
    }
    return text;
  }
  std::string operator()(const DropColumn& op) const {
    return "drop column " + full(op.schema, op.table) + "." + op.column;
  }
  std::string operator()(const AlterColumn& op) const {
    std::vector<std::string> changes;
    if (op.type) changes.push_back("type " + schema::dump(*op.type));
    if (op.nullable) changes.emplace_back(*op.nullable ? "nullable" : "not null");
    if (op.server_default) {
      changes.emplace_back(*op.server_default ? "new default" : "no default");
    }
    if (op.computed) changes.emplace_back(*op.computed ? "computed" : "not computed");
    if (op.identity) changes.emplace_back(*op.identity ? "identity" : "no identity");
    if (op.comment) changes.emplace_back(*op.comment ? "new comment" : "no comment");
    if (op.autoincrement) {
      changes.emplace_back(*op.autoincrement ? "autoincrement" : "no autoincrement");
    }
    if (op.new_name) changes.push_back("renamed to " + *op.new_name);
    std::string text = "alter column " + full(op.schema, op.table) + "." + op.column;
    return changes.empty() ? text : text + ": " + join(changes, ", ");
  }
  std::string operator()(const CreateIndex& op) const {
    schema::Index index = op.index;
    index.name.final = true;
    return "create " + schema::dump(index) + " on " + full(op.schema, op.table);
  }
  std::string operator()(const DropIndex& op) const {
    std::string text = "drop index" + named(op.name);
    return op.table.empty() ? text : text + " of " + full(op.schema, op.table);
  }
  std::string operator()(const AddConstraint& op) const {
    return "add " + schema::dump(plain(op.constraint)) + " to " + full(op.schema, op.table);
  }
  std::string operator()(const DropConstraint& op) const {
    std::string kind = op.type.empty() ? "constraint" : op.type + " constraint";
    return "drop " + kind + named(op.name) + " of " + full(op.schema, op.table);
  }
  std::string operator()(const SetTableComment& op) const {
    return std::string(op.comment ? "set" : "remove") + " the comment of table " +
           full(op.schema, op.table);
  }
  std::string operator()(const Execute& op) const {
    // Named binds stand for the values.
    sql::Statement statement =
        sql::compile(op.statement, sql::default_grammar(), sql::Binds::kNamed);
    return "execute " + first_line(statement.sql);
  }
  std::string operator()(const BulkInsert& op) const {
    return "insert " + counted(op.rows.size(), "row") + " into " + op.table.full_name();
  }
  std::string operator()(const CreateType& op) const {
    return "create type " + full(op.type.schema, op.type.type_name);
  }
  std::string operator()(const DropType& op) const {
    return "drop type " + full(op.type.schema, op.type.type_name);
  }
  std::string operator()(const CreateSequence& op) const {
    return "create sequence " + sequence_name(op.sequence);
  }
  std::string operator()(const DropSequence& op) const {
    return "drop sequence " + sequence_name(op.sequence);
  }
  std::string operator()(const AlterEnum& op) const {
    return "alter type " + full(op.to.schema, op.to.type_name) + " to (" +
           join(op.to.values, ", ") + ")";
  }
  std::string operator()(const CreateDefinition& op) const {
    return "create " + definition(op.definition);
  }
  std::string operator()(const DropDefinition& op) const {
    return "drop " + definition(op.definition);
  }
  std::string operator()(const OwnOperation& op) const { return op.name + ": " + op.text; }
  std::string operator()(const BatchAlterTable& op) const {
    std::string table = full(op.schema, op.table);
    if (op.operations.empty() && !op.table_options.empty()) {
      std::vector<std::string> options;
      for (const schema::Option& option : op.table_options) {
        const bool* flag = std::get_if<bool>(&option.value);
        options.push_back(option.name + (flag ? *flag ? " on" : " off" : ""));
      }
      return (op.recreate == Recreate::kAlways ? "make table " + table + " anew with "
                                               : "set options of table " + table + ": ") +
             join(options, ", ");
    }
    return "alter table " + table + " by " + counted(op.operations.size(), "operation");
  }
};

}  // namespace

std::string describe(const Operation& operation) { return std::visit(Describe{}, operation); }

std::string_view directive(const Operation& operation) {
  struct Visitor {
    std::string_view operator()(const CreateTable&) const { return "create_table"; }
    std::string_view operator()(const DropTable&) const { return "drop_table"; }
    std::string_view operator()(const RenameTable&) const { return "rename_table"; }
    std::string_view operator()(const AddColumn&) const { return "add_column"; }
    std::string_view operator()(const DropColumn&) const { return "drop_column"; }
    std::string_view operator()(const AlterColumn&) const { return "alter_column"; }
    std::string_view operator()(const CreateIndex&) const { return "create_index"; }
    std::string_view operator()(const DropIndex&) const { return "drop_index"; }
    std::string_view operator()(const AddConstraint& op) const {
      constexpr std::string_view kWords[] = {"create_primary_key", "create_foreign_key",
                                             "create_unique_constraint", "create_check_constraint",
                                             "create_exclude_constraint"};
      return kWords[op.constraint.index()];
    }
    std::string_view operator()(const DropConstraint&) const { return "drop_constraint"; }
    std::string_view operator()(const SetTableComment& op) const {
      return op.comment ? "create_table_comment" : "drop_table_comment";
    }
    std::string_view operator()(const Execute&) const { return "execute"; }
    std::string_view operator()(const BulkInsert&) const { return "bulk_insert"; }
    std::string_view operator()(const CreateType&) const { return "create_type"; }
    std::string_view operator()(const DropType&) const { return "drop_type"; }
    std::string_view operator()(const CreateSequence&) const { return "create_sequence"; }
    std::string_view operator()(const DropSequence&) const { return "drop_sequence"; }
    std::string_view operator()(const AlterEnum&) const { return "alter_enum"; }
    std::string_view operator()(const CreateDefinition&) const { return "create_definition"; }
    std::string_view operator()(const DropDefinition&) const { return "drop_definition"; }
    std::string_view operator()(const OwnOperation&) const { return "own_operation"; }
    std::string_view operator()(const BatchAlterTable&) const { return "batch_alter_table"; }
  };
  return std::visit(Visitor{}, operation);
}

std::string table_of(const Operation& operation) {
  return std::visit(
      [](const auto& op) -> std::string {
        if constexpr (requires { op.table.full_name(); }) {
          return op.table.full_name();
        } else if constexpr (requires {
                               op.table;
                               op.schema;
                             }) {
          return full(op.schema, op.table);
        } else {
          return {};
        }
      },
      operation);
}

}  // namespace retort::operations
