#pragma once

#include <optional>
#include <string_view>

#include "python/evaluator.h"

// What annotations such as Mapped[Optional[int]] say of a column. The forms that most columns have
// are read from the syntax; the others are evaluated (orm_annotation.py).
namespace retort::modules {

struct MappedType {
  python::Value kind{};  // what stands inside of Mapped[...]
  // `kind` is a class, in Optional[] or not; else the functions of orm_annotation.py tell.
  bool is_class = false;
  bool takes_none = false;
};

class MappedAnnotations {
 public:
  explicit MappedAnnotations(python::Evaluator& evaluator);

  // Of an attribute of a class, or of what a function returns ("return"); absent when there is no
  // annotation, or it is no Mapped[...].
  std::optional<MappedType> find(python::Value owner, std::string_view name);
  bool takes_none(const MappedType& type);
  // The values inside of Annotated[...].
  std::vector<python::Value> annotated_with(const MappedType& type);
  // The SQL type of it by a type_annotation_map; absent when none is known.
  python::Value sql_type(python::Value type_map, const MappedType& type);

 private:
  std::optional<MappedType> read(const python::Annotation& annotation);
  python::Value call(std::string_view function, std::span<const python::Value> args);

  python::Evaluator& evaluator_;
  python::Module& module_;  // _orm_annotation
  python::Value mapped_;    // Mapped
  python::Value optional_;  // typing.Optional
  python::Dict* known_;     // class to SQL type
};

}  // namespace retort::modules
