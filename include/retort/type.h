#pragma once

// Column types, named as SQLAlchemy names them. Each database spells them in its own words.
//
//   Column("name", String(80));
//   Column("price", Numeric(12, 2));
//   Column("mood", Enum({"sad", "ok", "happy"}, {.name = "mood"}));
//   Column("payload", JSON().with_variant(postgresql::JSONB(), "postgresql"));
//
// The functions in namespaces `postgresql` and `mysql` make types that only that database has.

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace retort {

namespace sql {
struct Type;
}

// An immutable value; copies share it. Safe to use from several threads.
class Type {
 public:
  Type() = default;  // not known: of a foreign key's column it is taken from the column referred to
  Type(const Type&);
  Type(Type&&) noexcept;
  Type& operator=(const Type&);
  Type& operator=(Type&&) noexcept;
  ~Type();
  explicit Type(std::shared_ptr<const sql::Type> type) : type_(std::move(type)) {}

  bool is_known() const { return type_ != nullptr; }
  std::string name() const;  // "String", "JSONB"
  std::optional<int> length() const;
  std::optional<int> precision() const;
  std::optional<int> scale() const;
  // As SQLAlchemy's repr() has it: "String(length=80)".
  std::string str() const;

  // Another type on one database: "postgresql", "sqlite", "mysql", "mariadb".
  Type with_variant(const Type& type, std::string_view dialect) const;
  // COLLATE of a string type.
  Type with_collation(std::string_view collation) const;

  // Null when the type is not known. For the library's own use.
  const std::shared_ptr<const sql::Type>& implementation() const { return type_; }

  friend bool operator==(const Type& a, const Type& b);

 private:
  std::shared_ptr<const sql::Type> type_;
};

struct TimeOptions {
  bool timezone = false;
};

struct EnumOptions {
  std::string name{};  // of the type where the database has enum types, else of the CHECK
  std::string schema{};
  bool native = true;              // false: VARCHAR everywhere
  bool create_constraint = false;  // a CHECK where it is a VARCHAR
};

Type SmallInteger();
Type Integer();
Type BigInteger();
Type Boolean();
Type String();
Type String(int length);
Type Unicode();
Type Unicode(int length);
Type Text();
Type UnicodeText();
Type LargeBinary();
Type LargeBinary(int length);
Type Date();
Type Time(TimeOptions options = {});
Type DateTime(TimeOptions options = {});
Type Interval();
Type Numeric();
Type Numeric(int precision);
Type Numeric(int precision, int scale);
Type Float();
Type Float(int precision);
Type Double();
Type Enum(std::vector<std::string> values, EnumOptions options = {});
Type JSON();
Type Uuid();
Type ARRAY(const Type& element);

// SQL's own names, the same on every database that has them.
Type CHAR(int length);
Type VARCHAR(int length);
Type TEXT();
Type INTEGER();
Type BIGINT();
Type DECIMAL(int precision, int scale);
Type REAL();
Type BLOB();
Type TIMESTAMP(TimeOptions options = {});

// A type that only its SQL is known of: UserDefined("vector(3)").
Type UserDefined(std::string sql);

namespace postgresql {
Type BIT(int length);
Type BYTEA();
Type CIDR();
Type CITEXT();
Type DATERANGE();
Type ENUM(std::vector<std::string> values, EnumOptions options);
Type HSTORE();
Type INET();
Type INT4RANGE();
Type INT8RANGE();
Type INTERVAL();
Type JSONB();
Type MACADDR();
Type MONEY();
Type NUMRANGE();
Type OID();
Type TSQUERY();
Type TSRANGE();
Type TSTZRANGE();
Type TSVECTOR();
}  // namespace postgresql

namespace mysql {
struct IntegerOptions {
  bool is_unsigned = false;
};
Type TINYINT(IntegerOptions options = {});
Type SMALLINT(IntegerOptions options = {});
Type MEDIUMINT(IntegerOptions options = {});
Type INTEGER(IntegerOptions options = {});
Type BIGINT(IntegerOptions options = {});
Type TINYTEXT();
Type MEDIUMTEXT();
Type LONGTEXT();
Type MEDIUMBLOB();
Type LONGBLOB();
Type YEAR();
Type DATETIME(int fractional_digits);
Type SET(std::vector<std::string> values);
}  // namespace mysql

}  // namespace retort
