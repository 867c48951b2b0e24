#include <algorithm>
#include <array>

#include "base/text.h"
#include "modules/arguments.h"
#include "modules/sqlalchemy/connection_state.h"
#include "modules/sqlalchemy/expression_build.h"

// Results and their rows.
namespace retort::modules {

using python::Arguments;
using python::Class;
using python::Evaluator;
using python::Instance;
using python::Value;

namespace {

enum class View { kRows, kScalars, kMappings };

// A result, or the scalars() or mappings() of one.
struct ResultView {
  RowSourcePtr source;
  View view = View::kRows;
  std::size_t column = 0;
  std::vector<std::size_t> columns{};  // result.columns(...): which and in what order
  bool unique = false;
  std::vector<Value> seen{};
  Class* row_class = nullptr;  // of its rows, once there was one
};

ResultView& view_of(Value value) { return *python::native<ResultView>(value); }

constexpr std::string_view kFields = "_fields";

Class* make_class(Evaluator& evaluator, std::string_view name, void (*fill)(Evaluator&, Class&),
                  std::vector<Class*> bases = {}) {
  python::Module& registry = expression_registry(evaluator);
  const std::string key = "result class " + std::string(name);
  if (const Value made = registry.attributes.find(key)) return made.get<Class>();
  Class* cls =
      evaluator.define_class(std::string(name), "sqlalchemy.engine.result", std::move(bases));
  registry.attributes.set(key, cls);
  fill(evaluator, *cls);
  return cls;
}

// ---- rows

const python::Tuple& cells_of(Value row) { return *row.get<python::Tuple>(); }

Value fields_tuple(Evaluator& evaluator, Value row) {
  return evaluator.type_of(row)->lookup(kFields);
}

std::vector<std::string> fields_of(Evaluator& evaluator, Value row) {
  std::vector<std::string> out;
  const Value fields = fields_tuple(evaluator, row);
  for (const Value& field : fields.get<python::Tuple>()->items) out.push_back(field.as_str());
  return out;
}

std::ptrdiff_t field_index(Evaluator& evaluator, Value row, std::string_view name) {
  const Value fields = fields_tuple(evaluator, row);
  const auto& items = fields.get<python::Tuple>()->items;
  for (std::size_t i = 0; i < items.size(); ++i) {
    if (items[i].as_str() == name) return static_cast<std::ptrdiff_t>(i);
  }
  return -1;
}

// The name that a key of a row means: a str, or a column.
std::string key_name(Evaluator& evaluator, Value key) { return column_key(evaluator, key); }

[[noreturn]] void no_column(Evaluator& evaluator, Value row, const std::string& name,
                            std::string_view exception) {
  const std::vector<std::string> fields = fields_of(evaluator, row);
  const std::string hint = did_you_mean(name, fields);
  const std::string message = "Could not locate column in row for column '" + name + "'" +
                              (hint.empty() ? "" : "; " + hint);
  if (Class* cls = exception_class(evaluator, exception)) evaluator.raise(cls, message);
  evaluator.raise(exception, message);
}

Value as_dict(Evaluator& evaluator, Value row) {
  python::Dict* dict = evaluator.dict();
  const std::vector<std::string> fields = fields_of(evaluator, row);
  for (std::size_t i = 0; i < fields.size(); ++i) {
    dict->set(evaluator, evaluator.str(fields[i]), cells_of(row).items[i]);
  }
  return dict;
}

Value make_mapping(Evaluator& evaluator, Value row);

void fill_row(Evaluator& evaluator, Class& cls) {
  evaluator.define(cls, "__getattr__(self, name)", [](Evaluator& e, Arguments& args) -> Value {
    const std::string name = text_of(e, args["name"], "a column");
    if (name.starts_with("__")) e.raise("AttributeError", name);
    const std::ptrdiff_t index = field_index(e, args[0], name);
    if (index < 0) no_column(e, args[0], name, "AttributeError");
    return cells_of(args[0]).items[static_cast<std::size_t>(index)];
  });
  evaluator.define(cls, "__getitem__(self, key)", [](Evaluator& e, Arguments& args) -> Value {
    const Value key = args["key"];
    // Rows of SQLAlchemy 1.x take names and columns too.
    if (key.is_str() || expression_in(key)) {
      const std::string name = key_name(e, key);
      const std::ptrdiff_t index = field_index(e, args[0], name);
      if (index < 0) no_column(e, args[0], name, "NoSuchColumnError");
      return cells_of(args[0]).items[static_cast<std::size_t>(index)];
    }
    return e.get_item(e.tuple(cells_of(args[0]).items), key);
  });
  evaluator.define_property(cls, "_mapping", make_mapping);
  evaluator.define_property(cls, "t",
                            [](Evaluator& e, Value self) { return e.tuple(cells_of(self).items); });
  evaluator.define(cls, "_asdict(self)",
                   [](Evaluator& e, Arguments& args) { return as_dict(e, args[0]); });
  evaluator.define(cls, "_tuple(self)",
                   [](Evaluator& e, Arguments& args) { return e.tuple(cells_of(args[0]).items); });
  evaluator.define(cls, "tuple(self)",
                   [](Evaluator& e, Arguments& args) { return e.tuple(cells_of(args[0]).items); });
  evaluator.define(cls, "__repr__(self)", [](Evaluator& e, Arguments& args) {
    return e.str(e.repr(e.tuple(cells_of(args[0]).items)));
  });
  // 1.x
  evaluator.define(cls, "keys(self)", [](Evaluator& e, Arguments& args) {
    return e.list(e.items(fields_tuple(e, args[0])));
  });
  evaluator.define(cls, "items(self)", [](Evaluator& e, Arguments& args) {
    return e.call_method(as_dict(e, args[0]), "items");
  });
  evaluator.define(cls, "values(self)",
                   [](Evaluator& e, Arguments& args) { return e.list(cells_of(args[0]).items); });
}

Class* row_class(Evaluator& evaluator) {
  return make_class(evaluator, "Row", fill_row, {evaluator.builtin_class("tuple")});
}

// The class of rows with these columns: what they share is kept once, a row is its cells alone.
Class* row_class(Evaluator& evaluator, const std::vector<std::string>& names) {
  python::Module& registry = expression_registry(evaluator);
  std::string key = "rows of";
  for (const std::string& name : names) key += '\0' + name;
  if (const Value made = registry.attributes.find(key)) return made.get<Class>();
  Class* base = row_class(evaluator);
  Class* cls = evaluator.define_class("Row", "sqlalchemy.engine.result", {base});
  registry.attributes.set(key, cls);
  std::vector<Value> fields;
  std::vector<std::string> attributes;
  for (const std::string& name : names) {
    fields.push_back(evaluator.str(name));
    // Of columns with one name the first is meant. What a row has of its own goes before a column,
    // but for the methods of sequences and those that only 1.x has.
    static constexpr std::array<std::string_view, 5> kYielding = {"count", "index", "keys", "items",
                                                                  "values"};
    const bool hidden = base->lookup(name) && std::ranges::find(kYielding, name) == kYielding.end();
    attributes.push_back(hidden ? "" : name);
  }
  cls->attributes.set(kFields, evaluator.tuple(std::move(fields)));
  cls->name_items(std::move(attributes));
  return cls;
}

// ---- row mappings

struct Mapping {
  Value row;
};

Value mapped_row(Value mapping) { return python::native<Mapping>(mapping)->row; }

Value mapping_item(Evaluator& evaluator, Value mapping, Value key) {
  const std::ptrdiff_t index =
      field_index(evaluator, mapped_row(mapping), key_name(evaluator, key));
  return index < 0 ? Value() : cells_of(mapped_row(mapping)).items[static_cast<std::size_t>(index)];
}

void fill_mapping(Evaluator& evaluator, Class& cls) {
  evaluator.define(cls, "__getitem__(self, key)", [](Evaluator& e, Arguments& args) -> Value {
    if (const Value found = mapping_item(e, args[0], args["key"])) return found;
    no_column(e, mapped_row(args[0]), key_name(e, args["key"]), "NoSuchColumnError");
  });
  evaluator.define(cls, "get(self, key, default=None)", [](Evaluator& e, Arguments& args) {
    if (const Value found = mapping_item(e, args[0], args["key"])) return found;
    return args.given("default") ? args["default"] : Value::none();
  });
  evaluator.define(cls, "__contains__(self, key)", [](Evaluator& e, Arguments& args) {
    return Value::boolean(static_cast<bool>(mapping_item(e, args[0], args["key"])));
  });
  evaluator.define(cls, "__iter__(self)", [](Evaluator& e, Arguments& args) {
    return e.iter(fields_tuple(e, mapped_row(args[0])));
  });
  evaluator.define(cls, "__len__(self)", [](Evaluator&, Arguments& args) {
    return Value::integer(static_cast<std::int64_t>(cells_of(mapped_row(args[0])).items.size()));
  });
  for (const char* name : {"keys", "values", "items"}) {
    evaluator.define(cls, std::string(name) + "(self)",
                     [name = std::string(name)](Evaluator& e, Arguments& args) {
                       return e.call_method(as_dict(e, mapped_row(args[0])), name);
                     });
  }
  evaluator.define(cls, "__eq__(self, other)", [](Evaluator& e, Arguments& args) {
    const Value other = python::native<Mapping>(args["other"])
                            ? as_dict(e, mapped_row(args["other"]))
                            : args["other"];
    return Value::boolean(e.equal(as_dict(e, mapped_row(args[0])), other));
  });
  evaluator.define(cls, "__repr__(self)", [](Evaluator& e, Arguments& args) {
    return e.str(e.repr(as_dict(e, mapped_row(args[0]))));
  });
}

Value make_mapping(Evaluator& evaluator, Value row) {
  Instance* made = evaluator.new_instance(make_class(evaluator, "RowMapping", fill_mapping));
  made->set_native(Mapping{row});
  return made;
}

// ---- results

void require_rows(Evaluator& evaluator, const ResultView& view) {
  if (view.source->returns_rows) {
    if (!view.source->closed) return;
    evaluator.raise(exception_class(evaluator, "ResourceClosedError"),
                    "This result object is closed.");
  }
  if (view.source->offline) refuse_to_answer(evaluator);
  evaluator.raise(exception_class(evaluator, "ResourceClosedError"),
                  "This result object does not return rows. It has been closed automatically.");
}

Class* row_class(Evaluator& evaluator, ResultView& view) {
  if (!view.row_class) {
    std::vector<std::string> names = view.source->names;
    if (!view.columns.empty()) {
      names.clear();
      for (const std::size_t i : view.columns) names.push_back(view.source->names[i]);
    }
    view.row_class = row_class(evaluator, names);
  }
  return view.row_class;
}

// The next row in the shape of the view; absent after the last.
Value next_item(Evaluator& evaluator, Value self) {
  ResultView& view = view_of(self);
  require_rows(evaluator, view);
  RowSource& source = *view.source;
  while (true) {
    if (!guarded(evaluator, [&] { return source.advance(); })) return {};
    evaluator.earn_steps();
    Value item;
    if (view.view == View::kScalars) {
      item = source.cell(evaluator, view.column);
    } else {
      const bool all = view.columns.empty();
      std::vector<Value> cells(all ? source.names.size() : view.columns.size());
      for (std::size_t i = 0; i < cells.size(); ++i) {
        cells[i] = source.cell(evaluator, all ? i : view.columns[i]);
      }
      item = evaluator.record(*row_class(evaluator, view), std::move(cells));
      if (view.view == View::kMappings) item = make_mapping(evaluator, item);
    }
    if (view.unique) {
      const bool known = std::any_of(view.seen.begin(), view.seen.end(),
                                     [&](Value other) { return evaluator.equal(other, item); });
      if (known) continue;
      view.seen.push_back(item);
    }
    return item;
  }
}

std::vector<Value> rest_of(Evaluator& evaluator, Value self, std::int64_t most = -1) {
  std::vector<Value> out;
  while (most < 0 || static_cast<std::int64_t>(out.size()) < most) {
    const Value item = next_item(evaluator, self);
    if (!item) break;
    out.push_back(item);
  }
  return out;
}

void close(ResultView& view) {
  view.source->buffer.clear();
  view.source->open.reset();
  view.source->closed = true;
}

Value first_item(Evaluator& evaluator, Value self) {
  const Value item = next_item(evaluator, self);
  close(view_of(self));
  return item ? item : Value::none();
}

// The only row: an error for several, and for none where one is needed.
Value only_item(Evaluator& evaluator, Value self, bool needed) {
  const Value item = next_item(evaluator, self);
  if (!item) {
    close(view_of(self));
    if (!needed) return Value::none();
    evaluator.raise(exception_class(evaluator, "NoResultFound"),
                    "No row was found when one was required");
  }
  const Value second = next_item(evaluator, self);
  close(view_of(self));
  if (second) {
    evaluator.raise(exception_class(evaluator, "MultipleResultsFound"),
                    needed ? "Multiple rows were found when exactly one was required"
                           : "Multiple rows were found when one or none was required");
  }
  return item;
}

// The first column of a row.
Value scalar_of(Value row) {
  const auto* cells = row.get<python::Tuple>();
  return cells && !cells->items.empty() ? cells->items.front() : Value::none();
}

std::size_t column_index(Evaluator& evaluator, const ResultView& view, Value key) {
  if (!key || (key.is_int() && key.as_int() == 0)) return 0;
  if (key.is_int()) {
    const std::int64_t index = key.as_int();
    const auto size = static_cast<std::int64_t>(view.source->names.size());
    const std::int64_t at = index < 0 ? index + size : index;
    if (at < 0 || at >= size) evaluator.raise("IndexError", "no such column in the result");
    return static_cast<std::size_t>(at);
  }
  const std::string name = key_name(evaluator, key);
  const auto& names = view.source->names;
  const auto found = std::find(names.begin(), names.end(), name);
  if (found == names.end()) {
    evaluator.raise(exception_class(evaluator, "NoSuchColumnError"),
                    "Could not locate column in row for column '" + name + "'");
  }
  return static_cast<std::size_t>(found - names.begin());
}

Value make_view(Evaluator& evaluator, ResultView view);

struct RowIterator : python::Iterator {
  explicit RowIterator(Value r) : Iterator("result_iterator"), result(r) {}
  Value next(Evaluator& evaluator) override { return next_item(evaluator, result); }
  Value result;
};

void fill_any(Evaluator& evaluator, Class& cls) {
  evaluator.define(cls, "__iter__(self)", [](Evaluator& e, Arguments& args) {
    require_rows(e, view_of(args[0]));
    return Value(e.make<RowIterator>(args[0]));
  });
  evaluator.define(cls, "__next__(self)", [](Evaluator& e, Arguments& args) -> Value {
    if (const Value item = next_item(e, args[0])) return item;
    e.raise("StopIteration", "");
  });
  for (const char* name : {"all", "fetchall"}) {
    evaluator.define(cls, std::string(name) + "(self)",
                     [](Evaluator& e, Arguments& args) { return e.list(rest_of(e, args[0])); });
  }
  evaluator.define(cls, "fetchmany(self, size=None)", [](Evaluator& e, Arguments& args) {
    return e.list(rest_of(e, args[0], present(args, "size") ? e.index(args["size"]) : 1));
  });
  evaluator.define(cls, "partitions(self, size=None)", [](Evaluator& e, Arguments& args) {
    const std::int64_t size = present(args, "size") ? e.index(args["size"]) : 1;
    std::vector<Value> out;
    while (true) {
      std::vector<Value> part = rest_of(e, args[0], size);
      if (part.empty()) break;
      out.push_back(e.list(std::move(part)));
    }
    return e.iter(e.list(std::move(out)));
  });
  evaluator.define(cls, "first(self)",
                   [](Evaluator& e, Arguments& args) { return first_item(e, args[0]); });
  evaluator.define(cls, "one(self)",
                   [](Evaluator& e, Arguments& args) { return only_item(e, args[0], true); });
  evaluator.define(cls, "one_or_none(self)",
                   [](Evaluator& e, Arguments& args) { return only_item(e, args[0], false); });
  evaluator.define(cls, "unique(self, strategy=None)", [](Evaluator&, Arguments& args) {
    view_of(args[0]).unique = true;
    return args[0];
  });
  evaluator.define(cls, "close(self)", [](Evaluator&, Arguments& args) {
    close(view_of(args[0]));
    return Value::none();
  });
  evaluator.define_property(cls, "closed", [](Evaluator&, Value self) {
    return Value::boolean(view_of(self).source->closed);
  });
  evaluator.define(cls, "yield_per(self, num)",
                   [](Evaluator&, Arguments& args) { return args[0]; });
  evaluator.define(cls, "freeze(self)", [](Evaluator& e, Arguments& args) {
    const Value self = args[0];
    return Value(e.function("frozen()", [self](Evaluator&, Arguments&) { return self; }));
  });
}

void fill_result(Evaluator& evaluator, Class& cls) {
  fill_any(evaluator, cls);
  evaluator.define(cls, "fetchone(self)", [](Evaluator& e, Arguments& args) {
    const Value item = next_item(e, args[0]);
    return item ? item : Value::none();
  });
  evaluator.define(cls, "scalar(self)",
                   [](Evaluator& e, Arguments& args) { return scalar_of(first_item(e, args[0])); });
  evaluator.define(cls, "scalar_one(self)", [](Evaluator& e, Arguments& args) {
    return scalar_of(only_item(e, args[0], true));
  });
  evaluator.define(cls, "scalar_one_or_none(self)", [](Evaluator& e, Arguments& args) {
    return scalar_of(only_item(e, args[0], false));
  });
  evaluator.define(cls, "scalars(self, index=0)", [](Evaluator& e, Arguments& args) {
    ResultView view = view_of(args[0]);
    require_rows(e, view);
    view.column = column_index(e, view, args["index"]);
    view.view = View::kScalars;
    return make_view(e, std::move(view));
  });
  evaluator.define(cls, "mappings(self)", [](Evaluator& e, Arguments& args) {
    ResultView view = view_of(args[0]);
    view.view = View::kMappings;
    return make_view(e, std::move(view));
  });
  evaluator.define(cls, "columns(self, *col_expressions)", [](Evaluator& e, Arguments& args) {
    ResultView view = view_of(args[0]);
    view.row_class = nullptr;
    for (const Value& key : args.rest()) view.columns.push_back(column_index(e, view, key));
    return make_view(e, std::move(view));
  });
  for (const char* name : {"tuples", "_tuple"}) {
    evaluator.define(cls, std::string(name) + "(self)",
                     [](Evaluator&, Arguments& args) { return args[0]; });
  }
  evaluator.define(cls, "keys(self)", [](Evaluator& e, Arguments& args) {
    require_rows(e, view_of(args[0]));
    return e.list(e.items(row_class(e, view_of(args[0]))->lookup(kFields)));
  });
  evaluator.define_property(cls, "rowcount", [](Evaluator&, Value self) {
    return Value::integer(view_of(self).source->row_count);
  });
  evaluator.define_property(cls, "lastrowid", [](Evaluator&, Value self) {
    return Value::integer(view_of(self).source->last_id);
  });
  evaluator.define_property(cls, "returns_rows", [](Evaluator&, Value self) {
    return Value::boolean(view_of(self).source->returns_rows);
  });
  evaluator.define_property(cls, "is_insert", [](Evaluator&, Value self) {
    return Value::boolean(!view_of(self).source->primary_key.empty());
  });
  evaluator.define_property(cls, "inserted_primary_key", [](Evaluator& e, Value self) -> Value {
    if (view_of(self).source->primary_key.empty()) {
      e.raise(exception_class(e, "InvalidRequestError"),
              "Statement is not an insert() expression construct.");
    }
    return e.tuple(view_of(self).source->primary_key);
  });
  evaluator.define_property(cls, "description", [](Evaluator& e, Value self) {
    std::vector<Value> out;
    for (const std::string& name : view_of(self).source->names) {
      std::vector<Value> column(7, Value::none());
      column[0] = e.str(name);
      out.push_back(e.tuple(std::move(column)));
    }
    return out.empty() ? Value::none() : e.tuple(std::move(out));
  });
}

Value make_view(Evaluator& evaluator, ResultView view) {
  Class* cls = view.view == View::kRows ? make_class(evaluator, "CursorResult", fill_result)
               : view.view == View::kScalars
                   ? make_class(evaluator, "ScalarResult", fill_any)
                   : make_class(evaluator, "MappingResult", [](Evaluator& e, Class& made) {
                       fill_any(e, made);
                       e.define(made, "fetchone(self)", [](Evaluator& ev, Arguments& args) {
                         const Value item = next_item(ev, args[0]);
                         return item ? item : Value::none();
                       });
                       e.define(made, "keys(self)", [](Evaluator& ev, Arguments& args) {
                         return ev.list(ev.items(row_class(ev, view_of(args[0]))->lookup(kFields)));
                       });
                     });
  Instance* made = evaluator.new_instance(cls);
  made->set_native(std::move(view));
  return made;
}

}  // namespace

void refuse_to_answer(Evaluator& evaluator) {
  evaluator.raise(exception_class(evaluator, "ResourceClosedError"),
                  "this reads what a statement answers, and with --sql there is no database to "
                  "answer; context.is_offline_mode() tells");
}

Value make_result(Evaluator& evaluator, RowSourcePtr source) {
  ResultView view;
  view.source = std::move(source);
  return make_view(evaluator, std::move(view));
}

}  // namespace retort::modules
