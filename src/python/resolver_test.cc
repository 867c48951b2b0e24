#include "python/resolver.h"

#include <gtest/gtest.h>

#include <string>

#include "base/error.h"
#include "python/dump.h"
#include "python/parser.h"

namespace retort::python {
namespace {

SourcePtr source_of(const std::string& text) {
  return std::make_shared<const Source>("a.py", text);
}

std::string join(std::span<const std::string_view> names) {
  std::string text;
  for (std::string_view name : names) text += (text.empty() ? "" : " ") + std::string(name);
  return text;
}

// For each scope below the module: [slots | the cells among them | captures].
std::string scopes(const std::string& text) {
  Program program;
  ProgramPtr tree = parse_unresolved(source_of(text));
  std::string all;
  for (const ast::ScopeInfo* info : resolve(*tree->module, program.arena)) {
    if (info == tree->module->scope) continue;
    std::vector<std::string_view> cells;
    for (std::uint32_t slot : info->cell_slots) cells.push_back(info->slot_names[slot]);
    all += "[" + join(info->slot_names) + "|" + join(cells) + "|" + join(info->capture_names) + "]";
  }
  return all;
}

struct Case {
  const char* text;
  const char* scopes;
};

TEST(ResolverTest, Scopes) {
  const Case cases[] = {
      {"x = 1\nprint(x)\n", ""},
      {"def f(a, *b, c=1, **d):\n  e = a\n  print(g)\n", "[a b c d e||]"},
      {"def f():\n  x = 1\n  def g(): return x\n", "[x g|x|][||x]"},
      {"def f(x):\n  def g():\n    def h(): return x\n", "[x g|x|][h||x][||x]"},
      {"def f():\n  x = 1\n  def g():\n    nonlocal x\n    x = 2\n", "[x g|x|][||x]"},
      {"def f():\n  global x\n  x = 1\n  def g(): return x\n", "[g||][||]"},
      {"def f():\n  x = 1\n  def g():\n    global x\n    return x\n", "[x g||][||]"},
      {"def f():\n  x = 1\n  class A:\n    x = x\n    def m(self): return x\n",
       "[x A|x|][||x][self||x]"},
      {"def f():\n  [x + y for x in z for y in x]\n  z = 1\n", "[z||][.0 x y||]"},
      {"def f():\n  [[x + w for x in y] for y in w]\n  w = 1\n", "[w|w|][.0 y||w][.0 x||w]"},
      {"def f():\n  any((x := y) for y in z)\n  return x\n", "[x|x|][.0 y||x]"},
      {"[(x := y) for y in z]\n", "[.0 y||]"},
      {"def f():\n  return lambda a, b=1: a + c\n  c = 1\n", "[c|c|][a b||c]"},
      {"class A:\n  def m(self): super().m()\n", "[__class__|__class__|][self||__class__]"},
      {"class A:\n  def m(self): return [__class__ for x in y]\n",
       "[__class__|__class__|][self||__class__][.0 x||__class__]"},
      {"class A:\n  x = super\n  def m(self): pass\n", "[||][self||]"},
      {"def f(x=super): pass\n", "[x||]"},
      {"def f():\n  try: pass\n  except A as e: pass\n  with a as b: pass\n  for c in d: pass\n"
       "  import g.h, i as j\n  from k import l\n  del m\n  n: int\n  (o): int\n",
       "[e b c g j l m n||]"},
      {"def f(x):\n  match x:\n    case [a, *b]: pass\n    case {'k': c, **d}: pass\n"
       "    case A(e, y=g) as h: pass\n",
       "[x a b c d e g h||]"},
      {"class A:\n  def f(self): self.__x = __y\n  __z = 1\n", "[||][self||]"},
      {"class A:\n  def f(self, __a): return __a\n", "[||][self _A__a||]"},
  };
  for (const Case& each : cases) EXPECT_EQ(scopes(each.text), each.scopes) << each.text;
}

// The module's last statement, `name`, or the same in the body of its last definition.
const ast::Name& last_name(ast::Block body) {
  const ast::Stmt* last = body.back();
  if (last->kind == ast::StmtKind::kFunctionDef) {
    return last_name(ast::as<ast::FunctionDef>(last).body);
  }
  if (last->kind == ast::StmtKind::kClassDef) return last_name(ast::as<ast::ClassDef>(last).body);
  return ast::as<ast::Name>(ast::as<ast::ExprStmt>(last).value);
}

TEST(ResolverTest, Names) {
  struct {
    const char* text;
    ast::Scope scope;
    std::uint32_t slot;
    const char* id;
  } cases[] = {
      {"x = 1\nx\n", ast::Scope::kGlobal, 0, "x"},
      {"def f(a, b):\n  b\n", ast::Scope::kLocal, 1, "b"},
      {"def f(a, b):\n  lambda: b\n  b\n", ast::Scope::kCell, 1, "b"},
      {"def f(a, b):\n  def g():\n    a\n    b\n", ast::Scope::kFree, 1, "b"},
      {"def f():\n  x\n", ast::Scope::kGlobal, 0, "x"},
      {"class A:\n  x = 1\n  x\n", ast::Scope::kClass, 0, "x"},
      {"class A:\n  len\n", ast::Scope::kClass, 0, "len"},
      {"class A:\n  global x\n  x\n", ast::Scope::kGlobal, 0, "x"},
      {"def f(x):\n  class A:\n    x\n", ast::Scope::kClassFree, 0, "x"},
      {"def f(x):\n  class A:\n    x = x\n    x\n", ast::Scope::kClass, 0, "x"},
      {"def f(x):\n  class A:\n    nonlocal x\n    x\n", ast::Scope::kFree, 0, "x"},
      {"class _A:\n  def f(self):\n    __x\n", ast::Scope::kGlobal, 0, "_A__x"},
      {"class A:\n  def f(self):\n    __x__\n", ast::Scope::kGlobal, 0, "__x__"},
      {"class __:\n  def f(self):\n    __x\n", ast::Scope::kGlobal, 0, "__x"},
      {"def f[T](a):\n  T\n", ast::Scope::kGlobal, 0, ".T:6"},
      {"class A[T]:\n  T\n", ast::Scope::kGlobal, 0, ".T:8"},
      {"def f[T](a):\n  T = 1\n  T\n", ast::Scope::kLocal, 1, "T"},
      {"def f(a):\n  def g[T]():\n    T\n", ast::Scope::kFree, 0, "T"},
      {"class A:\n  def g[T](self):\n    T\n", ast::Scope::kFree, 0, "T"},
  };
  for (const auto& each : cases) {
    ProgramPtr program = parse(source_of(each.text));
    const ast::Name& name = last_name(program->module->body);
    EXPECT_EQ(name.scope, each.scope) << each.text;
    EXPECT_EQ(name.slot, each.slot) << each.text;
    EXPECT_EQ(name.id, each.id) << each.text;
  }
}

TEST(ResolverTest, ClassCells) {
  ProgramPtr program = parse(source_of("class A:\n  def m(self): super()\n  def n(self): pass\n"));
  const auto& node = ast::as<ast::ClassDef>(program->module->body[0]);
  EXPECT_TRUE(node.scope->has_class_cell);
  EXPECT_EQ(ast::as<ast::FunctionDef>(node.body[0]).scope->class_capture, 0);
  EXPECT_EQ(ast::as<ast::FunctionDef>(node.body[1]).scope->class_capture, -1);
}

TEST(ResolverTest, CapturesLeadToCells) {
  ProgramPtr program =
      parse(source_of("def f(a, b):\n  def g():\n    def h(): return b, a\n    a\n"));
  const auto& f = ast::as<ast::FunctionDef>(program->module->body[0]);
  const auto& g = ast::as<ast::FunctionDef>(f.body[0]);
  const auto& h = ast::as<ast::FunctionDef>(g.body[0]);
  ASSERT_EQ(g.scope->captures.size(), 2U);
  ASSERT_EQ(h.scope->captures.size(), 2U);
  for (std::size_t i = 0; i < 2; ++i) {
    EXPECT_FALSE(g.scope->captures[i].from_closure);
    EXPECT_EQ(f.scope->slot_names[g.scope->captures[i].index], g.scope->capture_names[i]);
    EXPECT_TRUE(h.scope->captures[i].from_closure);
    EXPECT_EQ(g.scope->capture_names[h.scope->captures[i].index], h.scope->capture_names[i]);
  }
}

// The body of `f`, as text.
std::string hoisted(const std::string& body) {
  std::string text = dump(parse(source_of("def f():\n  " + body + "\n"))->tree);
  std::size_t begin = text.find("body=[", 8) + 6;
  return text.substr(begin, text.size() - begin - 4);
}

TEST(ResolverTest, YieldsAreWholeStatements) {
  const std::string plain[] = {"yield x", "x = yield y", "return (yield)", "x = y = yield from z"};
  for (const std::string& body : plain) {
    std::string text = "def f():\n  " + body + "\n";
    EXPECT_EQ(dump(parse(source_of(text))->tree), dump(parse_unresolved(source_of(text))->tree));
  }
  EXPECT_EQ(hoisted("g(yield_, (yield x), z)"),
            "Assign(targets=[Name(id='.1', ctx=Store())], value=Name(id='g', ctx=Load())), "
            "Assign(targets=[Name(id='.2', ctx=Store())], value=Name(id='yield_', ctx=Load())), "
            "Assign(targets=[Name(id='.3', ctx=Store())], value=Yield(value=Name(id='x', "
            "ctx=Load()))), "
            "Expr(value=Call(func=Name(id='.1', ctx=Load()), args=[Name(id='.2', ctx=Load()), "
            "Name(id='.3', ctx=Load()), Name(id='z', ctx=Load())]))");
  EXPECT_EQ(hoisted("a and (yield)"),
            "Assign(targets=[Name(id='.1', ctx=Store())], value=Name(id='a', ctx=Load())), "
            "If(test=Name(id='.1', ctx=Load()), body=[Assign(targets=[Name(id='.2', "
            "ctx=Store())], value=Yield()), Assign(targets=[Name(id='.1', ctx=Store())], "
            "value=Name(id='.2', ctx=Load()))]), Expr(value=Name(id='.1', ctx=Load()))");
  ProgramPtr program = parse(source_of("def f():\n  g((yield))\n"));
  const auto& f = ast::as<ast::FunctionDef>(program->module->body[0]);
  EXPECT_TRUE(f.scope->is_generator);
  EXPECT_EQ(join(f.scope->slot_names), ".1 .2");
}

TEST(ResolverTest, YieldsThatCannotMove) {
  for (const char* text : {"def f():\n  a < b < (yield)\n", "def f():\n  g(lambda x=(yield): x)\n",
                           "def f():\n  lambda: (yield)\n"}) {
    try {
      parse(source_of(text));
      ADD_FAILURE() << text;
    } catch (const Error& error) {
      EXPECT_EQ(error.code(), code::kSyntax);
      EXPECT_NE(error.hint(), "") << text;
    }
  }
}

}  // namespace
}  // namespace retort::python
