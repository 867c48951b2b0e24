#include <retort/retort.h>

using namespace retort;

// fails: this can't be called back: it takes other arguments than it will be given
MigratorOptions other_arguments() {
  return {.on_step = [](int) {}};
}

// fails: this can't be called back: it takes other arguments than it will be given
CompareOptions other_result() {
  return {.include_table = [](std::string_view, std::string_view) {}};
}
