#pragma once

#include <cstddef>

// libpq as far as it is used, declared here and loaded when the first PostgreSQL URL is opened: the
// program neither needs its headers to build nor the library to run on other databases. What the
// functions mean: PostgreSQL 15, chapter 34.
extern "C" {
struct pg_conn;
struct pg_result;
struct pg_cancel;
}

namespace retort::database {

using PgConnection = pg_conn;
using PgResult = pg_result;
using PgCancel = pg_cancel;

enum class PgStatus : int {  // ExecStatusType
  kEmptyQuery = 0,
  kCommandOk = 1,
  kTuplesOk = 2,
  kCopyOut = 3,
  kCopyIn = 4,
  kBadResponse = 5,
  kNonfatalError = 6,
  kFatalError = 7,
  kCopyBoth = 8,
  kSingleTuple = 9,
};

enum class PgTransaction : int {  // PGTransactionStatusType
  kIdle = 0,
  kActive = 1,
  kInTransaction = 2,
  kInError = 3,
  kUnknown = 4,
};

struct PgOption {  // PQconninfoOption
  char* keyword;
  char* environment;
  char* compiled;
  char* value;
  char* label;
  char* display;
  int display_size;
};

// Which part of an error PQresultErrorField() gives.
namespace pg_field {
inline constexpr int kSeverity = 'V';  // not translated
inline constexpr int kSqlstate = 'C';
inline constexpr int kMessage = 'M';
inline constexpr int kDetail = 'D';
inline constexpr int kHint = 'H';
inline constexpr int kPosition = 'P';  // in characters, from 1
inline constexpr int kContext = 'W';
}  // namespace pg_field

struct Libpq {
  PgConnection* (*connect)(const char* const* keywords, const char* const* values, int expand);
  void (*finish)(PgConnection*);
  int (*status)(const PgConnection*);  // 0: connected
  PgTransaction (*transaction_status)(const PgConnection*);
  char* (*error_message)(const PgConnection*);
  int (*backend_pid)(const PgConnection*);
  const char* (*parameter_status)(const PgConnection*, const char* name);
  int (*send_query)(PgConnection*, const char* sql);
  int (*set_single_row_mode)(PgConnection*);
  PgResult* (*get_result)(PgConnection*);
  PgStatus (*result_status)(const PgResult*);
  char* (*result_error_message)(const PgResult*);
  char* (*result_error_field)(const PgResult*, int field);
  void (*clear)(PgResult*);
  int (*rows)(const PgResult*);
  int (*columns)(const PgResult*);
  char* (*column_name)(const PgResult*, int column);
  unsigned int (*column_type)(const PgResult*, int column);
  char* (*value)(const PgResult*, int row, int column);
  int (*length)(const PgResult*, int row, int column);
  int (*is_null)(const PgResult*, int row, int column);
  char* (*command_status)(PgResult*);
  char* (*affected)(PgResult*);
  int (*put_copy_end)(PgConnection*, const char* error);
  int (*get_copy_data)(PgConnection*, char** buffer, int async);
  char* (*escape_literal)(PgConnection*, const char* text, std::size_t length);
  unsigned char* (*unescape_bytea)(const unsigned char* text, std::size_t* length);
  void (*free_memory)(void*);
  PgCancel* (*get_cancel)(PgConnection*);
  int (*cancel)(PgCancel*, char* message, int size);
  void (*free_cancel)(PgCancel*);
  void* (*set_notice_receiver)(PgConnection*, void (*receiver)(void*, const PgResult*), void*);
  PgOption* (*defaults)();
  void (*free_options)(PgOption*);
};

// The loaded library. Throws Error(code::kDatabase) that names the package to install.
const Libpq& libpq();

}  // namespace retort::database
