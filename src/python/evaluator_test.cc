#include "python/evaluator.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>

#include "python/parser.h"

namespace retort::python {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

struct MemoryFinder final : ModuleFinder {
  std::map<std::string, std::string> files;
  std::optional<Found> find(const std::string& name) override {
    const auto at = files.find(name);
    if (at == files.end()) return std::nullopt;
    const bool is_package = files.contains(name + ".__package__");
    return Found{std::make_shared<const Source>(name + ".py", at->second), is_package};
  }
};

Module* run(Evaluator& evaluator, std::string text) {
  return evaluator.run(parse(std::make_shared<const Source>("test.py", std::move(text))), "test");
}

std::string repr_of(Evaluator& evaluator, Module* module, std::string_view name) {
  return evaluator.repr(evaluator.get_attr(module, name));
}

Error error_of(Evaluator& evaluator, std::string text) {
  try {
    run(evaluator, std::move(text));
  } catch (const Error& error) {
    return error;
  }
  return Error(code::kScript, "no error");
}

TEST(Evaluator, NativeFunctionsBindTheirSignature) {
  Evaluator evaluator;
  evaluator.bind_module("native", [](Evaluator& ev, Module& module) {
    ev.define(module, "make(name, *columns, schema=None, **kw)", [](Evaluator& e, Arguments& a) {
      std::vector<Value> seen{a[0], a["schema"] ? a["schema"] : Value::none(),
                              Value::integer(static_cast<std::int64_t>(a.rest().size()))};
      for (const auto& [name, value] : a.keywords()) seen.push_back(e.str(name));
      EXPECT_EQ(a.given("schema"), static_cast<bool>(a[2]));
      return e.tuple(std::move(seen));
    });
  });
  Module* module = run(evaluator,
                       "from native import make\n"
                       "a = make('t')\n"
                       "b = make('t', 1, 2, schema='s', x=1, y=2)\n"
                       "c = make(name='n')\n");
  EXPECT_EQ(repr_of(evaluator, module, "a"), "('t', None, 0)");
  EXPECT_EQ(repr_of(evaluator, module, "b"), "('t', 's', 2, 'x', 'y')");
  EXPECT_EQ(repr_of(evaluator, module, "c"), "('n', None, 0)");
  EXPECT_EQ(error_of(evaluator, "from native import make\nmake()\n").message(),
            "TypeError: make() missing 1 required positional argument: 'name'");
}

TEST(Evaluator, NativeErrorsGetThePlaceOfTheCall) {
  Evaluator evaluator;
  evaluator.bind_module("native", [](Evaluator& ev, Module& module) {
    ev.define(module, "refuse()",
              [](Evaluator&, Arguments&) -> Value { throw Error(code::kOperation, "not here"); });
  });
  const Error error = error_of(evaluator,
                               "import native\n"
                               "def f():\n"
                               "    native.refuse()\n"
                               "try:\n"
                               "    f()\n"
                               "except Exception:\n"
                               "    pass\n");
  EXPECT_EQ(error.code(), code::kOperation);
  EXPECT_EQ(error.place().str(), "test.py:3:5");
  ASSERT_EQ(error.calls().size(), 1u);
  EXPECT_EQ(error.calls()[0].place.str(), "test.py:5:5");
  EXPECT_EQ(error.calls()[0].function, "<module>");
}

TEST(Evaluator, NativeClassesCarryPayloadsAndCanBeDerivedFrom) {
  Evaluator evaluator;
  struct Box {
    int number = 0;
  };
  evaluator.bind_module("native", [](Evaluator& ev, Module& module) {
    Class* cls = ev.define_class("Box", "native");
    ev.define(*cls, "__init__(self, number=7)", [](Evaluator& e, Arguments& a) {
      const int number = a[1] ? static_cast<int>(e.index(a[1])) : 7;
      a[0].get<Instance>()->set_native(Box{number});
      return Value::none();
    });
    ev.define(*cls, "double(self)", [](Evaluator&, Arguments& a) {
      return Value::integer(native<Box>(a[0])->number * 2);
    });
    ev.define(*cls, "__add__(self, other)", [](Evaluator&, Arguments& a) {
      return Value::integer(native<Box>(a[0])->number + a[1].as_int());
    });
    ev.define_property(*cls, "number", [](Evaluator&, Value self) {
      return Value::integer(native<Box>(self)->number);
    });
    ev.define_class_method(*cls, "make(cls)",
                           [](Evaluator& e, Arguments& a) { return e.call(a[0]); });
    module.attributes.set("Box", cls);
  });
  Module* module =
      run(evaluator,
          "from native import Box\n"
          "class Mine(Box):\n"
          "    def __init__(self):\n"
          "        super().__init__(4)\n"
          "        self.more = self.double()\n"
          "m = Mine()\n"
          "r = (Box().double(), Box(3).number, m.more, m + 1, type(Mine.make()).__name__)\n");
  EXPECT_EQ(repr_of(evaluator, module, "r"), "(14, 3, 8, 5, 'Mine')");
}

TEST(Evaluator, NativeMetaclassesSeeBindingsAndClasses) {
  Evaluator evaluator;
  std::vector<std::string> bound;
  std::vector<std::string> made;
  evaluator.bind_module("native", [&](Evaluator& ev, Module& module) {
    Class* meta = ev.define_class("Meta", "native", {ev.builtin_class("type")});
    meta->on_bind = [&](Evaluator&, Attributes&, std::string_view name, Value value) {
      bound.emplace_back(name);
      return value.is_int() ? Value::integer(value.as_int() * 10) : value;
    };
    meta->on_subclass = [&](Evaluator&, Class& cls) { made.push_back(cls.name); };
    module.attributes.set("Meta", meta);
  });
  Module* module = run(evaluator,
                       "from native import Meta\n"
                       "class A(metaclass=Meta):\n"
                       "    x = 1\n"
                       "    y = x + 1\n"
                       "class B(A): pass\n"
                       "r = (A.x, A.y, type(B) is Meta)\n");
  EXPECT_EQ(repr_of(evaluator, module, "r"), "(10, 110, True)");
  EXPECT_THAT(bound, ElementsAre("x", "y"));
  EXPECT_THAT(made, ElementsAre("A", "B"));
}

TEST(Evaluator, NativeCodeCatchesAndRaisesExceptions) {
  Evaluator evaluator;
  evaluator.bind_module("native", [](Evaluator& ev, Module& module) {
    ev.define(module, "attempt(function)", [](Evaluator& e, Arguments& a) -> Value {
      try {
        return e.call(a[0]);
      } catch (const Raised& raised) {
        return e.str("caught " + e.to_str(raised.value()));
      }
    });
    Class* cls = ev.define_class("DbError", "native", {ev.builtin_class("Exception")});
    module.attributes.set("DbError", cls);
    ev.define(module, "fail()",
              [cls](Evaluator& e, Arguments&) -> Value { e.raise(cls, "refused"); });
  });
  Module* module = run(evaluator,
                       "import native\n"
                       "def f(): raise ValueError('v')\n"
                       "r = [native.attempt(f)]\n"
                       "try:\n"
                       "    native.fail()\n"
                       "except native.DbError as e:\n"
                       "    r.append(repr(e))\n");
  EXPECT_EQ(repr_of(evaluator, module, "r"), "['caught v', \"DbError('refused')\"]");
  EXPECT_EQ(error_of(evaluator, "import native\nnative.fail()").message(),
            "native.DbError: refused");
}

TEST(Evaluator, AnnotationsAreEvaluatedOnRequest) {
  MemoryFinder finder;
  finder.files["other"] = "class Thing: pass\n";
  Evaluator::Options options;
  options.finder = &finder;
  Evaluator evaluator(std::move(options));
  Module* module = run(evaluator,
                       "from other import Thing\n"
                       "class M:\n"
                       "    id: int = 1\n"
                       "    later: 'Later'\n"
                       "    things: list[Thing]\n"
                       "    broken: nowhere_defined\n"
                       "class Later: pass\n"
                       "def f(a: int, b=1, *c: str) -> 'M': pass\n");
  Class* cls = evaluator.get_attr(module, "M").get<Class>();
  ASSERT_EQ(cls->annotations.size(), 4u);
  EXPECT_EQ(cls->annotations[2].text(), "list[Thing]");
  EXPECT_EQ(evaluator.repr(evaluator.evaluate_annotation(cls->annotations[0])), "<class 'int'>");
  EXPECT_EQ(evaluator.repr(evaluator.evaluate_annotation(cls->annotations[1])), "'Later'");
  EXPECT_EQ(evaluator.repr(evaluator.resolve_annotation(cls->annotations[1])),
            "<class 'test.Later'>");
  EXPECT_EQ(evaluator.repr(evaluator.evaluate_annotation(cls->annotations[2])),
            "list[other.Thing]");
  EXPECT_THROW(evaluator.evaluate_annotation(cls->annotations[3]), Raised);
  EXPECT_EQ(cls->annotations[3].place().str(), "test.py:6:13");
  const auto of_f = evaluator.annotations(evaluator.get_attr(module, "f"));
  ASSERT_EQ(of_f.size(), 3u);
  EXPECT_EQ(of_f[2].name, "return");
}

TEST(Evaluator, DefinitionsCanBeListedAndEvaluatedByKind) {
  MemoryFinder finder;
  finder.files["models"] =
      "import base, nowhere\n"
      "from base import log\n"
      "if True:\n"
      "    class A: log.append('A')\n"
      "def f(): pass\n"
      "class B: log.append('B')\n"
      "x = 1 / 0\n";
  finder.files["base"] = "log = []\n";
  Evaluator::Options options;
  options.finder = &finder;
  Evaluator evaluator(std::move(options));
  Module* models = evaluator.import_module("models").get<Module>();
  std::vector<std::string> names;
  for (const auto& definition : evaluator.definitions(*models)) {
    names.push_back((definition.is_class ? "class " : "def ") + std::string(definition.name));
  }
  EXPECT_THAT(names, ElementsAre("class A", "def f", "class B"));
  ASSERT_EQ(evaluator.imported_modules(*models).size(), 1u);
  Module* base = evaluator.imported_modules(*models)[0];
  EXPECT_EQ(base->name, "base");
  evaluator.evaluate_all(*models);
  EXPECT_EQ(repr_of(evaluator, base, "log"), "['A', 'B']");
}

TEST(Evaluator, LimitsAreErrorsOfTheirOwn) {
  Evaluator::Options options;
  options.limits.steps = 1000;
  options.limits.depth = 50;
  options.limits.bytes = 1 << 20;
  const auto error_with = [&](const char* text) {
    Evaluator evaluator(options);
    return error_of(evaluator, text);
  };
  EXPECT_EQ(error_with("while True: pass\n").code(), code::kLimit);
  EXPECT_EQ(error_with("while True: pass\n").place().str(), "test.py:1:7");
  EXPECT_EQ(error_with("def f(): f()\nf()\n").code(), code::kLimit);
  EXPECT_EQ(error_with("x = 'a' * 2000000\n").code(), code::kLimit);
  EXPECT_EQ(error_with("x = [0] * 200000\n").code(), code::kLimit);
}

TEST(Evaluator, WhatStatementsLeaveBehindIsFreed) {
  Evaluator::Options options;
  options.limits.bytes = 4 << 20;
  Evaluator evaluator(options);
  Module* module =
      run(evaluator,
          "class Row:\n"
          "    def __init__(self, n): self.n = n\n"
          "def rows(count):\n"
          "    for n in range(count): yield Row(n)\n"
          "def told(row, kept):\n"
          "    words = {str(row.n): ['word %d' % row.n] * 3, 'x': (row.n, b'y' * 50)}\n"
          "    for key, value in words.items():\n"
          "        kept[0] = key + str(value) + '.' * 200\n"
          "    return sorted(word for word in words)[-1]\n"
          "def upgrade():\n"
          "    kept, last = [None], None\n"
          "    for row in rows(20000):\n"
          "        last = told(row, kept)\n"
          "        try:\n"
          "            made = [Row(n) for n in reversed([1, 2])] + list(reversed(range(3)))\n"
          "        finally:\n"
          "            kept.append(made.pop())\n"
          "            del kept[1:]\n"
          "    return kept[0][:20], last, row.n\n"
          "for row in rows(20000): text = str(row.n) * 20\n");
  const Value upgrade = evaluator.get_attr(module, "upgrade");
  EXPECT_EQ(evaluator.repr(evaluator.call_collecting(upgrade)),
            "(\"x(19999, b'yyyyyyyyy\", 'x', 19999)");
  EXPECT_EQ(repr_of(evaluator, module, "text").substr(0, 7), "'199991");
  // Without it even less does not fit.
  EXPECT_THROW(
      {
        Evaluator other(options);
        Module* same = run(other,
                           "def upgrade():\n"
                           "    for n in range(200000): text = str(n) * 20\n");
        other.call(other.get_attr(same, "upgrade"));
      },
      Error);
}

TEST(Evaluator, WhatComesFromOutsideEarnsSteps) {
  Evaluator::Options options;
  options.limits.steps = 1000;
  Evaluator evaluator(options);
  evaluator.bind_module("native", [](Evaluator& ev, Module& module) {
    ev.define(module, "row()", [](Evaluator& e, Arguments&) {
      e.earn_steps();
      return Value::none();
    });
  });
  run(evaluator, "from native import row\nfor n in range(5000): row()\n");
  EXPECT_EQ(error_of(evaluator, "from native import row\nwhile True: row()\n").code(),
            code::kLimit);
}

TEST(Evaluator, LimitsGrowWithWhatIsImported) {
  MemoryFinder finder;
  const std::string text = "many = [0] * 200000\n";
  finder.files["models"] = text + "#" + std::string(100000, '.') + "\n";
  Evaluator::Options options;
  options.finder = &finder;
  options.limits.bytes = 1 << 20;
  {
    Evaluator evaluator(options);
    EXPECT_EQ(error_of(evaluator, text).code(), code::kLimit);
  }
  Evaluator evaluator(options);
  Module* module = run(evaluator, "from models import many\nn = len(many)\n");
  EXPECT_EQ(repr_of(evaluator, module, "n"), "200000");
}

TEST(Evaluator, ErrorsSayWhereWhatAndWhoCalled) {
  Evaluator evaluator;
  const Error error = error_of(evaluator,
                               "def inner(x):\n"
                               "    return x.nme\n"
                               "class T:\n"
                               "    name = 1\n"
                               "def outer():\n"
                               "    return inner(T())\n"
                               "outer()\n");
  EXPECT_EQ(error.message(), "AttributeError: 'T' object has no attribute 'nme'");
  EXPECT_EQ(error.hint(), "did you mean 'name'?");
  EXPECT_EQ(error.place().str(), "test.py:2:14");
  ASSERT_EQ(error.calls().size(), 2u);
  EXPECT_EQ(error.calls()[0].function, "outer");
  EXPECT_EQ(error.calls()[1].function, "<module>");
  EXPECT_THAT(error.render(), HasSubstr("return x.nme"));
}

TEST(Evaluator, InvokeTurnsExceptionsIntoErrors) {
  Evaluator evaluator;
  Module* module = run(evaluator, "def upgrade(n): raise KeyError(n)\n");
  const Value argument = Value::integer(3);
  try {
    evaluator.invoke(evaluator.get_attr(module, "upgrade"), std::span(&argument, 1));
    FAIL();
  } catch (const Error& error) {
    EXPECT_EQ(error.message(), "KeyError: 3");
    EXPECT_EQ(error.place().str(), "test.py:1:17");
  }
}

TEST(Evaluator, PrintGoesWhereTheOptionsSay) {
  std::string out;
  Evaluator::Options options;
  options.print = [&](std::string_view text) { out += text; };
  Evaluator evaluator(std::move(options));
  run(evaluator, "print('a', 1, sep='-')\n");
  EXPECT_EQ(out, "a-1\n");
}

TEST(Evaluator, EvaluatorsAreIndependent) {
  const ProgramPtr program =
      parse(std::make_shared<const Source>("p.py", "items = []\ndef add(x): items.append(x)\n"));
  Evaluator one;
  Evaluator two;
  Module* a = one.run(program, "p");
  Module* b = two.run(program, "p");
  const Value x = Value::integer(1);
  one.invoke(one.get_attr(a, "add"), std::span(&x, 1));
  EXPECT_EQ(repr_of(one, a, "items"), "[1]");
  EXPECT_EQ(repr_of(two, b, "items"), "[]");
}

TEST(Evaluator, MakesClassesFromOutside) {
  Evaluator evaluator;
  const NamedValue names[] = {{"x", Value::integer(1)}};
  const Value made = evaluator.make_class("Made", {}, names);
  EXPECT_EQ(evaluator.repr(made), "<class 'Made'>");
  EXPECT_EQ(evaluator.get_attr(evaluator.call(made), "x").as_int(), 1);
}

TEST(Evaluator, NamesTheItemsOfTuples) {
  Evaluator evaluator;
  Class* cls = evaluator.define_class("Row", "p", {evaluator.builtin_class("tuple")});
  cls->name_items({"a", "count", ""});
  const Value row =
      evaluator.record(*cls, {Value::integer(1), Value::integer(2), Value::integer(3)});
  EXPECT_EQ(evaluator.get_attr(row, "count").as_int(), 2);
  EXPECT_EQ(evaluator.repr(row), "(1, 2, 3)");
  EXPECT_THROW(evaluator.set_attr(row, "new", row), Raised);
  // One that evaluated code makes of the class has as many items as it is given.
  const Value items[] = {evaluator.tuple({Value::integer(7)})};
  const Value shorter = evaluator.call(cls, items);
  EXPECT_EQ(evaluator.get_attr(shorter, "a").as_int(), 7);
  EXPECT_TRUE(evaluator.callable(evaluator.get_attr(shorter, "count")));
}

}  // namespace
}  // namespace retort::python
