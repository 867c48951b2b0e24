#include "sql/type.h"

#include <retort/type.h>

#include "sql/type_repr.h"

namespace retort {

namespace {

Type made(sql::Type type) { return Type(std::make_shared<const sql::Type>(std::move(type))); }

Type plain(std::string name, std::string dialect = {}) {
  sql::Type type;
  type.name = std::move(name);
  type.dialect = std::move(dialect);
  return made(std::move(type));
}

Type sized(std::string name, int length, std::string dialect = {}) {
  sql::Type type;
  type.name = std::move(name);
  type.dialect = std::move(dialect);
  type.length = length;
  return made(std::move(type));
}

Type number(std::string name, std::optional<int> precision, std::optional<int> scale) {
  sql::Type type;
  type.name = std::move(name);
  type.precision = precision;
  type.scale = scale;
  return made(std::move(type));
}

Type timed(std::string name, TimeOptions options) {
  sql::Type type;
  type.name = std::move(name);
  type.timezone = options.timezone;
  return made(std::move(type));
}

Type enumeration(std::string name, std::string dialect, std::vector<std::string> values,
                 EnumOptions options) {
  sql::Type type;
  type.name = std::move(name);
  type.dialect = std::move(dialect);
  type.values = std::move(values);
  type.type_name = std::move(options.name);
  type.schema = std::move(options.schema);
  type.native = options.native;
  type.create_constraint = options.create_constraint;
  return made(std::move(type));
}

sql::Type copy_of(const Type& type) {
  return type.is_known() ? *type.implementation() : sql::Type{};
}

}  // namespace

Type::Type(const Type&) = default;
Type::Type(Type&&) noexcept = default;
Type& Type::operator=(const Type&) = default;
Type& Type::operator=(Type&&) noexcept = default;
Type::~Type() = default;

std::string Type::name() const { return copy_of(*this).name; }
std::optional<int> Type::length() const { return copy_of(*this).length; }
std::optional<int> Type::precision() const { return copy_of(*this).precision; }
std::optional<int> Type::scale() const { return copy_of(*this).scale; }
std::string Type::str() const { return sql::repr(copy_of(*this)); }

Type Type::with_variant(const Type& type, std::string_view dialect) const {
  sql::Type own = copy_of(*this);
  own.variants.emplace_back(dialect, copy_of(type));
  return made(std::move(own));
}

Type Type::with_collation(std::string_view collation) const {
  sql::Type own = copy_of(*this);
  own.collation = collation;
  return made(std::move(own));
}

bool operator==(const Type& a, const Type& b) { return copy_of(a) == copy_of(b); }

Type SmallInteger() { return plain("SmallInteger"); }
Type Integer() { return plain("Integer"); }
Type BigInteger() { return plain("BigInteger"); }
Type Boolean() { return plain("Boolean"); }
Type String() { return plain("String"); }
Type String(int length) { return sized("String", length); }
Type Unicode() { return plain("Unicode"); }
Type Unicode(int length) { return sized("Unicode", length); }
Type Text() { return plain("Text"); }
Type UnicodeText() { return plain("UnicodeText"); }
Type LargeBinary() { return plain("LargeBinary"); }
Type LargeBinary(int length) { return sized("LargeBinary", length); }
Type Date() { return plain("Date"); }
Type Time(TimeOptions options) { return timed("Time", options); }
Type DateTime(TimeOptions options) { return timed("DateTime", options); }
Type Interval() { return plain("Interval"); }
Type Numeric() { return plain("Numeric"); }
Type Numeric(int precision) { return number("Numeric", precision, {}); }
Type Numeric(int precision, int scale) { return number("Numeric", precision, scale); }
Type Float() { return plain("Float"); }
Type Float(int precision) { return number("Float", precision, {}); }
Type Double() { return plain("Double"); }
Type Enum(std::vector<std::string> values, EnumOptions options) {
  return enumeration("Enum", "", std::move(values), std::move(options));
}
Type JSON() { return plain("JSON"); }
Type Uuid() { return plain("Uuid"); }
Type ARRAY(const Type& element) {
  sql::Type type;
  type.name = "ARRAY";
  type.arguments.push_back(copy_of(element));
  return made(std::move(type));
}

Type CHAR(int length) { return sized("CHAR", length); }
Type VARCHAR(int length) { return sized("VARCHAR", length); }
Type TEXT() { return plain("TEXT"); }
Type INTEGER() { return plain("INTEGER"); }
Type BIGINT() { return plain("BIGINT"); }
Type DECIMAL(int precision, int scale) { return number("DECIMAL", precision, scale); }
Type REAL() { return plain("REAL"); }
Type BLOB() { return plain("BLOB"); }
Type TIMESTAMP(TimeOptions options) { return timed("TIMESTAMP", options); }

Type UserDefined(std::string text) {
  sql::Type type;
  type.name = "UserDefined";
  type.sql = std::move(text);
  return made(std::move(type));
}

namespace postgresql {
namespace {
constexpr const char* kDialect = "postgresql";
}
Type BIT(int length) { return sized("BIT", length, kDialect); }
Type BYTEA() { return plain("BYTEA", kDialect); }
Type CIDR() { return plain("CIDR", kDialect); }
Type CITEXT() { return plain("CITEXT", kDialect); }
Type DATERANGE() { return plain("DATERANGE", kDialect); }
Type ENUM(std::vector<std::string> values, EnumOptions options) {
  return enumeration("ENUM", kDialect, std::move(values), std::move(options));
}
Type HSTORE() { return plain("HSTORE", kDialect); }
Type INET() { return plain("INET", kDialect); }
Type INT4RANGE() { return plain("INT4RANGE", kDialect); }
Type INT8RANGE() { return plain("INT8RANGE", kDialect); }
Type INTERVAL() { return plain("INTERVAL", kDialect); }
Type JSONB() { return plain("JSONB", kDialect); }
Type MACADDR() { return plain("MACADDR", kDialect); }
Type MONEY() { return plain("MONEY", kDialect); }
Type NUMRANGE() { return plain("NUMRANGE", kDialect); }
Type OID() { return plain("OID", kDialect); }
Type TSQUERY() { return plain("TSQUERY", kDialect); }
Type TSRANGE() { return plain("TSRANGE", kDialect); }
Type TSTZRANGE() { return plain("TSTZRANGE", kDialect); }
Type TSVECTOR() { return plain("TSVECTOR", kDialect); }
}  // namespace postgresql

namespace mysql {
namespace {

constexpr const char* kDialect = "mysql";

Type integer(std::string name, IntegerOptions options) {
  sql::Type type;
  type.name = std::move(name);
  type.dialect = kDialect;
  if (options.is_unsigned) type.options.emplace_back("unsigned", "true");
  return made(std::move(type));
}

}  // namespace
Type TINYINT(IntegerOptions options) { return integer("TINYINT", options); }
Type SMALLINT(IntegerOptions options) { return integer("SMALLINT", options); }
Type MEDIUMINT(IntegerOptions options) { return integer("MEDIUMINT", options); }
Type INTEGER(IntegerOptions options) { return integer("INTEGER", options); }
Type BIGINT(IntegerOptions options) { return integer("BIGINT", options); }
Type TINYTEXT() { return plain("TINYTEXT", kDialect); }
Type MEDIUMTEXT() { return plain("MEDIUMTEXT", kDialect); }
Type LONGTEXT() { return plain("LONGTEXT", kDialect); }
Type MEDIUMBLOB() { return plain("MEDIUMBLOB", kDialect); }
Type LONGBLOB() { return plain("LONGBLOB", kDialect); }
Type YEAR() { return plain("YEAR", kDialect); }
Type DATETIME(int fractional_digits) {
  sql::Type type;
  type.name = "DATETIME";
  type.dialect = kDialect;
  type.precision = fractional_digits;
  return made(std::move(type));
}
Type SET(std::vector<std::string> values) {
  sql::Type type;
  type.name = "SET";
  type.dialect = kDialect;
  type.values = std::move(values);
  return made(std::move(type));
}
}  // namespace mysql

}  // namespace retort
