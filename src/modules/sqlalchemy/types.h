#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "modules/host.h"
#include "python/evaluator.h"
#include "sql/type.h"

// SQLAlchemy's column types as evaluated files see them.
namespace retort::modules {

// What a TypeDecorator makes of a value on its way to the database, and from it; absent where its
// class doesn't say.
inline constexpr std::string_view kBindHook = "process_bind_param";
inline constexpr std::string_view kResultHook = "process_result_value";
std::optional<python::Value> decorated(python::Evaluator& evaluator, const sql::Type& type,
                                       std::string_view hook, python::Value value);
// The member that Enum(TheClass) reads a text as; absent for an Enum of texts.
python::Value enum_member_of(python::Evaluator& evaluator, const sql::Type& type,
                             const std::string& text);

// The class of a type ("", "String") or ("postgresql", "JSONB"), made when first asked for; nullptr
// when there is no such type.
python::Class* type_class(python::Evaluator& evaluator, std::string_view dialect,
                          std::string_view name);

// Names that a module of types has: sqlalchemy, sqlalchemy.types (dialect ""), or
// sqlalchemy.dialects.postgresql and the like. Absent when the name is no type.
python::Value find_type(python::Evaluator& evaluator, std::string_view dialect,
                        std::string_view name);

// The type that a value names: an instance, a class (constructed without arguments), a
// TypeDecorator's implementation, a UserDefinedType's text. `what_for` completes "needed for ...".
sql::Type to_type(python::Evaluator& evaluator, const Host& host, python::Value value,
                  std::string_view what_for);
bool is_type(python::Evaluator& evaluator, python::Value value);

// An instance of the type's class: what reflection and `column.type` give.
python::Value from_type(python::Evaluator& evaluator, const sql::Type& type);

// Types that retort doesn't know, by the full name they are imported as, and what they are in SQL:
// the project's configuration says it. To be called after bind_types().
void map_types(python::Evaluator& evaluator,
               const std::vector<std::pair<std::string, std::string>>& types);

// Binds TypeEngine, TypeDecorator and UserDefinedType and their methods, which need the host.
void bind_types(python::Evaluator& evaluator, Host& host);

}  // namespace retort::modules
