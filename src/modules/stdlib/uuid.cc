#include "modules/stdlib/uuid.h"

#include <md5.h>
#include <sha1.h>

#include <algorithm>
#include <array>

#include "modules/stdlib/services.h"

namespace retort::modules::stdlib {

using python::Arguments;
using python::Class;
using python::Evaluator;
using python::Instance;
using python::Module;
using python::Value;

namespace {

using Bytes = std::array<std::uint8_t, 16>;

Class* uuid_class(Evaluator& evaluator) {
  return evaluator.import_module("uuid").get<Module>()->attributes.find("UUID").get<Class>();
}

std::string hex_of(const Bytes& bytes) {
  static constexpr char kDigits[] = "0123456789abcdef";
  std::string text;
  for (const std::uint8_t byte : bytes) {
    text += kDigits[byte >> 4];
    text += kDigits[byte & 15];
  }
  return text;
}

const Uuid& self_uuid(Evaluator& evaluator, Value value) {
  if (const Uuid* uuid = python::native<Uuid>(value)) return *uuid;
  evaluator.type_error("a UUID is required, not '" + evaluator.type_name(value) + "'");
}

Value make(Evaluator& evaluator, const Bytes& bytes, Class* cls) {
  Instance* instance = evaluator.new_instance(cls);
  instance->set_native(Uuid{bytes});
  return instance;
}

// The number in bytes [begin, end), which may need more than 64 bits.
Value number(Evaluator& evaluator, const Bytes& bytes, std::size_t begin, std::size_t end) {
  Value result = Value::integer(0);
  for (std::size_t i = begin; i < end; ++i) {
    result = evaluator.binary(python::ast::BinaryOp::kMul, result, Value::integer(256));
    result = evaluator.binary(python::ast::BinaryOp::kAdd, result, Value::integer(bytes[i]));
  }
  return result;
}

std::optional<Bytes> parse_hex(std::string text) {
  const auto drop = [&](std::string_view part) {
    for (std::size_t at = text.find(part); at != std::string::npos; at = text.find(part)) {
      text.erase(at, part.size());
    }
  };
  drop("urn:");
  drop("uuid:");
  while (!text.empty() && (text.front() == '{' || text.front() == '}')) text.erase(0, 1);
  while (!text.empty() && (text.back() == '{' || text.back() == '}')) text.pop_back();
  drop("-");
  if (text.size() != 32) return std::nullopt;
  Bytes bytes{};
  for (std::size_t i = 0; i < 32; ++i) {
    const char c = text[i];
    int digit = 0;
    if (c >= '0' && c <= '9') {
      digit = c - '0';
    } else if ((c | 32) >= 'a' && (c | 32) <= 'f') {
      digit = (c | 32) - 'a' + 10;
    } else {
      return std::nullopt;
    }
    bytes[i / 2] = static_cast<std::uint8_t>(bytes[i / 2] << 4 | digit);
  }
  return bytes;
}

void set_version(Bytes& bytes, int version) {
  bytes[8] = static_cast<std::uint8_t>((bytes[8] & 0x3F) | 0x80);
  bytes[6] = static_cast<std::uint8_t>((bytes[6] & 0x0F) | version << 4);
}

void put(Bytes& bytes, std::size_t at, std::size_t size, std::uint64_t value) {
  for (std::size_t i = 0; i < size; ++i) {
    bytes[at + size - 1 - i] = static_cast<std::uint8_t>(value >> (8 * i));
  }
}

Value construct(Evaluator& evaluator, Arguments& args) {
  int given = 0;
  for (std::size_t i = 1; i <= 5; ++i) given += args[i] && !args[i].is_none() ? 1 : 0;
  if (given != 1) {
    evaluator.type_error("one of the hex, bytes, bytes_le, fields, or int arguments must be given");
  }
  const auto present = [&](std::string_view name) {
    return args[name] && !args[name].is_none() ? args[name] : Value();
  };
  Bytes bytes{};
  if (const Value hex = present("hex")) {
    if (!hex.is_str()) {
      evaluator.raise("AttributeError",
                      "'" + evaluator.type_name(hex) + "' object has no attribute 'replace'");
    }
    const std::optional<Bytes> parsed = parse_hex(hex.as_str());
    if (!parsed) evaluator.value_error("badly formed hexadecimal UUID string");
    bytes = *parsed;
  } else if (const Value whole = present("int")) {
    Value rest = evaluator.plain_number(whole);
    const Value limit =
        evaluator.binary(python::ast::BinaryOp::kLeftShift, Value::integer(1), Value::integer(128));
    if (evaluator.less(rest, Value::integer(0)) || !evaluator.less(rest, limit)) {
      evaluator.value_error("int is out of range (need a 128-bit value)");
    }
    for (std::size_t i = 16; i-- > 0;) {
      const Value byte = evaluator.binary(python::ast::BinaryOp::kMod, rest, Value::integer(256));
      bytes[i] = static_cast<std::uint8_t>(byte.as_int());
      rest = evaluator.binary(python::ast::BinaryOp::kFloorDiv, rest, Value::integer(256));
    }
  } else if (const Value fields = present("fields")) {
    static constexpr std::size_t kSizes[] = {4, 2, 2, 1, 1, 6};
    const std::vector<Value> items = evaluator.items(fields);
    if (items.size() != 6) evaluator.value_error("fields is not a 6-tuple");
    std::size_t at = 0;
    for (std::size_t i = 0; i < 6; ++i) {
      const std::int64_t value = evaluator.index(items[i]);
      if (value < 0 || (value >> (8 * kSizes[i])) != 0) {
        evaluator.value_error("field " + std::to_string(i + 1) + " out of range");
      }
      put(bytes, at, kSizes[i], static_cast<std::uint64_t>(value));
      at += kSizes[i];
    }
  } else {
    const bool little = static_cast<bool>(present("bytes_le"));
    const Value data = little ? present("bytes_le") : present("bytes");
    const python::Bytes* raw = data.get<python::Bytes>();
    if (!raw || raw->data.size() != 16) {
      evaluator.value_error(little ? "bytes_le is not a 16-char string"
                                   : "bytes is not a 16-char string");
    }
    static constexpr std::size_t kLittle[] = {3, 2, 1, 0, 5, 4, 7, 6};
    for (std::size_t i = 0; i < 16; ++i) {
      bytes[i] = static_cast<std::uint8_t>(raw->data[little && i < 8 ? kLittle[i] : i]);
    }
  }
  if (const Value version = present("version")) {
    const std::int64_t wanted = evaluator.index(version);
    if (wanted < 1 || wanted > 8) evaluator.value_error("illegal version number");
    set_version(bytes, static_cast<int>(wanted));
  }
  return make(evaluator, bytes, args[0].get<Class>());
}

// uuid3 and uuid5: a digest of the namespace and the name.
template <int version>
Value from_name(Evaluator& evaluator, Arguments& args) {
  const Uuid& space = self_uuid(evaluator, args[0]);
  std::string data(reinterpret_cast<const char*>(space.bytes.data()), 16);
  if (const python::Bytes* raw = args[1].get<python::Bytes>()) {
    data += raw->data;
  } else if (args[1].is_str()) {
    data += args[1].as_str();
  } else {
    evaluator.type_error("a str is required, not '" + evaluator.type_name(args[1]) + "'");
  }
  const auto* input = reinterpret_cast<const std::uint8_t*>(data.data());
  std::uint8_t digest[SHA1_DIGEST_LENGTH] = {};
  if constexpr (version == 3) {
    MD5_CTX context;
    MD5Init(&context);
    MD5Update(&context, input, data.size());
    MD5Final(digest, &context);
  } else {
    SHA1_CTX context;
    SHA1Init(&context);
    SHA1Update(&context, input, data.size());
    SHA1Final(digest, &context);
  }
  Bytes bytes{};
  std::copy(digest, digest + 16, bytes.begin());
  set_version(bytes, version);
  return make(evaluator, bytes, uuid_class(evaluator));
}

Value uuid1(Evaluator& evaluator, Arguments& args, const StdlibServices& services) {
  Bytes bytes{};
  std::array<std::byte, 8> random{};
  fill_random(services, random);
  // 100 ns units since 1582-10-15.
  const auto ticks =
      static_cast<std::uint64_t>(now_in_microseconds(services)) * 10 + 0x01B21DD213814000ull;
  put(bytes, 0, 4, ticks & 0xFFFFFFFF);
  put(bytes, 4, 2, ticks >> 32 & 0xFFFF);
  put(bytes, 6, 2, ticks >> 48 & 0x0FFF);
  for (std::size_t i = 0; i < 8; ++i) bytes[8 + i] = static_cast<std::uint8_t>(random[i]);
  bytes[10] |= 1;  // a node that is no network card's
  if (args[0] && !args[0].is_none()) {
    put(bytes, 10, 6, static_cast<std::uint64_t>(evaluator.index(args[0])));
  }
  if (args[1] && !args[1].is_none()) {
    put(bytes, 8, 2, static_cast<std::uint64_t>(evaluator.index(args[1])));
  }
  set_version(bytes, 1);
  return make(evaluator, bytes, uuid_class(evaluator));
}

std::optional<std::strong_ordering> compare(Evaluator& evaluator, Value self, Value other) {
  const Uuid* b = python::native<Uuid>(other);
  if (!b) return std::nullopt;
  return self_uuid(evaluator, self).bytes <=> b->bytes;
}

void define_order(Evaluator& evaluator, Class& cls) {
  struct Row {
    std::string_view signature;
    bool (*test)(std::strong_ordering);
  };
  static constexpr Row kRows[] = {
      {"__eq__(self, value, /)", [](std::strong_ordering o) { return o == 0; }},
      {"__ne__(self, value, /)", [](std::strong_ordering o) { return o != 0; }},
      {"__lt__(self, value, /)", [](std::strong_ordering o) { return o < 0; }},
      {"__le__(self, value, /)", [](std::strong_ordering o) { return o <= 0; }},
      {"__gt__(self, value, /)", [](std::strong_ordering o) { return o > 0; }},
      {"__ge__(self, value, /)", [](std::strong_ordering o) { return o >= 0; }},
  };
  for (const Row& row : kRows) {
    evaluator.define(cls, row.signature, [&row](Evaluator& ev, Arguments& args) {
      const auto order = compare(ev, args[0], args[1]);
      return order ? Value::boolean(row.test(*order)) : ev.not_implemented();
    });
  }
}

void define_properties(Evaluator& evaluator, Class& cls) {
  const auto property = [&](std::string_view name, auto get) {
    evaluator.define_property(
        cls, name, [get](Evaluator& ev, Value self) { return get(ev, self_uuid(ev, self).bytes); });
  };
  property("hex", [](Evaluator& ev, const Bytes& b) { return ev.str(hex_of(b)); });
  property("int", [](Evaluator& ev, const Bytes& b) { return number(ev, b, 0, 16); });
  property("bytes", [](Evaluator& ev, const Bytes& b) {
    return ev.bytes(std::string_view(reinterpret_cast<const char*>(b.data()), 16));
  });
  property("bytes_le", [](Evaluator& ev, const Bytes& b) {
    Bytes out = b;
    std::reverse(out.begin(), out.begin() + 4);
    std::swap(out[4], out[5]);
    std::swap(out[6], out[7]);
    return ev.bytes(std::string_view(reinterpret_cast<const char*>(out.data()), 16));
  });
  property("urn",
           [](Evaluator& ev, const Bytes& b) { return ev.str("urn:uuid:" + Uuid{b}.text()); });
  property("version", [](Evaluator&, const Bytes& b) {
    return (b[8] & 0xC0) == 0x80 ? Value::integer(b[6] >> 4) : Value::none();
  });
  property("variant", [](Evaluator& ev, const Bytes& b) {
    return ev.str((b[8] & 0x80) == 0   ? "reserved for NCS compatibility"
                  : (b[8] & 0x40) == 0 ? "specified in RFC 4122"
                  : (b[8] & 0x20) == 0 ? "reserved for Microsoft compatibility"
                                       : "reserved for future definition");
  });
  property("fields", [](Evaluator& ev, const Bytes& b) {
    return ev.tuple({number(ev, b, 0, 4), number(ev, b, 4, 6), number(ev, b, 6, 8),
                     number(ev, b, 8, 9), number(ev, b, 9, 10), number(ev, b, 10, 16)});
  });
  property("node", [](Evaluator& ev, const Bytes& b) { return number(ev, b, 10, 16); });
  property("time_low", [](Evaluator& ev, const Bytes& b) { return number(ev, b, 0, 4); });
  property("time", [](Evaluator& ev, const Bytes& b) {
    const std::int64_t high = number(ev, b, 6, 8).as_int() & 0x0FFF;
    return Value::integer(high << 48 | number(ev, b, 4, 6).as_int() << 32 |
                          number(ev, b, 0, 4).as_int());
  });
}

}  // namespace

std::string Uuid::text() const {
  std::string out = hex_of(bytes);
  for (const std::size_t at : {std::size_t{20}, std::size_t{16}, std::size_t{12}, std::size_t{8}}) {
    out.insert(at, "-");
  }
  return out;
}

Value make_uuid(Evaluator& evaluator, std::string_view text) {
  const std::optional<Bytes> bytes = parse_hex(std::string(text));
  if (!bytes) evaluator.value_error("badly formed hexadecimal UUID string");
  return make(evaluator, *bytes, uuid_class(evaluator));
}

void init_uuid(Evaluator& evaluator, Module& module, const Services& services) {
  Class* cls = evaluator.define_class("UUID", "uuid");
  module.attributes.set("UUID", cls);
  evaluator.define_constructor(*cls,
                               "(cls, hex=None, bytes=None, bytes_le=None, fields=None, "
                               "int=None, version=None, *, is_safe=None)",
                               construct);
  define_properties(evaluator, *cls);
  define_order(evaluator, *cls);
  evaluator.define(*cls, "__str__(self, /)", [](Evaluator& ev, Arguments& args) {
    return ev.str(self_uuid(ev, args[0]).text());
  });
  evaluator.define(*cls, "__repr__(self, /)", [](Evaluator& ev, Arguments& args) {
    return ev.str(ev.type_of(args[0])->name + "('" + self_uuid(ev, args[0]).text() + "')");
  });
  evaluator.define(*cls, "__int__(self, /)", [](Evaluator& ev, Arguments& args) {
    return number(ev, self_uuid(ev, args[0]).bytes, 0, 16);
  });
  evaluator.define(*cls, "__hash__(self, /)", [](Evaluator& ev, Arguments& args) {
    std::uint64_t hash = 1469598103934665603ull;
    for (const std::uint8_t byte : self_uuid(ev, args[0]).bytes) {
      hash = (hash ^ byte) * 1099511628211ull;
    }
    return Value::integer(static_cast<std::int64_t>(hash >> 2));
  });
  evaluator.define(
      module, "uuid1(node=None, clock_seq=None)",
      [services](Evaluator& ev, Arguments& args) { return uuid1(ev, args, *services); });
  evaluator.define(module, "uuid4()", [services](Evaluator& ev, Arguments&) {
    Bytes bytes{};
    fill_random(*services, std::as_writable_bytes(std::span(bytes)));
    set_version(bytes, 4);
    return make(ev, bytes, uuid_class(ev));
  });
  evaluator.define(module, "uuid7()", [services](Evaluator& ev, Arguments&) {
    Bytes bytes{};
    fill_random(*services, std::as_writable_bytes(std::span(bytes)));
    put(bytes, 0, 6, static_cast<std::uint64_t>(now_in_microseconds(*services) / 1000));
    set_version(bytes, 7);
    return make(ev, bytes, uuid_class(ev));
  });
  evaluator.define(module, "uuid3(namespace, name)", from_name<3>);
  evaluator.define(module, "uuid5(namespace, name)", from_name<5>);
  evaluator.define(module, "getnode()",
                   [](Evaluator&, Arguments&) { return Value::integer(0x010000000001); });
  struct Row {
    std::string_view name;
    std::string_view text;
  };
  for (const Row& row : {Row{"NAMESPACE_DNS", "6ba7b8109dad11d180b400c04fd430c8"},
                         Row{"NAMESPACE_URL", "6ba7b8119dad11d180b400c04fd430c8"},
                         Row{"NAMESPACE_OID", "6ba7b8129dad11d180b400c04fd430c8"},
                         Row{"NAMESPACE_X500", "6ba7b8149dad11d180b400c04fd430c8"}}) {
    module.attributes.set(row.name, make(evaluator, *parse_hex(std::string(row.text)), cls));
  }
}

}  // namespace retort::modules::stdlib
