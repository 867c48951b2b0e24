#include "database/postgresql_session.h"

#include <charconv>
#include <deque>
#include <vector>

#include "database/postgresql_error.h"
#include "database/postgresql_text.h"

namespace retort::database {

// Rows as the server sends them: one PGresult a row while streaming, else one with all.
class PostgresqlRows final : public Result {
 public:
  PostgresqlRows(PostgresqlSessionPtr session, PostgresqlStatement statement, bool stream)
      : session_(std::move(session)), statement_(std::move(statement)) {
    session_->settle();
    if (pq_.send_query(session_->handle, statement_.sent.c_str()) == 0) {
      throw error(nullptr);
    }
    if (stream) pq_.set_single_row_mode(session_->handle);
    coming_ = true;
    session_->open = this;
    if (stream) {
      read_one();
      // What has no rows is done now: its errors belong to the call that ran it.
      if (columns_.empty()) read_rest();
    } else {
      read_rest();
    }
  }
  PostgresqlRows(const PostgresqlRows&) = delete;
  PostgresqlRows& operator=(const PostgresqlRows&) = delete;
  ~PostgresqlRows() override {
    while (coming_) {
      PgResultPtr result(pq_.get_result(session_->handle));
      if (!result) done();
    }
  }

  const std::vector<std::string>& columns() const override { return columns_; }
  std::string column_type(std::size_t column) const override {
    return std::string(postgresql_type_name(types_[column]));
  }

  bool next() override {
    if (!ready_.empty() && ++row_ < pq_.rows(ready_.front().get())) return true;
    if (!ready_.empty()) ready_.pop_front();
    row_ = 0;
    while (ready_.empty() && coming_) read_one();
    return !ready_.empty();
  }

  sql::Datum get(std::size_t column) const override {
    const PgResult* row = ready_.front().get();
    int i = static_cast<int>(column);
    if (pq_.is_null(row, row_, i) != 0) return sql::Null{};
    std::string_view text(pq_.value(row, row_, i),
                          static_cast<std::size_t>(pq_.length(row, row_, i)));
    return postgresql_datum(types_[column], text);
  }

  std::int64_t affected_rows() const override { return affected_; }
  std::int64_t last_insert_id() const override { return 0; }

  void read_rest() {
    while (coming_) read_one();
  }

 private:
  void done() {
    coming_ = false;
    session_->open = nullptr;
  }

  void read_one() {
    PgResultPtr result(pq_.get_result(session_->handle));
    if (!result) {
      done();
      if (pq_.status(session_->handle) != 0) throw error(nullptr);
      return;
    }
    switch (pq_.result_status(result.get())) {
      case PgStatus::kSingleTuple:
      case PgStatus::kTuplesOk:
        keep(std::move(result));
        return;
      case PgStatus::kCommandOk:
      case PgStatus::kEmptyQuery:
        start_result(*result);
        note_affected(*result);
        return;
      case PgStatus::kCopyIn:
      case PgStatus::kCopyBoth:
        pq_.put_copy_end(session_->handle, "no data follows");
        refuse_copy();
      case PgStatus::kCopyOut: {
        char* data = nullptr;
        while (pq_.get_copy_data(session_->handle, &data, 0) > 0) pq_.free_memory(data);
        refuse_copy();
      }
      default: {
        // Read to the end first: a session that is ended shows itself there.
        while (PgResult* more = pq_.get_result(session_->handle)) pq_.clear(more);
        done();
        throw error(result.get());
      }
    }
  }

  // A result of several: what an earlier statement of the text gave is forgotten.
  void start_result(const PgResult& result) {
    ready_.clear();
    columns_.clear();
    types_.clear();
    row_ = -1;
    int count = pq_.columns(&result);
    for (int i = 0; i < count; ++i) {
      columns_.emplace_back(pq_.column_name(&result, i));
      types_.push_back(pq_.column_type(&result, i));
    }
  }

  void keep(PgResultPtr result) {
    bool single = pq_.result_status(result.get()) == PgStatus::kSingleTuple;
    if (!streaming_) start_result(*result);
    streaming_ = single;
    if (!single) note_affected(*result);
    if (pq_.rows(result.get()) > 0) ready_.push_back(std::move(result));
  }

  void note_affected(PgResult& result) {
    std::string_view text = pq_.affected(&result);
    affected_ = -1;
    if (!text.empty()) std::from_chars(text.data(), text.data() + text.size(), affected_);
  }

  [[noreturn]] void refuse_copy() {
    while (PgResult* more = pq_.get_result(session_->handle)) pq_.clear(more);
    done();
    throw Error(code::kDatabase, "COPY between the server and this program is not supported")
        .with_statement(statement_.shown, "0A000")
        .with_hint(
            "write INSERT (op.bulk_insert() sends many rows at once), or COPY from a file "
            "of the server's");
  }

  Error error(const PgResult* result) const {
    return postgresql_error(pq_, session_->handle, result, statement_.sent, statement_.shown,
                            statement_.place);
  }

  const Libpq& pq_ = libpq();
  PostgresqlSessionPtr session_;
  PostgresqlStatement statement_;
  std::vector<std::string> columns_;
  std::vector<unsigned int> types_;
  std::deque<PgResultPtr> ready_;
  int row_ = -1;            // of ready_.front()
  bool coming_ = false;     // the server has not said that this was all
  bool streaming_ = false;  // within the rows of one result
  std::int64_t affected_ = -1;
};

PostgresqlSession::~PostgresqlSession() {
  if (handle != nullptr && owned) libpq().finish(handle);
}

void PostgresqlSession::settle() {
  if (open != nullptr) open->read_rest();
}

std::unique_ptr<Result> postgresql_run(const PostgresqlSessionPtr& session,
                                       PostgresqlStatement statement, bool stream) {
  return std::make_unique<PostgresqlRows>(session, std::move(statement), stream);
}

}  // namespace retort::database
