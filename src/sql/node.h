#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "sql/expression.h"
#include "sql/operators.h"
#include "sql/type.h"

// The kinds of node of the expression tree. Plain values; build.h makes them with SQLAlchemy's
// rules of typing and grouping, compile() writes them.
namespace retort::sql {

namespace node {

// ---- elements

// SQL as written. With `parse`, ":name" is a bind (its value in `binds` where it has one), "\:" a
// colon and "::" not a bind.
struct Text {
  std::string sql{};
  bool parse = false;
  std::vector<Expression> binds{};  // Bind nodes, by their names
  friend bool operator==(const Text&, const Text&) = default;
};

// A value that goes to the driver beside the text. Several for an expanding one (IN), rows of
// several for a tuple's IN.
using BindValue =
    std::variant<std::monostate, Datum, std::vector<Datum>, std::vector<std::vector<Datum>>>;

struct Bind {
  std::string name{};
  BindValue value{};
  bool required = false;  // the value comes with the execution
  bool unique = false;    // numbered: name_1, name_2
  bool expanding = false;
  bool literal_execute = false;  // rendered into the text always
  friend bool operator==(const Bind&, const Bind&) = default;
};

struct Column {
  std::string name{};
  Expression from{};     // the table, alias, ... it is of; absent for column("x")
  bool literal = false;  // literal_column: the name is SQL
  friend bool operator==(const Column&, const Column&) = default;
};

struct Label {
  std::string name{};  // empty: anonymous, numbered
  Expression element{};
  friend bool operator==(const Label&, const Label&) = default;
};

struct Function {
  std::vector<std::string> packages{};
  std::string name{};
  std::vector<Expression> arguments{};
  std::vector<Expression> order_by{};  // aggregate_order_by() of the function itself
  friend bool operator==(const Function&, const Function&) = default;
};

struct Filter {  // func(...) FILTER (WHERE ...)
  Expression function{};
  Expression criterion{};
  friend bool operator==(const Filter&, const Filter&) = default;
};

struct Frame {
  // Rows from the current one: negative before, positive after; absent: unbounded.
  std::optional<std::int64_t> lower{}, upper{};
  friend bool operator==(const Frame&, const Frame&) = default;
};

struct Over {
  Expression element{};
  std::vector<Expression> partition_by{}, order_by{};
  std::string frame_kind{};  // "ROWS", "RANGE", "GROUPS" or empty
  Frame frame{};
  friend bool operator==(const Over&, const Over&) = default;
};

struct WithinGroup {
  Expression element{};
  std::vector<Expression> order_by{};
  friend bool operator==(const WithinGroup&, const WithinGroup&) = default;
};

struct AggregateOrderBy {  // array_agg(x ORDER BY y)
  Expression target{};
  std::vector<Expression> order_by{};
  friend bool operator==(const AggregateOrderBy&, const AggregateOrderBy&) = default;
};

struct Unary {
  Op op = Op::kNone;        // written before
  Op modifier = Op::kNone;  // written after
  Expression element{};
  friend bool operator==(const Unary&, const Unary&) = default;
};

struct Binary {
  Op op = Op::kNone;
  Expression left{}, right{};
  CustomOp custom{};
  Op negate = Op::kNone;
  std::optional<std::string> escape{};  // LIKE ... ESCAPE
  std::optional<std::string> flags{};   // regexp_match, regexp_replace
  bool symmetric = false;               // BETWEEN SYMMETRIC
  friend bool operator==(const Binary&, const Binary&) = default;
};

// Clauses with one operator between them: AND, OR, "+", ", ".
struct List {
  Op op = Op::kComma;
  std::vector<Expression> clauses{};
  bool group = true;
  friend bool operator==(const List&, const List&) = default;
};

struct Grouping {
  Expression element{};
  friend bool operator==(const Grouping&, const Grouping&) = default;
};

// A boolean value used as a condition: "x", "x = 1" where the engine has no booleans.
struct AsBoolean {
  Expression element{};
  Op op = Op::kIsTrue;
  friend bool operator==(const AsBoolean&, const AsBoolean&) = default;
};

struct Case {
  Expression value{};
  std::vector<std::pair<Expression, Expression>> whens{};
  Expression otherwise{};
  friend bool operator==(const Case&, const Case&) = default;
};

struct Cast {  // to the node's type
  Expression element{};
  bool try_cast = false;
  friend bool operator==(const Cast&, const Cast&) = default;
};

struct TypeCoerce {
  Expression element{};
  friend bool operator==(const TypeCoerce&, const TypeCoerce&) = default;
};

struct Extract {
  std::string field{};
  Expression element{};
  friend bool operator==(const Extract&, const Extract&) = default;
};

enum class Constant : std::uint8_t { kNull, kTrue, kFalse, kDefault };

struct Collation {
  std::string name{};
  friend bool operator==(const Collation&, const Collation&) = default;
};

// A name in ORDER BY, GROUP BY or DISTINCT that means a column of the select's list.
struct LabelReference {
  std::string name{};
  friend bool operator==(const LabelReference&, const LabelReference&) = default;
};

struct Tuple {
  std::vector<Expression> clauses{};
  friend bool operator==(const Tuple&, const Tuple&) = default;
};

struct Array {  // ARRAY[...]
  std::vector<Expression> elements{};
  friend bool operator==(const Array&, const Array&) = default;
};

struct Slice {  // [start:stop]
  Expression start{}, stop{};
  friend bool operator==(const Slice&, const Slice&) = default;
};

struct ScalarSubquery {
  Expression select{};
  friend bool operator==(const ScalarSubquery&, const ScalarSubquery&) = default;
};

struct Exists {
  Expression select{};
  friend bool operator==(const Exists&, const Exists&) = default;
};

// ---- FROM items

struct TableColumn {
  std::string name{};
  Type type{};
  std::string key{};  // the name in .c; empty: as `name`
  bool primary_key = false;
  std::vector<std::string> references{};  // foreign keys: "[schema.]table.column"
  friend bool operator==(const TableColumn&, const TableColumn&) = default;
};

struct Table {
  std::string name{};
  std::string schema{};
  std::vector<TableColumn> columns{};
  friend bool operator==(const Table&, const Table&) = default;
};

// A table or function under another name, or a subquery (its element is a statement).
struct Alias {
  Expression element{};
  std::string name{};    // empty: anonymous, numbered at compilation
  std::uint64_t id = 0;  // tells anonymous ones apart
  bool lateral = false;
  bool derived = false;                // functions: AS name(column, ...)
  bool derived_types = false;          // ... with the types of the columns
  bool with_ordinality = false;        // functions: WITH ORDINALITY, whose column is the last
  std::vector<TableColumn> columns{};  // of a function
  Expression tablesample{};            // TABLESAMPLE method
  Expression seed{};                   // REPEATABLE (seed)
  friend bool operator==(const Alias&, const Alias&) = default;
};

struct Cte {
  Expression element{};
  std::string name{};
  std::uint64_t id = 0;
  bool recursive = false;
  std::optional<bool> materialized{};
  // The same CTE before union(): references to it are references to this one.
  std::uint64_t restates = 0;
  friend bool operator==(const Cte&, const Cte&) = default;
};

struct Join {
  Expression left{}, right{}, on{};
  bool outer = false;
  bool full = false;
  friend bool operator==(const Join&, const Join&) = default;
};

struct FromGrouping {
  Expression element{};
  friend bool operator==(const FromGrouping&, const FromGrouping&) = default;
};

// Text or a function's call as a FROM item.
struct FromText {
  Expression element{};
  friend bool operator==(const FromText&, const FromText&) = default;
};

struct Values {
  std::vector<TableColumn> columns{};
  std::vector<std::vector<Expression>> rows{};
  std::string name{};
  std::uint64_t id = 0;
  bool literal_binds = false;
  bool lateral = false;
  friend bool operator==(const Values&, const Values&) = default;
};

// ---- statements

struct ForUpdate {
  bool read = false;
  bool nowait = false;
  bool skip_locked = false;
  bool key_share = false;
  std::vector<Expression> of{};
  friend bool operator==(const ForUpdate&, const ForUpdate&) = default;
};

// A .join() of a select: the left side is absent where it is to be found.
struct SelectJoin {
  Expression left{}, right{}, on{};
  bool outer = false;
  bool full = false;
  friend bool operator==(const SelectJoin&, const SelectJoin&) = default;
};

struct Select {
  std::vector<Expression> columns{};
  std::vector<Expression> from{};  // select_from(); more is found in the columns and WHERE
  std::vector<SelectJoin> joins{};
  std::vector<Expression> where{};
  std::vector<Expression> group_by{};
  std::vector<Expression> having{};
  std::vector<Expression> order_by{};
  Expression limit{}, offset{}, fetch{};
  bool distinct = false;
  std::vector<Expression> distinct_on{};
  std::optional<ForUpdate> for_update{};
  std::optional<std::vector<Expression>> correlate{};         // correlate(...)
  std::optional<std::vector<Expression>> correlate_except{};  // correlate_except(...)
  std::vector<std::string> prefixes{}, suffixes{};
  std::vector<Expression> ctes{};  // add_cte()
  friend bool operator==(const Select&, const Select&) = default;
};

struct Compound {
  std::string keyword{};  // "UNION", "UNION ALL", "INTERSECT", ...
  std::vector<Expression> selects{};
  std::vector<Expression> group_by{};
  std::vector<Expression> order_by{};
  Expression limit{}, offset{};
  std::optional<ForUpdate> for_update{};
  std::vector<Expression> ctes{};
  friend bool operator==(const Compound&, const Compound&) = default;
};

struct SelectGrouping {
  Expression select{};
  friend bool operator==(const SelectGrouping&, const SelectGrouping&) = default;
};

struct TextSelect {  // text("...").columns(...)
  Expression text{};
  std::vector<Expression> columns{};
  friend bool operator==(const TextSelect&, const TextSelect&) = default;
};

struct Assignment {
  std::string column{};  // its key in the table
  Expression target{};   // for what is not a plain column: data['x']
  Expression value{};
  friend bool operator==(const Assignment&, const Assignment&) = default;
};

struct OnConflict {
  bool nothing = true;
  std::vector<Expression> index_elements{};
  std::string constraint{};
  Expression index_where{};
  std::vector<Assignment> set{};
  Expression where{};
  friend bool operator==(const OnConflict&, const OnConflict&) = default;
};

struct Insert {
  Expression table{};
  std::vector<Assignment> values{};
  std::vector<std::vector<Assignment>> rows{};  // values([...]): one statement, many rows
  std::vector<std::string> select_columns{};    // from_select()
  Expression select{};
  std::optional<OnConflict> on_conflict{};
  std::vector<Assignment> on_duplicate{};  // MySQL
  std::vector<Expression> returning{};
  std::vector<std::string> prefixes{};
  std::vector<Expression> ctes{};
  friend bool operator==(const Insert&, const Insert&) = default;
};

struct Update {
  Expression table{};
  std::vector<Assignment> values{};
  std::vector<Expression> where{};
  std::vector<Expression> returning{};
  std::vector<std::string> prefixes{};
  std::vector<Expression> ctes{};
  Expression limit{};  // mysql_limit
  friend bool operator==(const Update&, const Update&) = default;
};

struct Delete {
  Expression table{};
  std::vector<Expression> where{};
  std::vector<Expression> returning{};
  std::vector<std::string> prefixes{};
  std::vector<Expression> ctes{};
  Expression limit{};
  friend bool operator==(const Delete&, const Delete&) = default;
};

}  // namespace node

using NodeVariant =
    std::variant<node::Text, node::Bind, node::Column, node::Label, node::Function, node::Filter,
                 node::Over, node::WithinGroup, node::AggregateOrderBy, node::Unary, node::Binary,
                 node::List, node::Grouping, node::AsBoolean, node::Case, node::Cast,
                 node::TypeCoerce, node::Extract, node::Constant, node::Collation,
                 node::LabelReference, node::Tuple, node::Array, node::Slice, node::ScalarSubquery,
                 node::Exists, node::Table, node::Alias, node::Cte, node::Join, node::FromGrouping,
                 node::FromText, node::Values, node::Select, node::Compound, node::SelectGrouping,
                 node::TextSelect, node::Insert, node::Update, node::Delete>;

// Its special members are compiled in expression.cc.
struct NodeKind : NodeVariant {
  using NodeVariant::NodeVariant;
  NodeKind();
  NodeKind(const NodeKind&);
  NodeKind(NodeKind&&) noexcept;
  NodeKind& operator=(const NodeKind&);
  NodeKind& operator=(NodeKind&&) noexcept;
  ~NodeKind();
  friend bool operator==(const NodeKind&, const NodeKind&);
};

struct Node {
  NodeKind kind{};
  Type type{};  // of its value; NullType where it is not known
  friend bool operator==(const Node&, const Node&) = default;
};

Expression make(NodeKind kind, Type type = {});

// The node as one of its kinds, or nullptr.
template <typename T>
const T* get(const Expression& expression) {
  return expression ? std::get_if<T>(&(*expression).kind) : nullptr;
}

}  // namespace retort::sql
