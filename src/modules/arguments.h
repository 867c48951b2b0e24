#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/text.h"
#include "python/evaluator.h"
#include "schema/column.h"
#include "schema/name.h"

// Reading the arguments of a native call: each helper raises TypeError in the words of the argument
// for a value of the wrong kind and refuses an unknown one.
namespace retort::modules {

std::string text_of(python::Evaluator& evaluator, python::Value value, std::string_view what);
// A name: a str, or what op.f() returns.
schema::Name name_of(python::Evaluator& evaluator, python::Value value, std::string_view what);
// A list or tuple of str; a single str counts as one.
std::vector<std::string> texts_of(python::Evaluator& evaluator, python::Value value,
                                  std::string_view what);
bool flag_of(python::Evaluator& evaluator, python::Value value, std::string_view what);

// Leave the target alone when the argument was not given or is None.
void read_text(python::Evaluator& evaluator, const python::Arguments& args, std::string_view name,
               std::string& target);
void read_text(python::Evaluator& evaluator, const python::Arguments& args, std::string_view name,
               std::optional<std::string>& target);
void read_flag(python::Evaluator& evaluator, const python::Arguments& args, std::string_view name,
               bool& target);
void read_flag(python::Evaluator& evaluator, const python::Arguments& args, std::string_view name,
               std::optional<bool>& target);
void read_int(python::Evaluator& evaluator, const python::Arguments& args, std::string_view name,
              std::optional<int>& target);
void read_int(python::Evaluator& evaluator, const python::Arguments& args, std::string_view name,
              std::optional<std::int64_t>& target);

// Given and not None.
bool present(const python::Arguments& args, std::string_view name);

}  // namespace retort::modules
