#include <algorithm>

#include "base/error.h"
#include "modules/stdlib/regex.h"
#include "modules/stdlib/services.h"
#include "python/builtin_text.h"

// The module `_regex`: compiled patterns and their runs, which re.py makes patterns and matches of.
namespace retort::modules::stdlib {

using python::Arguments;
using python::Class;
using python::Evaluator;
using python::Instance;
using python::Module;
using python::Value;

namespace {

constexpr std::uint64_t kMostSteps = 20'000'000;  // of one search

struct Compiled {
  regex::Program program;
  // The text that was searched last, as characters: the same one is often searched again.
  Value text{};
  std::u32string characters;
};

std::u32string characters_of(Evaluator& evaluator, Value value) {
  if (value.is_str()) return python::decoded(value.as_str());
  if (const python::Bytes* bytes = value.get<python::Bytes>()) {
    std::u32string out;
    for (const char c : bytes->data) out += static_cast<unsigned char>(c);
    return out;
  }
  if (const python::Unknown* unknown = value.get<python::Unknown>()) {
    evaluator.refuse_unknown(*unknown, "a regular expression");
  }
  evaluator.type_error("expected string or bytes-like object, got '" + evaluator.type_name(value) +
                       "'");
}

Value compile(Evaluator& evaluator, Arguments& args, Class* cls) {
  const std::u32string pattern = characters_of(evaluator, args[0]);
  auto flags = static_cast<unsigned>(evaluator.index(args[1]));
  if (args[0].is(python::ObjectKind::kBytes)) flags |= regex::flag::kAscii;
  try {
    regex::Program program = regex::compile(pattern, flags);
    evaluator.account(program.code.size() * sizeof(regex::Instruction));
    Instance* made = evaluator.new_instance(cls);
    made->set_native(Compiled{std::move(program), {}, {}});
    return made;
  } catch (const regex::SyntaxError& error) {
    const bool placed = error.position != static_cast<std::size_t>(-1);
    const Value values[] = {
        evaluator.str(error.message), args[0],
        placed ? Value::integer(static_cast<std::int64_t>(error.position)) : Value::none()};
    evaluator.raise(evaluator.call(args[2], values));
  }
}

Value run(Evaluator& evaluator, Arguments& args) {
  Compiled& compiled = *python::native<Compiled>(args[0]);
  if (!identical(compiled.text, args[1])) {
    compiled.characters = characters_of(evaluator, args[1]);
    compiled.text = args[1];
  }
  const auto size = static_cast<std::int64_t>(compiled.characters.size());
  const std::int64_t end = std::clamp<std::int64_t>(evaluator.index(args[3]), 0, size);
  const std::int64_t begin = std::clamp<std::int64_t>(evaluator.index(args[2]), 0, size);
  if (begin > end) return Value::none();
  const auto mode = static_cast<regex::Mode>(evaluator.index(args[4]));
  std::uint64_t steps = kMostSteps;
  try {
    const auto spans =
        regex::run(compiled.program, compiled.characters, static_cast<std::size_t>(begin),
                   static_cast<std::size_t>(end), mode, evaluator.index(args[5]), steps);
    if (!spans) return Value::none();
    std::vector<Value> items;
    for (const std::ptrdiff_t at : *spans) items.push_back(Value::integer(at));
    return evaluator.tuple(std::move(items));
  } catch (const regex::OutOfSteps&) {
    throw Error(code::kLimit, "a regular expression takes too long")
        .with_place(evaluator.place())
        .with_hint("nested repeats such as (a+)+ make a pattern try endlessly many ways");
  }
}

}  // namespace

void init_re(Evaluator& evaluator, Module& module, const Services&) {
  Class* cls = evaluator.define_class("Program", "_regex");
  evaluator.define(module, "compile(pattern, flags, error)",
                   [cls](Evaluator& ev, Arguments& args) { return compile(ev, args, cls); });
  evaluator.define(module, "run(program, text, pos, endpos, mode, not_empty_at)", run);
  evaluator.define(module, "describe(program)", [](Evaluator& ev, Arguments& args) {
    const regex::Program& program = python::native<Compiled>(args[0])->program;
    python::Dict* names = ev.dict();
    for (const auto& [name, group] : program.names) {
      names->set(ev, ev.str(name), Value::integer(static_cast<std::int64_t>(group)));
    }
    return ev.tuple({Value::integer(static_cast<std::int64_t>(program.groups)), names,
                     Value::integer(program.flags)});
  });
}

}  // namespace retort::modules::stdlib
