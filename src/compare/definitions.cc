#include "compare/definitions.h"

#include <algorithm>

#include "base/text.h"
#include "schema/table.h"
#include "sql/words.h"

namespace retort::compare {
namespace {

using schema::Definition;

bool same_object(const Definition& a, const Definition& b) {
  return a.kind == b.kind && a.schema == b.schema && a.name == b.name && a.table == b.table;
}

const Definition* find(const std::vector<Definition>& all, const Definition& one) {
  auto found =
      std::ranges::find_if(all, [&](const Definition& other) { return same_object(one, other); });
  return found == all.end() ? nullptr : &*found;
}

std::string shown(const Definition& one) {
  std::string name = one.schema.empty() ? one.name : one.schema + "." + one.name;
  return to_lower(schema::keyword(one.kind)) + " " + quoted(name);
}

// What has to be there before the tables and go after them: what columns are made of, and functions
// that their defaults, checks and indexes may call. A function that speaks of a table, a view, an
// enum type (which comes with its table) or of such a function comes after them.
class BeforeTables {
 public:
  explicit BeforeTables(const schema::MetaData& metadata) {
    for (const schema::Table& table : metadata.tables) later_.push_back(table.name);
    for (const sql::Type& type : metadata.enums) later_.push_back(type.type_name);
    for (const schema::Sequence& one : metadata.sequences) later_.push_back(one.name);
    std::vector<const Definition*> functions;
    for (const Definition& one : metadata.definitions) {
      if (one.kind == Definition::Kind::kView || one.kind == Definition::Kind::kMaterializedView) {
        later_.push_back(one.name);
      }
      if (one.kind == Definition::Kind::kFunction) functions.push_back(&one);
    }
    auto is_later = [&](const Definition* one) {
      bool later = std::ranges::any_of(
          later_, [&](const std::string& name) { return sql::has_word(one->sql, name); });
      if (later) later_.push_back(one->name.substr(0, one->name.find('(')));
      return later;
    };
    while (std::erase_if(functions, is_later) > 0) {
    }
  }

  bool operator()(const Definition& one) const {
    if (one.kind == Definition::Kind::kFunction) {
      return std::ranges::none_of(
          later_, [&](const std::string& name) { return sql::has_word(one.sql, name); });
    }
    return one.kind == Definition::Kind::kDomain || one.kind == Definition::Kind::kType ||
           one.kind == Definition::Kind::kExtension;
  }

 private:
  std::vector<std::string> later_;
};

}  // namespace

NamedChanges compare_definitions(Context& context) {
  NamedChanges out;
  const std::vector<Definition>& have = context.input.have.definitions;
  const std::vector<Definition>& want = context.input.want.definitions;
  auto speaks_of = [&](Definition::Kind kind) {
    return std::ranges::any_of(want, [&](const Definition& one) { return one.kind == kind; });
  };
  auto text = [&](const Definition& one) {
    std::string_view sql = trim(one.sql);
    return sql.ends_with(';') ? std::string(sql.substr(0, sql.size() - 1)) : std::string(sql);
  };
  auto same = [&](const Definition& a, const Definition& b) {
    return context.same_sql(text(a), text(b));
  };
  BeforeTables went_before(context.input.have);
  BeforeTables goes_before(context.input.want);
  for (auto one = have.rbegin(); one != have.rend(); ++one) {
    const Definition* other = find(want, *one);
    if (!speaks_of(one->kind) || (other && same(*one, *other))) continue;
    (went_before(*one) && !other ? out.last : out.first)
        .emplace_back(operations::DropDefinition{*one});
    if (!other) context.info("definitions", "Detected removed " + shown(*one));
  }
  for (const Definition& one : want) {
    const Definition* other = find(have, one);
    if (other && same(one, *other)) continue;
    const Definition* written = find(context.input.model.definitions, one);
    bool function = one.kind == Definition::Kind::kFunction;
    (goes_before(one) && (!other || function) ? out.first : out.last)
        .emplace_back(operations::CreateDefinition{written ? *written : one});
    context.info("definitions",
                 std::string("Detected ") + (other ? "changed " : "added ") + shown(one));
  }
  return out;
}

NamedChanges compare_sequences(Context& context) {
  NamedChanges out;
  const auto& have = context.input.have.sequences;
  const auto& want = context.input.want.sequences;
  auto is_in = [](const std::vector<schema::Sequence>& all, const schema::Sequence& one) {
    return std::ranges::any_of(all, [&](const schema::Sequence& other) {
      return other.schema == one.schema && other.name == one.name;
    });
  };
  for (const schema::Sequence& one : want) {
    if (is_in(have, one)) continue;
    out.first.emplace_back(operations::CreateSequence{one, false});
    context.info("definitions", "Detected added sequence " + quoted(one.name));
  }
  if (want.empty()) return out;
  for (const schema::Sequence& one : have) {
    if (is_in(want, one)) continue;
    out.last.emplace_back(operations::DropSequence{one, false});
    context.info("definitions", "Detected removed sequence " + quoted(one.name));
  }
  return out;
}

NamedChanges compare_enums(Context& context) {
  NamedChanges out;
  for (const sql::Type& want : context.input.want.enums) {
    auto have = std::ranges::find_if(context.input.have.enums, [&](const sql::Type& one) {
      return one.schema == want.schema && one.type_name == want.type_name;
    });
    if (have == context.input.have.enums.end() || have->values == want.values) continue;
    operations::AlterEnum alter{*have, want, {}};
    auto is_it = [&](const sql::Type& type) {
      return type.type_name == want.type_name && type.schema == want.schema && !type.values.empty();
    };
    for (const schema::Table& table : context.input.have.tables) {
      for (const schema::Column& column : table.columns) {
        bool array = column.type.name == "ARRAY" && !column.type.arguments.empty();
        if (!is_it(array ? column.type.arguments[0] : column.type)) continue;
        alter.uses.push_back({table.schema, table.name, column.name, array, column.server_default});
      }
    }
    context.info("types", "Detected changed values of enum " + quoted(want.type_name) + ": " +
                              tuple(have->values) + " to " + tuple(want.values));
    out.first.emplace_back(std::move(alter));
  }
  return out;
}

}  // namespace retort::compare
