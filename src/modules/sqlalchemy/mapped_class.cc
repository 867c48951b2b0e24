#include "modules/sqlalchemy/mapped_class.h"

#include <algorithm>
#include <array>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_set>
#include <utility>
#include <vector>

#include "modules/arguments.h"
#include "modules/sqlalchemy/exceptions.h"
#include "modules/sqlalchemy/mapped_annotation.h"
#include "modules/sqlalchemy/mapped_column.h"
#include "modules/sqlalchemy/schema_classes.h"
#include "modules/sqlalchemy/schema_items.h"

// Columns come in SQLAlchemy's order: those of the class itself as they are written, then those of
// mixins and abstract bases along the mro, sorted by sort_order at last.
namespace retort::modules {

using python::Arguments;
using python::Attributes;
using python::Class;
using python::Dict;
using python::Evaluator;
using python::Instance;
using python::Module;
using python::Value;

namespace {

constexpr auto kDirectives = std::to_array<std::string_view>(
    {"__table_args__", "__tablename__", "__mapper_args__", "__table__"});

bool is_directive(std::string_view name) {
  return std::ranges::find(kDirectives, name) != kDirectives.end();
}

// Two lists of names in one, each in its order, what both have where the second has it.
std::vector<std::string_view> merge_names(std::span<const std::string_view> first,
                                          std::span<const std::string_view> second) {
  std::unordered_set<std::string_view> shared;
  const std::unordered_set<std::string_view> of_first(first.begin(), first.end());
  for (const std::string_view name : second) {
    if (of_first.contains(name)) shared.insert(name);
  }
  std::vector<std::string_view> merged;
  while (true) {
    const auto at =
        std::ranges::find_if(first, [&](std::string_view name) { return shared.contains(name); });
    merged.insert(merged.end(), first.begin(), at);
    if (at == first.end()) break;
    shared.erase(*at);
    first = first.subspan(static_cast<std::size_t>(at - first.begin()) + 1);
    std::swap(first, second);
  }
  merged.insert(merged.end(), second.begin(), second.end());
  return merged;
}

// Something that a class itself has under a name: a value, an annotation or both.
struct Attribute {
  std::string name{};
  Value value{};  // absent: annotated only
  const python::Annotation* annotation = nullptr;
  bool has_value() const { return value && !value.is_none(); }
};

std::vector<Attribute> attributes_of(Evaluator& evaluator, Class& cls) {
  const Value written_order = cls.own("__retort_annotations__");
  std::vector<std::string_view> own;
  for (const auto& [name, value] : cls.attributes.items()) own.emplace_back(name);
  std::vector<std::string_view> annotated;
  std::vector<Value> kept;
  if (written_order) {
    kept = evaluator.items(written_order);
    for (const Value& name : kept) annotated.emplace_back(name.as_str());
  } else {
    for (const python::Annotation& one : cls.annotations) {
      if (std::ranges::find(annotated, one.name) == annotated.end()) annotated.push_back(one.name);
    }
  }
  std::vector<Attribute> found;
  for (const std::string_view name : merge_names(own, annotated)) {
    if ((name.starts_with("__") || name.starts_with("_sa_")) && !is_directive(name)) continue;
    const auto annotation = std::ranges::find(cls.annotations, name, &python::Annotation::name);
    found.push_back({std::string(name), cls.attributes.find(name),
                     annotation == cls.annotations.end() ? nullptr : &*annotation});
  }
  return found;
}

bool may_be_mapped(const Attribute& attribute) {
  return attribute.annotation &&
         attribute.annotation->text().find("Mapped") != std::string_view::npos;
}

// The MetaData that the table of a class goes to: its own, or that of its registry.
Value metadata_of(Evaluator& evaluator, const Value& cls, const Value& registry) {
  const Value own = evaluator.find_attr(cls, "metadata");
  return own && item<MetaDataItem>(own) ? own : evaluator.get_attr(registry, "metadata");
}

// The classes of orm_attributes.py.
class PropertyClasses {
 public:
  explicit PropertyClasses(Evaluator& evaluator)
      : module_(*evaluator.import_module("_orm_attributes").get<Module>()),
        property_(cls(evaluator, "MapperProperty")),
        composite_(cls(evaluator, "CompositeProperty")),
        declared_(cls(evaluator, "declared_attr")) {}

  bool is_property(Value value) const { return is(value, property_); }
  bool is_composite(Value value) const { return is(value, composite_); }
  bool is_declared(Value value) const { return is(value, declared_); }

 private:
  Class* cls(Evaluator& evaluator, std::string_view name) {
    return evaluator.get_attr(&module_, name).get<Class>();
  }
  static bool is(Value value, const Class* cls) {
    const Instance* instance = value.get<Instance>();
    return instance && instance->cls->is_subclass_of(cls);
  }
  Module& module_;
  Class* property_;
  Class* composite_;
  Class* declared_;
};

// One class on its way to a table.
class MappedClass {
 public:
  MappedClass(Evaluator& evaluator, Class& cls, Value registry)
      : ev_(evaluator),
        cls_(cls),
        registry_(std::move(registry)),
        classes_(evaluator),
        annotations_(evaluator),
        fixed_table_(static_cast<bool>(cls.own("__table__"))) {}

  // (table or None, columns, {attribute: what is mapped}); columns are named and complete.
  Value map() {
    scan();
    Dict* properties = extract();
    std::vector<Value> columns = columns_of(*properties);
    const Value table = make_table(columns);
    return ev_.tuple({table, ev_.list(std::move(columns)), properties});
  }

 private:
  struct Level {
    Class* base = nullptr;
    bool mapped = false;
    std::vector<Attribute> attributes{};
    Attributes copied{};  // of a mixin
  };

  bool is_declared(const Value& value) const { return classes_.is_declared(value); }
  void set(std::string_view name, const Value& value) { ev_.plain_set_attr(&cls_, name, value); }
  void annotate(std::string_view name, const Value& owner, std::string_view there) {
    annotated_.insert_or_assign(std::string(name), std::pair(owner, std::string(there)));
  }

  // ---- what the class and those above it have

  void scan() {
    std::vector<Level> levels;
    const Class* object = ev_.builtin_class("object");
    for (Class* base : cls_.mro) {
      if (base == object) continue;
      Level level{.base = base, .mapped = base != &cls_ && base->own("__mapper__")};
      level.attributes = attributes_of(ev_, *base);
      if (base != &cls_ && !level.mapped) copy_mixin(level);
      levels.push_back(std::move(level));
    }
    bool inherited_args = false;
    for (const Level& level : levels) {
      for (const auto& [name, value] : level.copied.items()) collected_.set(name, value);
      for (const Attribute& attribute : level.attributes) {
        if (is_directive(attribute.name)) {
          take_directive(level, attribute, inherited_args);
        } else if (level.mapped) {
          continue;
        } else if (level.base != &cls_) {
          take_inherited(attribute);
        } else {
          take_own(attribute);
        }
      }
    }
    if (inherited_args && !truthy(tablename_)) table_args_ = Value();
  }

  static bool has_foreign_key(const ColumnItem& column) {
    return std::ranges::any_of(column.constraints, [](const schema::Constraint& each) {
      return std::holds_alternative<schema::ForeignKey>(each);
    });
  }

  bool truthy(const Value& value) { return value && ev_.truthy(value); }

  // The columns of a mixin or an abstract base become columns of the class.
  void copy_mixin(Level& level) {
    for (const Attribute& attribute : level.attributes) {
      const std::string& name = attribute.name;
      Value made;
      if (!attribute.has_value() && !fixed_table_) {
        if (!may_be_mapped(attribute) || present(cls_.lookup(name)) ||
            !annotations_.find(level.base, name)) {
          continue;
        }
        made = make_mapped_column(ev_);
        annotate(name, level.base, name);
      } else if (item<ColumnItem>(attribute.value) ||
                 python::native<MappedColumnItem>(attribute.value)) {
        // Unless the class or another base says otherwise.
        if (!identical(cls_.lookup(name), attribute.value)) continue;
        if (attribute.annotation) annotate(name, level.base, name);
        made = python::native<MappedColumnItem>(attribute.value)
                   ? copy_mapped_column(ev_, attribute.value)
                   : ev_.call_method(attribute.value, "_copy");
      } else {
        continue;
      }
      level.copied.set(name, made);
      set(name, made);
    }
  }

  static bool present(const Value& value) { return value && !value.is_none(); }

  void take_directive(const Level& level, const Attribute& attribute, bool& inherited_args) {
    const bool declared = is_declared(attribute.value);
    if (level.mapped && !declared) return;
    if (attribute.name == "__tablename__" && !truthy(tablename_)) {
      tablename_ = ev_.get_attr(&cls_, attribute.name);
    } else if (attribute.name == "__table_args__" && !truthy(table_args_)) {
      table_args_ = ev_.get_attr(&cls_, attribute.name);
      inherited_args = level.base != &cls_;
    } else if (attribute.name == "__table__" && declared) {
      declared_table_ = true;
    }
  }

  void take_inherited(const Attribute& attribute) {
    if (!is_declared(attribute.value)) return;
    const std::string& name = attribute.name;
    Value made;
    if (ev_.truthy(ev_.get_attr(attribute.value, "_cascading"))) {
      made = ev_.call_method(attribute.value, "__get__", std::array{Value::none(), Value(&cls_)});
      set(name, made);
    } else {
      made = ev_.get_attr(&cls_, name);
      // The class or one between may say otherwise.
      if (!is_declared(cls_.lookup(name))) return;
    }
    collected_.set(name, made);
    annotate(name, ev_.get_attr(attribute.value, "fget"), "return");
  }

  void take_own(const Attribute& attribute) {
    const std::string& name = attribute.name;
    if (!attribute.value) {
      if (!fixed_table_ && may_be_mapped(attribute) && annotations_.find(&cls_, name)) {
        annotate(name, &cls_, name);
        collected_.set(name, make_mapped_column(ev_));
      }
      return;
    }
    if (attribute.annotation) annotate(name, &cls_, name);
    if (is_declared(attribute.value)) {
      annotate(name, ev_.get_attr(attribute.value, "fget"), "return");
    }
    collected_.set(name, attribute.value);
  }

  // ---- what of it is mapped

  Dict* extract() {
    Dict* properties = ev_.dict();
    const std::vector<std::pair<std::string, Value>> collected = collected_.items();
    for (const auto& [name, given] : collected) {
      const bool declared = is_declared(given);
      const Value value = declared ? ev_.get_attr(&cls_, name) : given;
      if (item<ColumnItem>(value)) {
        give_name(ev_, value, name);
      } else if (auto* mapped = python::native<MappedColumnItem>(value)) {
        complete(name, *mapped);
      } else if (classes_.is_composite(value)) {
        name_composite(name, value);
      } else if (classes_.is_property(value)) {
        ev_.call_method(value, "_named", std::array{ev_.str(name)});
        for (const auto& [column, order] : assigned(value)) give_name(ev_, column, name);
      } else {
        if (declared || !cls_.own(name)) set(name, value);
        continue;
      }
      properties->set(ev_, ev_.str(name), value);
    }
    return properties;
  }

  // The columns of a property and their sort_order.
  std::vector<std::pair<Value, std::int64_t>> assigned(const Value& property) {
    if (const auto* mapped = python::native<MappedColumnItem>(property)) {
      return {{mapped->column, mapped->sort_order}};
    }
    std::vector<std::pair<Value, std::int64_t>> columns;
    for (const Value& row : ev_.items(ev_.call_method(property, "columns_to_assign"))) {
      const std::vector<Value> pair = ev_.items(row);
      columns.emplace_back(pair.at(0), ev_.index(pair.at(1)));
    }
    return columns;
  }

  void name_composite(const std::string& name, const Value& composite) {
    std::vector<Value> parts = ev_.items(ev_.get_attr(composite, "attrs"));
    parts.insert(parts.begin(), ev_.get_attr(composite, "composite_class"));
    for (const Value& part : parts) {
      if (const auto* mapped = python::native<MappedColumnItem>(part)) {
        give_name(ev_, mapped->column, name);
      }
    }
  }

  // A mapped_column() gets its name, and from the annotation what it doesn't say.
  void complete(const std::string& name, MappedColumnItem& mapped) {
    give_name(ev_, mapped.column, name);
    const auto annotated = annotated_.find(name);
    if (annotated == annotated_.end()) return;
    const auto& [owner, there] = annotated->second;
    const std::optional<MappedType> type = annotations_.find(owner, there);
    if (!type) return;
    ColumnItem& item = *modules::item<ColumnItem>(mapped.column);
    if (!item.column.nullable_given) item.column.nullable = annotations_.takes_none(*type);
    for (const Value& each : annotations_.annotated_with(*type)) {
      const auto* more = python::native<MappedColumnItem>(each);
      if (!more) continue;
      merge_column(ev_, mapped.column, more->column, mapped.has_default);
      if (mapped.sort_order == 0) mapped.sort_order = more->sort_order;
      break;
    }
    if (item.column.type != sql::Type{} || has_foreign_key(item)) return;
    const Value found =
        annotations_.sql_type(ev_.get_attr(registry_, "type_annotation_map"), *type);
    if (!found) {
      const Value shown = ev_.find_attr(type->kind, "__name__");
      ev_.raise(exception_class(ev_, "ArgumentError"),
                "Could not locate SQLAlchemy Core type for Python type " +
                    ev_.to_str(shown ? shown : type->kind) +
                    " inside the Mapped[] annotation for the '" + name +
                    "' attribute; give the type in mapped_column() or in type_annotation_map");
    }
    set_column_type(ev_, mapped.column, item, found);
  }

  // ---- the table

  std::vector<Value> columns_of(const Dict& properties) {
    std::vector<std::pair<std::int64_t, Value>> ordered;
    for (const Dict::Entry& entry : properties.entries()) {
      if (item<ColumnItem>(entry.value)) {
        ordered.emplace_back(0, entry.value);
        continue;
      }
      for (auto& [column, order] : assigned(entry.value)) ordered.emplace_back(order, column);
    }
    std::ranges::stable_sort(ordered, {}, [](const auto& one) { return one.first; });
    std::vector<Value> columns;
    std::unordered_set<const python::Object*> seen;
    for (auto& [order, column] : ordered) {
      if (seen.insert(column.object()).second) columns.push_back(std::move(column));
    }
    return columns;
  }

  // None for a class that has no table of its own.
  Value make_table(std::span<const Value> columns) {
    if (declared_table_) {
      set("__table__", ev_.get_attr(&cls_, "__table__"));
    } else if (!fixed_table_ && present(tablename_)) {
      std::vector<Value> args{tablename_, metadata_of(ev_, &cls_, registry_)};
      args.insert(args.end(), columns.begin(), columns.end());
      std::vector<python::NamedValue> keywords;
      std::vector<Value> kept;  // what `keywords` views
      const auto read_keywords = [&](const Dict& given) {
        for (const Dict::Entry& entry : given.entries()) {
          if (!entry.key) continue;
          kept.push_back(entry.key);
          keywords.push_back({text_of(entry.key), entry.value});
        }
      };
      if (const Dict* given = table_args_.get<Dict>()) {
        read_keywords(*given);
      } else if (table_args_.is(python::ObjectKind::kTuple) ||
                 table_args_.is(python::ObjectKind::kList)) {
        std::vector<Value> items = ev_.items(table_args_);
        if (!items.empty() && items.back().get<Dict>()) {
          read_keywords(*items.back().get<Dict>());
          items.pop_back();
        }
        args.insert(args.end(), items.begin(), items.end());
      }
      const Value own = cls_.lookup("__table_cls__");
      const Value make =
          present(own) ? ev_.get_attr(&cls_, "__table_cls__") : Value(schema_class(ev_, "Table"));
      const Value table = ev_.call(make, args, keywords);
      set("__table__", table);
      if (TableItem* own_table = item<TableItem>(table); own_table && may_have_more_columns()) {
        own_table->table.info.emplace_back("retort.unknown_base", cls_.unknown_base->origin);
      }
    } else if (!fixed_table_) {
      return Value::none();
    }
    const Value made = cls_.own("__table__");
    return made ? made : Value::none();
  }

  // Whether the class derives from one of a package that is not here, and not from one of those
  // that models derive from for their methods.
  bool may_have_more_columns() const {
    static constexpr std::string_view kWithoutColumns[] = {
        "flask_login.",      "flask_security.",   "flask_principal.",
        "flask_user.",       "flask_admin.",      "sqlalchemy_serializer.",
        "marshmallow",       "graphene",          "strawberry.",
        "werkzeug.",         "dataclasses_json.", "fastapi_filter.",
        "typing_extensions."};
    if (!cls_.unknown_base) return false;
    return std::ranges::none_of(kWithoutColumns, [&](std::string_view package) {
      return cls_.unknown_base->origin.starts_with(package);
    });
  }

  std::string_view text_of(const Value& key) {
    if (!key.is_str()) ev_.type_error("keywords of __table_args__ must be strings");
    return key.as_str();
  }

  Evaluator& ev_;
  Class& cls_;
  const Value registry_;
  PropertyClasses classes_;
  MappedAnnotations annotations_;
  Attributes collected_{};  // in the order of columns
  std::map<std::string, std::pair<Value, std::string>, std::less<>> annotated_{};
  Value tablename_{};
  Value table_args_{};
  bool declared_table_ = false;  // by a declared_attr
  const bool fixed_table_;       // __table__ is given
};

Class& class_in(Evaluator& evaluator, Value value) {
  Class* cls = value.get<Class>();
  if (!cls) evaluator.type_error("a class was expected, not " + evaluator.repr(value));
  return *cls;
}

std::string text_attribute(Evaluator& evaluator, const Value& column, std::string_view name) {
  const Value found = evaluator.find_attr(column, name);
  return found && found.is_str() ? found.as_str() : "";
}

std::string name_of(Evaluator& evaluator, const Value& column) {
  const ColumnItem* known = item<ColumnItem>(column);
  return known ? known->column.name : text_attribute(evaluator, column, "name");
}

std::string key_of(Evaluator& evaluator, const Value& column) {
  const std::string key = text_attribute(evaluator, column, "key");
  return key.empty() ? name_of(evaluator, column) : key;
}

// Puts attributes in the place of a class's columns. What is no column is left to `other`, which
// gives the column that an attribute stands for in the end, or None.
Value install_columns(Evaluator& evaluator, Arguments& args) {
  Class& cls = class_in(evaluator, args["cls"]);
  const Dict* properties = args["properties"].get<Dict>();
  Dict* columns = evaluator.get_attr(args["mapper"], "columns").get<Dict>();
  Class* attribute =
      evaluator.get_attr(evaluator.import_module("_orm_attributes"), "InstrumentedAttribute")
          .get<Class>();
  const Value table = evaluator.get_attr(args["mapper"], "local_table");
  const Value of_table = evaluator.get_attr(table, "c");
  const auto install = [&](const Value& name, const Value& column) {
    columns->set(evaluator, name, column);
    Instance* made = evaluator.new_instance(attribute);
    made->attributes.set("key", name);
    made->attributes.set("column", column);
    evaluator.plain_set_attr(&cls, name.as_str(), made);
  };
  std::unordered_set<std::string> listed;
  std::unordered_set<const python::Object*> installed;
  for (const Dict::Entry& entry : properties->entries()) {
    if (!entry.key) continue;
    Value column = entry.value;
    if (const auto* mapped = python::native<MappedColumnItem>(column)) column = mapped->column;
    if (!item<ColumnItem>(column)) {
      column = evaluator.call(args["other"],
                              std::array{args["cls"], args["mapper"], entry.key, entry.value});
      if (column.is_none()) continue;
    }
    const Value own = evaluator.call_method(of_table, "get",
                                            std::array{evaluator.str(key_of(evaluator, column))});
    if (!own.is_none()) column = own;
    listed.insert(name_of(evaluator, column));
    installed.insert(column.object());
    install(entry.key, column);
  }
  // The columns of `__table__ = Table(...)` and of a reflected table.
  if (!evaluator.truthy(args["own_table"])) return Value::none();
  for (const Value& column : evaluator.items(of_table)) {
    if (installed.contains(column.object()) || listed.contains(name_of(evaluator, column))) {
      continue;
    }
    const Value key = evaluator.str(key_of(evaluator, column));
    if (cls.own(key.as_str())) {
      columns->set(evaluator, key, column);
    } else {
      install(key, column);
    }
  }
  return Value::none();
}

}  // namespace

void define_mapped_class(Evaluator& evaluator, Module& module) {
  evaluator.define(module, "map_attributes(cls, registry)", [](Evaluator& e, Arguments& args) {
    return MappedClass(e, class_in(e, args["cls"]), args["registry"]).map();
  });
  evaluator.define(module, "metadata_of(cls, registry)", [](Evaluator& e, Arguments& args) {
    return metadata_of(e, args["cls"], args["registry"]);
  });
  evaluator.define(module, "install_columns(cls, mapper, properties, own_table, other)",
                   install_columns);
}

}  // namespace retort::modules
