#include "modules/sqlalchemy/mapped_annotation.h"

#include <array>
#include <vector>

namespace retort::modules {

using python::Annotation;
using python::Class;
using python::Dict;
using python::Evaluator;
using python::Module;
using python::Value;

namespace ast = python::ast;

namespace {

bool is_plain_name(const ast::Expr* expr) {
  return expr->kind == ast::ExprKind::kName || expr->kind == ast::ExprKind::kAttribute;
}

// What a part of an annotation stands for, where it is a name; else absent.
Value named_part(Evaluator& evaluator, const Annotation& annotation, const ast::Expr* part) {
  if (!is_plain_name(part)) return {};
  return evaluator.evaluate_annotation({annotation.name, part, annotation.scope});
}

std::optional<Annotation> find_annotation(Evaluator& evaluator, Value owner,
                                          std::string_view name) {
  if (const Class* cls = owner.get<Class>()) {
    for (const Annotation& one : cls->annotations) {
      if (one.name == name) return one;
    }
    return std::nullopt;
  }
  for (Annotation& one : evaluator.annotations(owner)) {
    if (one.name == name) return std::move(one);
  }
  return std::nullopt;
}

bool is_none(const ast::Expr* expr) {
  return expr->kind == ast::ExprKind::kConstant &&
         ast::as<ast::Constant>(expr).constant == ast::ConstantKind::kNone;
}

}  // namespace

MappedAnnotations::MappedAnnotations(Evaluator& evaluator)
    : evaluator_(evaluator),
      module_(*evaluator.import_module("_orm_annotation").get<Module>()),
      mapped_(evaluator.get_attr(&module_, "Mapped")),
      optional_(evaluator.get_attr(evaluator.import_module("typing"), "Optional")),
      known_(evaluator.get_attr(&module_, "PYTHON_TYPES").get<Dict>()) {}

Value MappedAnnotations::call(std::string_view function, std::span<const Value> args) {
  return evaluator_.call(evaluator_.get_attr(&module_, function), args);
}

// Mapped[X], Mapped[Optional[X]] and Mapped[X | None], X being the name of a class.
std::optional<MappedType> MappedAnnotations::read(const Annotation& annotation) {
  if (annotation.expr->kind != ast::ExprKind::kSubscript) return std::nullopt;
  const auto& written = ast::as<ast::Subscript>(annotation.expr);
  const Value outer = named_part(evaluator_, annotation, written.value);
  if (!outer || !identical(outer, mapped_)) return std::nullopt;
  const ast::Expr* inner = written.index;
  bool optional = false;
  if (inner->kind == ast::ExprKind::kSubscript) {
    const auto& form = ast::as<ast::Subscript>(inner);
    const Value name = named_part(evaluator_, annotation, form.value);
    if (!name || !identical(name, optional_)) return std::nullopt;
    optional = true;
    inner = form.index;
  } else if (inner->kind == ast::ExprKind::kBinary) {
    const auto& either = ast::as<ast::Binary>(inner);
    if (either.op != ast::BinaryOp::kOr || !is_none(either.right)) return std::nullopt;
    optional = true;
    inner = either.left;
  }
  const Value kind = named_part(evaluator_, annotation, inner);
  if (!kind.get<Class>()) return std::nullopt;
  return MappedType{kind, true, optional};
}

std::optional<MappedType> MappedAnnotations::find(Value owner, std::string_view name) {
  const std::optional<Annotation> annotation = find_annotation(evaluator_, owner, name);
  // Nothing but what may be a Mapped[...] is evaluated.
  if (!annotation || annotation->text().find("Mapped") == std::string_view::npos) {
    return std::nullopt;
  }
  if (std::optional<MappedType> found = read(*annotation)) return found;
  const Value kind = call("inside_mapped", std::array{owner, evaluator_.str(name)});
  if (kind.is_none()) return std::nullopt;
  return MappedType{.kind = kind};
}

bool MappedAnnotations::takes_none(const MappedType& type) {
  if (!type.is_class) return evaluator_.truthy(call("includes_none", std::array{type.kind}));
  return type.takes_none || identical(type.kind, Value(evaluator_.builtin_class("NoneType")));
}

std::vector<Value> MappedAnnotations::annotated_with(const MappedType& type) {
  if (type.is_class) return {};
  return evaluator_.items(call("annotated_with", std::array{type.kind}));
}

Value MappedAnnotations::sql_type(Value type_map, const MappedType& type) {
  Dict* own = type_map.get<Dict>();
  if (type.is_class && own && !own->extension()) {
    if (const Value found = own->find(evaluator_, type.kind); found && !found.is_none()) {
      return found;
    }
    if (const Value found = known_->find(evaluator_, type.kind)) return found;
  }
  const Value found = call("sql_type", std::array{type_map, type.kind});
  return found.is_none() ? Value() : found;
}

}  // namespace retort::modules
