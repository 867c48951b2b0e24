#include <algorithm>

#include "base/error.h"
#include "base/text.h"
#include "dialect/sqlite/parse_token.h"
#include "dialect/sqlite/rebuild_batch.h"

namespace retort::dialect::sqlite {
namespace {

// Where the columns are while their renames are put in order.
class Renamer {
 public:
  explicit Renamer(const ParsedTable& table) {
    for (const ParsedColumn& column : table.columns) {
      out_.names.push_back(column.name.text);
      wanted_.push_back(column.name.text);
    }
    dropped_.resize(wanted_.size());
    keys_ = wanted_;
  }

  void note(const operations::Operation& change) {
    if (const auto* drop = std::get_if<operations::DropColumn>(&change)) {
      if (auto i = existing(drop->column)) dropped_[*i] = true;
    } else if (const auto* alter = std::get_if<operations::AlterColumn>(&change)) {
      if (!alter->new_name || *alter->new_name == alter->column) return;
      if (auto i = existing(alter->column)) wanted_[*i] = *alter->new_name;
    }
  }

  ColumnRenames plan() {
    std::vector<std::size_t> pending;
    for (std::size_t i = 0; i < wanted_.size(); ++i) {
      if (wanted_[i] != out_.names[i]) pending.push_back(i);
    }
    while (!pending.empty()) {
      auto free = std::find_if(pending.begin(), pending.end(), [&](std::size_t i) {
        auto holder = holder_of(wanted_[i]);
        return !holder || *holder == i;
      });
      if (free != pending.end()) {
        step(*free, wanted_[*free]);
        pending.erase(free);
        continue;
      }
      std::size_t holder = *holder_of(wanted_[pending.front()]);
      bool leaves = std::find(pending.begin(), pending.end(), holder) != pending.end();
      if (!leaves && !dropped_[holder]) {
        throw Error(code::kOperation, "column " + keys_[pending.front()] + " can't be renamed to " +
                                          wanted_[pending.front()] +
                                          ": the table has a column of that name");
      }
      step(holder, "_alembic_tmp_" + out_.names[holder]);
    }
    return std::move(out_);
  }

 private:
  // The place of a column of the table that is not dropped, by its first or its wanted name.
  std::optional<std::size_t> existing(std::string_view name) const {
    for (const auto& names : {keys_, wanted_}) {
      for (std::size_t i = 0; i < names.size(); ++i) {
        if (!dropped_[i] && same_name(names[i], name)) return i;
      }
    }
    return std::nullopt;
  }

  std::optional<std::size_t> holder_of(std::string_view name) const {
    for (std::size_t i = 0; i < out_.names.size(); ++i) {
      if (same_name(out_.names[i], name)) return i;
    }
    return std::nullopt;
  }

  void step(std::size_t column, const std::string& name) {
    out_.steps.push_back({out_.names[column], name});
    out_.names[column] = name;
  }

  ColumnRenames out_;
  std::vector<std::string> keys_;
  std::vector<std::string> wanted_;
  std::vector<bool> dropped_;
};

}  // namespace

ColumnRenames plan_renames(const std::vector<operations::Operation>& changes,
                           const ParsedTable& table) {
  Renamer renamer(table);
  for (const operations::Operation& change : changes) renamer.note(change);
  return renamer.plan();
}

}  // namespace retort::dialect::sqlite
