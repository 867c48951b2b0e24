#pragma once

#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "sql/node.h"

// Makes nodes as SQLAlchemy's constructors do: parentheses by precedence, the type of the result,
// AND and OR flattened.
namespace retort::sql {

// ---- leaves

// sa.text(): ":name" in it are binds.
Expression text(std::string sql);
Expression bind(std::string name, Datum value, Type type = {}, bool unique = false);
// A bind whose value comes with the execution.
Expression required_bind(std::string name, Type type = {});
// A value of its own: sa.literal(); numbered "param_1".
Expression literal(Datum value);
Expression literal(Datum value, Type type);
Expression column(std::string name, Type type = {}, Expression from = {});
Expression literal_column(std::string sql, Type type = {});
Expression null();
Expression true_();
Expression false_();
Expression table(std::string name, std::vector<node::TableColumn> columns = {},
                 std::string schema = {});
// The column `key` of a FROM item; absent when it has none of that name.
Expression column_of(const Expression& from, std::string_view key);

// The type a value has where nothing is known of it.
Type type_of(const Datum& value);
// A value compared with `expression`: a bind named and typed for it.
Expression bind_like(const Expression& expression, Op op, Datum value);
Expression bind_like(const Expression& expression, Op op, Datum value, Type value_type);
// The type such a bind takes: the expression's, unless the value is of another family.
Type compared_type(const Expression& expression, Op op, const Type& value_type);

// ---- operators

// The expression as an operand of `against`, in parentheses where it needs them.
Expression group(const Expression& expression, Op against, const CustomOp* custom = nullptr);
// A comparison, arithmetic, concatenation: types and negation as the operator has them.
Expression binary(Op op, const Expression& left, const Expression& right);
Expression custom(CustomOp op, const Expression& left, const Expression& right, Type type = {});
Expression like(Op op, const Expression& left, const Expression& right,
                std::optional<std::string> escape = {});
Expression between(const Expression& value, const Expression& low, const Expression& high,
                   bool symmetric = false);
// `right`: a select, an expanding bind, a tuple, text.
Expression in(const Expression& left, const Expression& right, bool negated = false);
Expression in(const Expression& left, std::vector<Datum> values, bool negated = false);
Expression regexp_match(const Expression& left, const Expression& pattern,
                        std::optional<std::string> flags = {});
Expression regexp_replace(const Expression& left, const Expression& pattern,
                          const Expression& replacement, std::optional<std::string> flags = {});
Expression and_(std::vector<Expression> clauses);
Expression or_(std::vector<Expression> clauses);
Expression not_(const Expression& expression);
Expression negative(const Expression& expression);
Expression bitwise_not(const Expression& expression);
// DESC, ASC, NULLS FIRST, NULLS LAST
Expression ordering(Op modifier, const Expression& expression);
Expression distinct(const Expression& expression);
Expression any_or_all(Op op, const Expression& array);
Expression collate(const Expression& expression, std::string collation);
Expression label(std::string name, const Expression& element);
Expression cast(const Expression& element, Type type);
Expression type_coerce(const Expression& element, Type type);
Expression case_(std::vector<std::pair<Expression, Expression>> whens, Expression otherwise = {},
                 Expression value = {});
Expression extract(std::string field, const Expression& element);
// A function; its type is that of the functions that are known by name.
Expression function(std::string name, std::vector<Expression> arguments = {}, Type type = {},
                    std::vector<std::string> packages = {});
Expression exists(const Expression& select);
Expression scalar_subquery(const Expression& select);
Expression tuple(std::vector<Expression> clauses);
Expression array(std::vector<Expression> elements, Type type = {});

// ---- FROM items

Expression alias(const Expression& element, std::string name = {});
Expression subquery(const Expression& select, std::string name = {});
Expression lateral(const Expression& element, std::string name = {});
Expression cte(const Expression& statement, std::string name = {}, bool recursive = false);
Expression join(const Expression& left, const Expression& right, Expression on, bool outer = false,
                bool full = false);
// The condition of a join that was not given: the foreign keys between the two sides. Throws
// Error(code::kOperation) when there are none or too many.
Expression join_condition(const Expression& left, const Expression& right);
// A number for a new anonymous alias.
std::uint64_t next_id();

// The columns of a FROM item or of a statement that returns rows, as .c has them.
std::vector<node::TableColumn> columns_of(const Expression& from);
// The FROM items an expression needs.
void collect_froms(const Expression& expression, std::vector<Expression>& into);
bool is_statement(const Expression& expression);
bool is_from(const Expression& expression);

}  // namespace retort::sql
