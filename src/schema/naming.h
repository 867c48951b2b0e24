#pragma once

#include <cstddef>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "schema/table.h"

// Names of constraints and indexes: the naming conventions of MetaData and the limit on length.
namespace retort::schema {

// What a convention may refer to of the object it names.
struct NameSubject {
  std::string_view kind{};  // "ix", "uq", "ck", "fk", "pk"; empty: no convention applies
  Name name{};              // as it was given
  std::string_view schema{};
  std::string_view table{};
  std::vector<std::string> columns{};
  std::string referred_table{};
  std::vector<std::string> referred_columns{};
};

// The convention of a MetaData that was given none: indexes are ix_<table>_<column>.
const NamingConvention& default_naming_convention();

// The name in the database, final. Empty when there is neither a name nor a convention. A name that
// is not final is wrapped by a convention with %(constraint_name)s and otherwise kept. Throws
// Error(code::kOperation) for a convention with an unknown token and for one with
// %(constraint_name)s when there is no name.
Name resolve_name(const NamingConvention& convention, const NameSubject& subject);
Name resolve_name(const NamingConvention& convention, const Constraint& constraint,
                  std::string_view schema, std::string_view table);
Name resolve_name(const NamingConvention& convention, const Index& index, std::string_view schema,
                  std::string_view table);

// The name, with a number behind it ("ck_t_1") where it is taken. It is taken from then on.
std::string distinct_name(const std::string& name, std::set<std::string>& taken);

// A final name, cut to `limit` characters with the last four digits of its MD5 when it is longer.
// Throws Error(code::kOperation) for a name that a person wrote and that is too long.
std::string fit_name(const Name& name, std::size_t limit);

}  // namespace retort::schema
