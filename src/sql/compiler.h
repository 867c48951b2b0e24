#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "sql/build.h"
#include "sql/grammar.h"
#include "sql/node.h"

namespace retort::sql {

// One compilation: a walk over the tree that gives text. Binds are left in the text as marks and
// numbered at the end, because CTEs move in front of what was written before them.
class Compiler {
 public:
  Compiler(const Grammar& grammar, const CompileOptions& options)
      : grammar_(grammar), traits_(grammar.traits()), options_(options) {}

  Compiled run(const Expression& root);

 private:
  // What an element must know of where it stands.
  struct Context {
    bool within_columns = false;  // directly in a select list: labels are written with AS
    bool within_label = false;    // inside such a label
    bool as_from = false;         // a FROM item, not a reference to it
    bool include_table = true;    // columns with their table's name
    bool lateral = false;
    bool insert_into = false;  // the SELECT of an INSERT
    bool literal = false;      // binds inline here whatever the options say
    bool in_operator = false;
    bool eager_grouping = false;
    int compound_index = -1;
    const Node* label_as_name = nullptr;  // this label is written by its name alone
    const node::Alias* enclosing_alias = nullptr;
    const node::Cte* visiting_cte = nullptr;
    Op negated_op = Op::kNone;  // kIn or kNotIn around an expanding bind
  };

  // A select, insert, ... that is being written.
  struct Level {
    std::vector<Expression> correlate_froms{};  // FROM items of this and the outer levels
    std::vector<Expression> as_from_froms{};    // of this level
    const node::Select* select = nullptr;
    bool wants_columns = false;
  };

  // A column of a select list with the label it must take.
  struct Labelled {
    Expression column{};
    std::string required{};  // label to write always
    std::string fallback{};  // label for an expression that has no name
    std::string name{};      // of the result
  };

  // elements
  std::string visit(const Expression& expression, const Context& context);
  std::string visit(const node::Text& n, const Context& context);
  std::string visit(const Expression& self, const node::Bind& n, const Context& context);
  std::string visit(const Expression& self, const node::Column& n, const Context& context);
  std::string visit(const Expression& self, const node::Label& n, const Context& context);
  std::string visit(const Expression& self, const node::Function& n, const Context& context);
  std::string visit(const node::Over& n, const Context& context);
  std::string visit(const node::Unary& n, const Context& context);
  std::string visit(const Expression& self, const node::Binary& n, const Context& context);
  std::string visit(const node::List& n, const Context& context);
  std::string visit(const node::AsBoolean& n, const Context& context);
  std::string visit(const node::Case& n, const Context& context);
  std::string visit(const Expression& self, const node::Cast& n, const Context& context);
  std::string visit(const node::LabelReference& n, const Context& context);
  std::string constant(node::Constant n);
  std::string like(const node::Binary& n, const std::string& left, const std::string& right,
                   std::string_view keyword);
  std::string list(const std::vector<Expression>& items, std::string_view separator,
                   const Context& context);
  std::string conditions(const std::vector<Expression>& criteria, const Context& context);
  std::string expanding(const Expression& self, const node::Bind& n, const Context& context);
  std::string literal(const Datum& value, const Type& type);
  std::string mark(Slot slot);

  // FROM items
  std::string visit(const node::Table& n, const Context& context);
  std::string visit(const Expression& self, const node::Alias& n, const Context& context);
  std::string visit(const Expression& self, const node::Cte& n, const Context& context);
  std::string visit(const node::Join& n, const Context& context);
  std::string visit(const node::Values& n, const Context& context);
  // The name a column of it is qualified with; empty when it has none.
  std::string qualifier(const Expression& from);
  std::string anonymous(std::uint64_t id, const std::string& base);
  std::string anonymous(const Node* node, const std::string& base);
  std::string alias_base(const Expression& element);

  // statements
  std::string visit(const Expression& self, const node::Select& n, const Context& context);
  std::string visit(const node::Compound& n, const Context& context);
  std::string visit(const node::TextSelect& n, const Context& context);
  std::string visit(const node::Insert& n, const Context& context);
  std::string visit(const node::Update& n, const Context& context);
  std::string visit(const node::Delete& n, const Context& context);
  std::vector<Labelled> label_columns(const std::vector<Expression>& columns);
  std::string select_column(const Labelled& column, bool as_from, Context context);
  std::vector<Expression> display_froms(const node::Select& n, const Context& context);
  std::string order_by(const std::vector<Expression>& items, const Context& context);
  std::string row_limits(const Expression& limit, const Expression& offset, const Context& context);
  std::string ctes();
  void visit_ctes(const std::vector<Expression>& list, const Context& context);
  std::string returning(const std::vector<Expression>& columns, const Context& context);
  std::string on_conflict(const node::OnConflict& n, const Expression& table,
                          const Context& context);
  // Values of INSERT and UPDATE in the table's order, those of the execution included.
  std::vector<node::Assignment> assignments(const Expression& table,
                                            const std::vector<node::Assignment>& given,
                                            bool use_execution_values);
  std::string value(const Expression& value, const Context& context);
  void note_columns(const std::vector<Labelled>& columns);

  const ExecutionValue* execution_value(std::string_view name) const;
  std::string finish(std::string text);

  const Grammar& grammar_;
  const Grammar::Traits& traits_;
  const CompileOptions& options_;
  std::vector<Slot> slots_;  // by mark
  std::map<std::string, int> counters_;
  std::map<const Node*, std::string> node_names_;
  std::map<std::uint64_t, std::string> id_names_;
  std::vector<Level> stack_;
  struct WrittenCte {
    const node::Cte* node;
    std::string text;
  };
  std::vector<WrittenCte> ctes_;
  std::vector<const node::Cte*> open_ctes_;
  std::vector<ResultColumn> columns_;
  bool columns_noted_ = false;
  int depth_ = 0;  // of expressions in one another
};

}  // namespace retort::sql
