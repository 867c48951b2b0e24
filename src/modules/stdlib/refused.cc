#include "modules/stdlib/refused.h"

#include <string>

#include "modules/stdlib/services.h"

namespace retort::modules::stdlib {

using python::Arguments;
using python::Evaluator;
using python::Module;
using python::Value;

namespace {

enum class Reach { kProcesses, kNetwork, kWriting, kCode };

struct Row {
  std::string_view name;
  Reach reach;
  std::string_view text{};  // what of it is there: the stem of a module written in Python
};
constexpr Row kRows[] = {
    {"subprocess", Reach::kProcesses},
    {"multiprocessing", Reach::kProcesses, "multiprocessing"},
    {"signal", Reach::kProcesses},
    {"pty", Reach::kProcesses},
    {"socket", Reach::kNetwork, "socket"},
    {"ssl", Reach::kNetwork, "ssl"},
    {"smtplib", Reach::kNetwork},
    {"ftplib", Reach::kNetwork},
    {"http.client", Reach::kNetwork},
    {"urllib.request", Reach::kNetwork},
    {"sqlite3", Reach::kNetwork},
    {"tempfile", Reach::kWriting, "tempfile"},
    {"shutil", Reach::kWriting},
    {"zipfile", Reach::kWriting},
    {"tarfile", Reach::kWriting},
    {"ctypes", Reach::kCode},
    {"marshal", Reach::kCode},
    {"pickle", Reach::kCode},
};

std::string_view reason(Reach reach) {
  switch (reach) {
    case Reach::kProcesses:
      return "evaluated files can't start processes";
    case Reach::kNetwork:
      return "evaluated files can't open connections: use the connection of op.get_bind()";
    case Reach::kWriting:
      return "evaluated files can't write files";
    case Reach::kCode:
      return "evaluated files can't load code or memory images";
  }
  return "";
}

}  // namespace

void bind_refused(Evaluator& evaluator) {
  for (const Row& row : kRows) {
    evaluator.bind_module(std::string(row.name), [&row](Evaluator& owner, Module& module) {
      if (!row.text.empty()) load_text(owner, module, row.text);
      module.on_missing = [&row, &module, there = module.on_missing](
                              Evaluator& ev, std::string_view name) -> Value {
        if (name.starts_with("__")) return {};
        if (const Value found = there ? there(ev, name) : Value()) return found;
        const std::string full = std::string(row.name) + "." + std::string(name);
        // Classes and constants may be named in annotations, bases and except clauses.
        Value made;
        if (name.front() >= 'A' && name.front() <= 'Z') {
          made = ev.unknown(full);
        } else {
          made = ev.function(std::string(name) + "(*args, **kwargs)",
                             [full, &row](Evaluator& inner, Arguments&) -> Value {
                               inner.raise_hinted("RuntimeError", full + "() isn't available",
                                                  std::string(reason(row.reach)));
                             });
        }
        module.attributes.set(name, made);
        return made;
      };
    });
  }
}

}  // namespace retort::modules::stdlib
