#pragma once

#include <cstdint>

#include "python/evaluator.h"

// What mapped_column() makes: a Column whose name, type and nullability the attribute of a class
// and its annotation may complete.
namespace retort::modules {

struct MappedColumnItem {
  python::Value column{};
  std::int64_t sort_order = 0;
  bool has_default = false;  // default= or insert_default= is given
};

// Adds mapped_column() and the classes MapperProperty and MappedColumn.
void define_mapped_column(python::Evaluator& evaluator, python::Module& module);
// Another one with nothing given.
python::Value make_mapped_column(python::Evaluator& evaluator);
// A copy whose Column is in no table.
python::Value copy_mapped_column(python::Evaluator& evaluator, const python::Value& mapped);
// The Column of a mapped_column() inside of Annotated[...] gives another what that doesn't say
// itself.
void merge_column(python::Evaluator& evaluator, const python::Value& into,
                  const python::Value& other, bool omit_defaults);

}  // namespace retort::modules
