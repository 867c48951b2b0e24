#include "autogenerate/table_details.h"

#include <algorithm>
#include <set>
#include <string>
#include <utility>

namespace retort::autogenerate {
namespace {

using Operations = std::vector<operations::Operation>;

class Details {
 public:
  explicit Details(const sql::Grammar& grammar) : grammar_(grammar) {}

  Operations run(Operations& operations) {
    for (operations::Operation& one : operations) {
      later_.clear();
      bool kept = true;
      if (auto* create = std::get_if<operations::CreateTable>(&one)) table(create->table);
      if (auto* add = std::get_if<operations::AddConstraint>(&one)) {
        kept = !of_constraint(name_of(add->schema, add->table), add->constraint);
      }
      if (auto* index = std::get_if<operations::CreateIndex>(&one)) {
        of_index(index->schema, index->index);
      }
      if (kept) out_.push_back(std::move(one));
      std::ranges::move(later_, std::back_inserter(out_));
    }
    return std::move(out_);
  }

 private:
  void table(schema::Table& table) {
    std::string name = name_of(table.schema, table.name);
    std::erase_if(table.constraints,
                  [&](const schema::Constraint& one) { return of_constraint(name, one); });
    for (const schema::Index& index : table.indexes) of_index(table.schema, index);
    if (is_set(table.options, "postgresql_row_security")) {
      execute("ALTER TABLE " + name + " ENABLE ROW LEVEL SECURITY");
    }
    if (is_set(table.options, "postgresql_force_row_security")) {
      execute("ALTER TABLE " + name + " FORCE ROW LEVEL SECURITY");
    }
  }

  void of_index(const std::string& schema, const schema::Index& index) {
    if (const std::string* text = comment_of(index.options)) {
      execute("COMMENT ON INDEX " + name_of(schema, index.name.text) + " IS " +
              grammar_.literal(*text));
    }
  }

  // Whether a statement makes the constraint in place of the directive.
  bool of_constraint(const std::string& table, const schema::Constraint& constraint) {
    const schema::Name& name = schema::name_of(constraint);
    if (name.empty()) return false;
    const auto* check = std::get_if<schema::Check>(&constraint);
    bool made = check && is_set(check->options, "postgresql_no_inherit");
    if (made) {
      std::string sql = "ALTER TABLE " + table + " ADD CONSTRAINT " + grammar_.quote(name.text) +
                        " CHECK (" + sql::compile_ddl(check->condition, grammar_) + ") NO INHERIT";
      if (is_set(check->options, "postgresql_not_valid")) sql += " NOT VALID";
      execute(std::move(sql));
    }
    const schema::Options& options = std::visit(
        [](const auto& one) -> const schema::Options& { return one.options; }, constraint);
    const std::string* text = comment_of(options);
    if (text) {
      execute("COMMENT ON CONSTRAINT " + grammar_.quote(name.text) + " ON " + table + " IS " +
              grammar_.literal(*text));
    }
    return made;
  }

  static const std::string* comment_of(const schema::Options& options) {
    const schema::Option* comment = schema::find_option(options, "postgresql_comment");
    return comment ? std::get_if<std::string>(&comment->value) : nullptr;
  }

  static bool is_set(const schema::Options& options, std::string_view name) {
    const schema::Option* option = schema::find_option(options, name);
    const bool* flag = option ? std::get_if<bool>(&option->value) : nullptr;
    return flag && *flag;
  }

  std::string name_of(const std::string& schema, const std::string& table) const {
    return (schema.empty() ? "" : grammar_.quote(schema) + ".") + grammar_.quote(table);
  }

  void execute(std::string sql) {
    later_.emplace_back(operations::Execute{sql::raw(std::move(sql))});
  }

  const sql::Grammar& grammar_;
  Operations out_;
  Operations later_;
};

}  // namespace

void complete_table_details(Operations& operations, const sql::Grammar& grammar) {
  operations = Details(grammar).run(operations);
}

void complete_dropped_definitions(const Operations& upgrade, Operations& downgrade,
                                  const std::vector<schema::Definition>& definitions) {
  std::set<std::pair<std::string, std::string>> dropped;
  for (const operations::Operation& one : upgrade) {
    const auto* drop = std::get_if<operations::DropTable>(&one);
    if (drop) dropped.emplace(drop->schema, drop->table);
  }
  for (const schema::Definition& one : definitions) {
    if (!one.table.empty() && dropped.contains({one.schema, one.table})) {
      downgrade.emplace_back(operations::CreateDefinition{one});
    }
  }
}

}  // namespace retort::autogenerate
