#include "compare/constraints.h"

#include <algorithm>

#include "schema/naming.h"

// What the comparisons of all constraints share.
namespace retort::compare {
namespace {

struct Words {
  std::string_view type;        // of drop_constraint()
  std::string_view convention;  // of a naming convention
};

Words words_of(const schema::Constraint& constraint) {
  struct Visitor {
    Words operator()(const schema::PrimaryKey&) const { return {"primary", "pk"}; }
    Words operator()(const schema::ForeignKey&) const { return {"foreignkey", "fk"}; }
    Words operator()(const schema::Unique&) const { return {"unique", "uq"}; }
    Words operator()(const schema::Check&) const { return {"check", "ck"}; }
    Words operator()(const schema::Exclude&) const { return {"", ""}; }
  };
  return std::visit(Visitor{}, constraint);
}

// The name that the batch gives the constraint: by the convention, numbered where it would come
// twice, in the order of the table.
std::string batch_name(const schema::Table& have, const schema::Constraint& constraint,
                       const schema::NamingConvention& convention) {
  std::set<std::string> taken;
  for (const schema::Constraint& one : have.constraints) {
    if (!schema::name_of(one).empty()) taken.insert(schema::name_of(one).text);
  }
  for (const schema::Constraint& one : have.constraints) {
    if (!schema::name_of(one).empty() || one.index() != constraint.index()) continue;
    std::string name = schema::distinct_name(
        schema::resolve_name(convention, one, have.schema, have.name).text, taken);
    if (one == constraint) return name;
  }
  return {};
}

}  // namespace

operations::Operation drop_constraint(const Context& context, const schema::Table& have,
                                      const schema::Constraint& constraint) {
  Words words = words_of(constraint);
  operations::DropConstraint drop;
  drop.name = schema::name_of(constraint);
  drop.table = have.name;
  drop.schema = have.schema;
  drop.type = words.type;
  drop.dropped = constraint;
  if (!drop.name.empty() || !context.is_sqlite()) return drop;
  operations::BatchAlterTable batch;
  batch.table = have.name;
  batch.schema = have.schema;
  batch.naming_convention = chosen_convention(words.convention);
  drop.name = {batch_name(have, constraint, batch.naming_convention), true};
  batch.operations.emplace_back(std::move(drop));
  return batch;
}

operations::Operation add_constraint(const Context& context, const TablePair& pair,
                                     schema::Constraint constraint) {
  if (schema::name_of(constraint).empty()) {
    schema::Name name = chosen_name(constraint, pair.want, context.engine());
    std::visit([&](auto& one) { one.name = name; }, constraint);
  }
  return operations::AddConstraint{pair.name(), pair.schema(), std::move(constraint)};
}

bool options_differ(const Context& context, const schema::Options& given,
                    const schema::Options& want) {
  // Models have no words for a comment on a constraint or an index: it stays what it is.
  schema::Options have = given;
  if (!schema::find_option(want, "postgresql_comment")) {
    std::erase_if(have, [](const auto& one) { return one.name == "postgresql_comment"; });
  }
  if (have.size() != want.size()) return true;
  auto text = [&](const schema::Option& option) -> std::optional<std::string> {
    if (const auto* expression = std::get_if<sql::Expression>(&option.value)) {
      return context.sql(*expression);
    }
    if (const auto* plain = std::get_if<std::string>(&option.value)) return *plain;
    return std::nullopt;
  };
  return std::ranges::any_of(have, [&](const schema::Option& old_one) {
    const schema::Option* new_one = schema::find_option(want, old_one.name);
    if (!new_one) return true;
    std::optional<std::string> a = text(old_one);
    std::optional<std::string> b = text(*new_one);
    return a && b ? !context.same_sql(*a, *b) : old_one.value != new_one->value;
  });
}

}  // namespace retort::compare
