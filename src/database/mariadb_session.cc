#include "database/mariadb_session.h"

#include <deque>
#include <vector>

#include "base/error.h"
#include "database/mariadb_error.h"
#include "database/mariadb_text.h"

namespace retort::database {

// Rows as the server sends them.
class MariadbRows final : public Result {
 public:
  MariadbRows(MariadbSessionPtr session, MariadbStatement statement)
      : session_(std::move(session)), statement_(std::move(statement)) {
    session_->settle();
    MariadbHandle* handle = session_->handle;
    if (api_.query(handle, statement_.sent.data(), statement_.sent.size()) != 0) throw error();
    coming_ = true;
    session_->open = this;
    if (api_.field_count(handle) == 0) {
      affected_ = static_cast<std::int64_t>(api_.affected_rows(handle));
      last_id_ = static_cast<std::int64_t>(api_.insert_id(handle));
      // What has no rows is done now: its errors belong to the call that ran it.
      finish();
      return;
    }
    start_rows();
  }
  MariadbRows(const MariadbRows&) = delete;
  MariadbRows& operator=(const MariadbRows&) = delete;
  ~MariadbRows() override {
    if (!coming_) return;
    try {
      while (rows_ != nullptr && api_.fetch_row(rows_) != nullptr) {
      }
      free_rows();
      finish();
    } catch (const std::exception&) {
      // Nobody asks for the rest.
      done();
    }
  }

  const std::vector<std::string>& columns() const override { return columns_; }
  std::string column_type(std::size_t column) const override {
    return std::string(mariadb_type_name(fields_[column]));
  }

  bool next() override {
    if (!ready_.empty()) {
      if (on_ready_) ready_.pop_front();
      on_ready_ = true;
      if (!ready_.empty()) return true;
    }
    return coming_ && fetch();
  }

  sql::Datum get(std::size_t column) const override {
    return ready_.empty() ? datum(column) : ready_.front()[column];
  }

  std::int64_t affected_rows() const override { return affected_; }
  std::int64_t last_insert_id() const override { return last_id_; }

  // Into memory: the row that is being looked at as well.
  void read_rest() {
    if (!coming_) return;
    if (row_ != nullptr && ready_.empty()) {
      ready_.push_back(copied());
      on_ready_ = true;
    }
    while (fetch()) ready_.push_back(copied());
  }

 private:
  void start_rows() {
    rows_ = api_.use_result(session_->handle);
    if (rows_ == nullptr) {
      done();
      throw error();
    }
    unsigned int count = api_.columns(rows_);
    const MariadbField* fields = api_.fields(rows_);
    for (unsigned int i = 0; i < count; ++i) {
      columns_.emplace_back(fields[i].name, fields[i].name_length);
      fields_.push_back(fields[i]);
      // Not there any more when the result is freed.
      fields_.back().name = nullptr;
    }
  }

  bool fetch() {
    if (rows_ == nullptr) return false;
    row_ = api_.fetch_row(rows_);
    if (row_ != nullptr) {
      lengths_ = api_.fetch_lengths(rows_);
      return true;
    }
    bool failed = api_.error_number(session_->handle) != 0;
    if (failed) {
      Error problem = error();
      free_rows();
      done();
      throw problem;
    }
    affected_ = static_cast<std::int64_t>(api_.affected_rows(session_->handle));
    free_rows();
    finish();
    return false;
  }

  sql::Datum datum(std::size_t column) const {
    if (row_[column] == nullptr) return sql::Null{};
    return mariadb_datum(fields_[column], {row_[column], lengths_[column]});
  }

  std::vector<sql::Datum> copied() const {
    std::vector<sql::Datum> out;
    out.reserve(columns_.size());
    for (std::size_t i = 0; i < columns_.size(); ++i) out.push_back(datum(i));
    return out;
  }

  void free_rows() {
    if (rows_ != nullptr) api_.free_result(rows_);
    rows_ = nullptr;
    row_ = nullptr;
  }

  void done() {
    coming_ = false;
    session_->open = nullptr;
  }

  // The results of the text's further statements, and of a procedure's end. What they give is
  // dropped.
  void finish() {
    while (true) {
      int status = api_.next_result(session_->handle);
      if (status < 0) break;
      if (status > 0) {
        Error problem = error();
        done();
        throw problem;
      }
      if (MariadbResultHandle* more = api_.use_result(session_->handle)) {
        while (api_.fetch_row(more) != nullptr) {
        }
        api_.free_result(more);
        if (api_.error_number(session_->handle) != 0) {
          Error problem = error();
          done();
          throw problem;
        }
      }
    }
    done();
  }

  Error error() const {
    return mariadb_error(api_, session_->handle, statement_.sent, statement_.shown,
                         statement_.place);
  }

  const Libmariadb& api_ = libmariadb();
  MariadbSessionPtr session_;
  MariadbStatement statement_;
  std::vector<std::string> columns_;
  std::vector<MariadbField> fields_;
  MariadbResultHandle* rows_ = nullptr;
  char** row_ = nullptr;
  unsigned long* lengths_ = nullptr;
  std::deque<std::vector<sql::Datum>> ready_;  // read ahead by settle()
  bool on_ready_ = false;                      // the first of them has been asked for
  bool coming_ = false;                        // the server has not said that this was all
  std::int64_t affected_ = -1;
  std::int64_t last_id_ = 0;
};

MariadbSession::~MariadbSession() {
  if (handle != nullptr) libmariadb().close(handle);
}

void MariadbSession::settle() {
  if (open != nullptr) open->read_rest();
}

std::unique_ptr<Result> mariadb_run(const MariadbSessionPtr& session, MariadbStatement statement) {
  return std::make_unique<MariadbRows>(session, std::move(statement));
}

}  // namespace retort::database
