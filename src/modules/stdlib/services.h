#pragma once

#include <cstdint>
#include <memory>

#include "modules/stdlib/stdlib.h"

// What the modules of the standard library share. Each of them is a function that fills the module
// when it is first imported.
namespace retort::modules::stdlib {

using Services = std::shared_ptr<const StdlibServices>;
using Init = void (*)(python::Evaluator&, python::Module&, const Services&);

std::int64_t now_in_microseconds(const StdlibServices& services);  // since 1970, UTC
void fill_random(const StdlibServices& services, std::span<std::byte> bytes);

// What the names are that a text doesn't have: missing, or unknown values, for a package of which
// only a part is written here.
enum class OtherNames { kMissing, kUnknown };
// Runs a module written in Python when the first of its names is asked for.
void load_text(python::Evaluator& evaluator, python::Module& module, std::string_view stem,
               OtherNames others = OtherNames::kMissing);

// The bytes that are to be hashed; TypeError for what has none.
const std::string& data_of(python::Evaluator& evaluator, python::Value value);

void init_crypt(python::Evaluator& evaluator, python::Module& module, const Services& services);
void init_datetime(python::Evaluator& evaluator, python::Module& module, const Services& services);
void init_digest(python::Evaluator& evaluator, python::Module& module, const Services& services);
void init_json(python::Evaluator& evaluator, python::Module& module, const Services& services);
void init_math(python::Evaluator& evaluator, python::Module& module, const Services& services);
void init_re(python::Evaluator& evaluator, python::Module& module, const Services& services);
// What modules written in Python ask of C++ (`import _support`).
void init_support(python::Evaluator& evaluator, python::Module& module, const Services& services);
void init_literal(python::Evaluator& evaluator, python::Module& module, const Services& services);
void init_toml(python::Evaluator& evaluator, python::Module& module, const Services& services);
void init_yaml(python::Evaluator& evaluator, python::Module& module, const Services& services);
void init_uuid(python::Evaluator& evaluator, python::Module& module, const Services& services);

}  // namespace retort::modules::stdlib
