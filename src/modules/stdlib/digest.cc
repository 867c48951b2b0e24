#include <md5.h>
#include <sha1.h>
#include <sha2.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <numbers>

#include "modules/stdlib/services.h"
#include "python/builtin_text.h"

// The modules `_digest` (checksums, base 64) and `math`.
namespace retort::modules::stdlib {

using python::Arguments;
using python::Evaluator;
using python::Module;
using python::Value;

const std::string& data_of(Evaluator& evaluator, Value value) {
  if (const python::Bytes* bytes = value.get<python::Bytes>()) return bytes->data;
  if (value.is_str()) evaluator.type_error("Strings must be encoded before hashing");
  evaluator.type_error("object supporting the buffer API required");
}

namespace {

template <typename Context, std::size_t size, void (*init)(Context*),
          void (*update)(Context*, const std::uint8_t*, std::size_t),
          void (*final)(std::uint8_t*, Context*)>
std::string digest_of(const std::string& data) {
  Context context;
  init(&context);
  update(&context, reinterpret_cast<const std::uint8_t*>(data.data()), data.size());
  std::array<std::uint8_t, size> digest{};
  final(digest.data(), &context);
  return std::string(digest.begin(), digest.end());
}

Value digest(Evaluator& evaluator, Arguments& args) {
  const std::string& name = args[0].as_str();
  const std::string& data = data_of(evaluator, args[1]);
  if (name == "md5") {
    return evaluator.bytes(digest_of<MD5_CTX, 16, MD5Init, MD5Update, MD5Final>(data));
  }
  if (name == "sha1") {
    return evaluator.bytes(digest_of<SHA1_CTX, 20, SHA1Init, SHA1Update, SHA1Final>(data));
  }
  if (name == "sha256") {
    return evaluator.bytes(digest_of<SHA2_CTX, 32, SHA256Init, SHA256Update, SHA256Final>(data));
  }
  if (name == "sha384") {
    return evaluator.bytes(digest_of<SHA2_CTX, 48, SHA384Init, SHA384Update, SHA384Final>(data));
  }
  if (name == "sha512") {
    return evaluator.bytes(digest_of<SHA2_CTX, 64, SHA512Init, SHA512Update, SHA512Final>(data));
  }
  evaluator.value_error("unsupported hash type " + name);
}

constexpr char kLetters[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

Value encode64(Evaluator& evaluator, Arguments& args) {
  const python::Bytes* bytes = args[0].get<python::Bytes>();
  if (!bytes) {
    evaluator.type_error("a bytes-like object is required, not '" + evaluator.type_name(args[0]) +
                         "'");
  }
  const std::string& data = bytes->data;
  std::string out;
  for (std::size_t i = 0; i < data.size(); i += 3) {
    std::uint32_t group = 0;
    for (std::size_t j = 0; j < 3; ++j) {
      group = group << 8 | (i + j < data.size() ? static_cast<unsigned char>(data[i + j]) : 0u);
    }
    for (std::size_t j = 0; j < 4; ++j) {
      out += i + j > data.size() ? '=' : kLetters[group >> (18 - 6 * j) & 63];
    }
  }
  return evaluator.bytes(out);
}

// What binascii.a2b_base64 makes of it; other characters are passed over. The error of "Incorrect
// padding" is given as None.
Value decode64(Evaluator& evaluator, Arguments& args) {
  const std::string data = args[0].is_str() ? args[0].as_str() : data_of(evaluator, args[0]);
  std::string out;
  std::uint32_t group = 0;
  int digits = 0;
  int padding = 0;
  for (const char c : data) {
    if (c == '=') {
      if (digits >= 2 && digits + ++padding >= 4) return evaluator.bytes(out);
      continue;
    }
    const char* found = std::find(kLetters, kLetters + 64, c);
    if (found == kLetters + 64) continue;
    padding = 0;
    group = group << 6 | static_cast<std::uint32_t>(found - kLetters);
    if (++digits == 1) continue;
    out += static_cast<char>(group >> (8 - 2 * digits) & 0xFF);
    if (digits == 4) digits = 0;
  }
  if (digits == 1) return Value::integer(static_cast<std::int64_t>(out.size()));
  return digits == 0 ? evaluator.bytes(out) : Value::none();
}

double number_argument(Evaluator& evaluator, Value value) {
  const Value number = evaluator.plain_number(value);
  if (number.is_float() || python::is_integer(number)) {
    return python::number_as_double(evaluator, number);
  }
  if (value.is_object()) {
    if (const Value method = evaluator.find_attr(value, "__float__")) {
      return evaluator.call(method).as_float();
    }
  }
  evaluator.type_error("must be real number, not " + evaluator.type_name(value));
}

template <double (*function)(double)>
Value real_function(Evaluator& evaluator, Arguments& args) {
  const double x = number_argument(evaluator, args[0]);
  const double result = function(x);
  if (std::isnan(result) && !std::isnan(x)) evaluator.value_error("math domain error");
  if (std::isinf(result) && !std::isinf(x)) {
    if (x == 0) evaluator.value_error("math domain error");
    evaluator.raise("OverflowError", "math range error");
  }
  return Value::floating(result);
}

enum class Rounding { kFloor, kCeiling, kTruncated };
template <Rounding rounding>
Value rounded(Evaluator& evaluator, Arguments& args) {
  const Value number = evaluator.plain_number(args[0]);
  if (python::is_integer(number)) {
    return number.is_bool() ? Value::integer(number.as_int()) : number;
  }
  const std::string_view method = rounding == Rounding::kFloor     ? "__floor__"
                                  : rounding == Rounding::kCeiling ? "__ceil__"
                                                                   : "__trunc__";
  if (!number.is_float()) {
    if (const Value own = evaluator.find_attr(args[0], method)) return evaluator.call(own);
  }
  const double x = number_argument(evaluator, args[0]);
  const Value whole[] = {Value::floating(rounding == Rounding::kFloor     ? std::floor(x)
                                         : rounding == Rounding::kCeiling ? std::ceil(x)
                                                                          : std::trunc(x))};
  return evaluator.call(evaluator.builtin("int"), whole);
}

template <double (*function)(double, double)>
Value real_function2(Evaluator& evaluator, Arguments& args) {
  const double x = number_argument(evaluator, args[0]);
  const double y = number_argument(evaluator, args[1]);
  const double result = function(x, y);
  if (std::isnan(result) && !std::isnan(x) && !std::isnan(y)) {
    evaluator.value_error("math domain error");
  }
  return Value::floating(result);
}

Value logarithm(Evaluator& evaluator, Arguments& args) {
  const double x = number_argument(evaluator, args[0]);
  if (x <= 0) evaluator.value_error("math domain error");
  if (!args[1]) return Value::floating(std::log(x));
  const double base = number_argument(evaluator, args[1]);
  if (base <= 0) evaluator.value_error("math domain error");
  return Value::floating(std::log(x) / std::log(base));
}

}  // namespace

void init_digest(Evaluator& evaluator, Module& module, const Services&) {
  evaluator.define(module, "digest(name, data)", digest);
  evaluator.define(module, "encode64(data)", encode64);
  evaluator.define(module, "decode64(data)", decode64);
}

void init_math(Evaluator& evaluator, Module& module, const Services&) {
  module.attributes.set("pi", Value::floating(std::numbers::pi));
  module.attributes.set("e", Value::floating(std::numbers::e));
  module.attributes.set("tau", Value::floating(2 * std::numbers::pi));
  module.attributes.set("inf", Value::floating(HUGE_VAL));
  module.attributes.set("nan", Value::floating(std::nan("")));
  struct Row {
    std::string_view signature;
    python::Value (*call)(Evaluator&, Arguments&);
  };
  static constexpr Row kRows[] = {
      {"sqrt(x, /)", real_function<std::sqrt>},
      {"cbrt(x, /)", real_function<std::cbrt>},
      {"exp(x, /)", real_function<std::exp>},
      {"exp2(x, /)", real_function<std::exp2>},
      {"expm1(x, /)", real_function<std::expm1>},
      {"log2(x, /)", real_function<std::log2>},
      {"log10(x, /)", real_function<std::log10>},
      {"log1p(x, /)", real_function<std::log1p>},
      {"sin(x, /)", real_function<std::sin>},
      {"cos(x, /)", real_function<std::cos>},
      {"tan(x, /)", real_function<std::tan>},
      {"asin(x, /)", real_function<std::asin>},
      {"acos(x, /)", real_function<std::acos>},
      {"atan(x, /)", real_function<std::atan>},
      {"sinh(x, /)", real_function<std::sinh>},
      {"cosh(x, /)", real_function<std::cosh>},
      {"tanh(x, /)", real_function<std::tanh>},
      {"fabs(x, /)", real_function<std::fabs>},
      {"erf(x, /)", real_function<std::erf>},
      {"gamma(x, /)", real_function<std::tgamma>},
      {"lgamma(x, /)", real_function<std::lgamma>},
      {"floor(x, /)", rounded<Rounding::kFloor>},
      {"ceil(x, /)", rounded<Rounding::kCeiling>},
      {"trunc(x, /)", rounded<Rounding::kTruncated>},
      {"pow(x, y, /)", real_function2<std::pow>},
      {"atan2(y, x, /)", real_function2<std::atan2>},
      {"fmod(x, y, /)", real_function2<std::fmod>},
      {"remainder(x, y, /)", real_function2<std::remainder>},
      {"copysign(x, y, /)", real_function2<std::copysign>},
      {"nextafter(x, y, /)", real_function2<std::nextafter>},
      {"log(x, base=2.718281828459045, /)", logarithm},
  };
  for (const Row& row : kRows) evaluator.define(module, row.signature, row.call);
  const auto test = [&](std::string_view signature, bool (*check)(double)) {
    evaluator.define(module, signature, [check](Evaluator& ev, Arguments& args) {
      return Value::boolean(check(number_argument(ev, args[0])));
    });
  };
  test("isnan(x, /)", [](double x) { return std::isnan(x); });
  test("isinf(x, /)", [](double x) { return std::isinf(x); });
  test("isfinite(x, /)", [](double x) { return std::isfinite(x); });
  evaluator.define(module, "modf(x, /)", [](Evaluator& ev, Arguments& args) {
    double whole = 0;
    const double part = std::modf(number_argument(ev, args[0]), &whole);
    return ev.tuple({Value::floating(part), Value::floating(whole)});
  });
  evaluator.define(module, "frexp(x, /)", [](Evaluator& ev, Arguments& args) {
    int exponent = 0;
    const double mantissa = std::frexp(number_argument(ev, args[0]), &exponent);
    return ev.tuple({Value::floating(mantissa), Value::integer(exponent)});
  });
  evaluator.define(module, "degrees(x, /)", [](Evaluator& ev, Arguments& args) {
    return Value::floating(number_argument(ev, args[0]) * (180.0 / std::numbers::pi));
  });
  evaluator.define(module, "radians(x, /)", [](Evaluator& ev, Arguments& args) {
    return Value::floating(number_argument(ev, args[0]) * (std::numbers::pi / 180.0));
  });
  module.on_missing = [&module](Evaluator& ev, std::string_view name) -> Value {
    // Those on whole numbers are written in Python.
    if (name.starts_with("_")) return {};
    const Value more = ev.import_module("_math");
    const Value found = ev.find_attr(more, name);
    if (found) module.attributes.set(name, found);
    return found;
  };
}

}  // namespace retort::modules::stdlib
