#include "python/value.h"

#include <gtest/gtest.h>

#include "python/evaluator.h"
#include "python/value_bigint.h"
#include "python/value_text.h"

namespace retort::python {
namespace {

TEST(Signature, ReadsPythonsSyntax) {
  using Kind = ast::Parameter::Kind;
  const Signature s =
      Signature::parse("create(a, b='x, (y)', /, c=[1, 2], *rest, d, e={'k': 1}, **more)");
  EXPECT_EQ(s.name, "create");
  ASSERT_EQ(s.params.size(), 7u);
  EXPECT_EQ(s.params[0].kind, Kind::kPositionalOnly);
  EXPECT_FALSE(s.params[1].required);
  EXPECT_EQ(s.params[2].kind, Kind::kPlain);
  EXPECT_EQ(s.params[4].name, "d");
  EXPECT_EQ(s.params[4].kind, Kind::kKeywordOnly);
  EXPECT_TRUE(s.params[4].required);
  EXPECT_EQ(s.positional, 3u);
  EXPECT_EQ(s.var_args, 3);
  EXPECT_EQ(s.var_keywords, 6);
  EXPECT_EQ(Signature::parse("f(*, k)").params[0].kind, Kind::kKeywordOnly);
  EXPECT_TRUE(Signature::parse("f()").params.empty());
}

TEST(Attributes, KeepTheOrderAndFindManyNames) {
  Attributes attributes;
  for (int i = 0; i < 100; ++i) attributes.set("name" + std::to_string(i), Value::integer(i));
  for (int i = 0; i < 100; ++i) {
    EXPECT_EQ(attributes.find("name" + std::to_string(i)).as_int(), i);
  }
  EXPECT_TRUE(attributes.erase("name50"));
  EXPECT_FALSE(attributes.erase("name50"));
  EXPECT_FALSE(attributes.find("name50"));
  EXPECT_EQ(attributes.find("name99").as_int(), 99);
  attributes.set("name0", Value::none());
  EXPECT_EQ(attributes.size(), 99u);
  EXPECT_EQ(attributes.items().front().first, "name0");
}

TEST(Dict, FindsEqualKeysOfDifferentTypes) {
  Evaluator evaluator;
  Dict* dict = evaluator.dict();
  dict->set(evaluator, Value::integer(1), evaluator.str("one"));
  EXPECT_TRUE(dict->find(evaluator, Value::floating(1.0)));
  EXPECT_TRUE(dict->find(evaluator, Value::boolean(true)));
  dict->set(evaluator, evaluator.str("k"), Value::none());
  EXPECT_TRUE(dict->find("k"));
  EXPECT_FALSE(dict->find("j"));
  for (int i = 0; i < 1000; ++i) dict->set(evaluator, Value::integer(i), Value::integer(-i));
  for (int i = 0; i < 1000; i += 2) EXPECT_TRUE(dict->erase(evaluator, Value::integer(i)));
  EXPECT_EQ(dict->size(), 501u);
  for (int i = 0; i < 1000; ++i) {
    EXPECT_EQ(static_cast<bool>(dict->find(evaluator, Value::integer(i))), i % 2 == 1) << i;
  }
}

TEST(Big, DividesAsPythonDoes) {
  const struct {
    const char *a, *b, *quotient, *remainder;
  } rows[] = {
      {"100000000000000000000000", "7", "14285714285714285714285", "5"},
      {"-100000000000000000000000", "7", "-14285714285714285714286", "2"},
      {"100000000000000000000000", "-7", "-14285714285714285714286", "-2"},
      {"340282366920938463463374607431768211455", "18446744073709551615", "18446744073709551617",
       "0"},
      {"340282366920938463463374607431768211456", "18446744073709551617", "18446744073709551615",
       "1"},
      {"5", "100000000000000000000", "0", "5"},
      {"-5", "100000000000000000000", "-1", "99999999999999999995"},
  };
  for (const auto& row : rows) {
    Big quotient;
    Big remainder;
    divide(Big::parse(row.a), Big::parse(row.b), quotient, remainder);
    EXPECT_EQ(quotient.str(), row.quotient) << row.a << " // " << row.b;
    EXPECT_EQ(remainder.str(), row.remainder) << row.a << " % " << row.b;
  }
}

TEST(Big, MinimumOfInt64FitsAndItsNegationDoesNot) {
  const Big least(std::numeric_limits<std::int64_t>::min());
  EXPECT_EQ(least.small(), std::numeric_limits<std::int64_t>::min());
  EXPECT_EQ(negate(least).small(), std::nullopt);
  EXPECT_EQ(negate(least).str(), "9223372036854775808");
}

TEST(FloatRepr, IsTheShortestTextInPythonsForm) {
  const std::pair<double, const char*> rows[] = {
      {0.1, "0.1"},
      {1.0, "1.0"},
      {1e16, "1e+16"},
      {1e15, "1000000000000000.0"},
      {1e-4, "0.0001"},
      {1e-5, "1e-05"},
      {1.5e300, "1.5e+300"},
      {-0.0, "-0.0"},
      {100.0, "100.0"},
      {1.0 / 3, "0.3333333333333333"},
      {123456.789, "123456.789"},
  };
  for (const auto& [value, text] : rows) EXPECT_EQ(float_repr(value), text);
}

TEST(StrRepr, QuotesAndEscapes) {
  EXPECT_EQ(str_repr("it's"), "\"it's\"");
  EXPECT_EQ(str_repr("a\"b'"), "'a\"b\\''");
  EXPECT_EQ(str_repr("\n\x01\xC2\xA0\xC3\xA9"), "'\\n\\x01\\xa0\xC3\xA9'");
}

}  // namespace
}  // namespace retort::python
