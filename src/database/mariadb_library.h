#pragma once

#include <cstdint>

// MariaDB Connector/C as far as it is used, declared here and loaded when the first MySQL or
// MariaDB URL is opened: the program neither needs its headers to build nor the library to run on
// other databases. What the functions mean:
// https://mariadb.com/kb/en/mariadb-connector-c-api-functions/
extern "C" {
struct st_mysql;
struct st_mysql_res;
}

namespace retort::database {

using MariadbHandle = st_mysql;
using MariadbResultHandle = st_mysql_res;

struct MariadbField {  // MYSQL_FIELD
  char* name;
  char* original_name;
  char* table;
  char* original_table;
  char* database;
  char* catalog;
  char* default_value;
  unsigned long length;
  unsigned long max_length;
  unsigned int name_length;
  unsigned int original_name_length;
  unsigned int table_length;
  unsigned int original_table_length;
  unsigned int database_length;
  unsigned int catalog_length;
  unsigned int default_length;
  unsigned int flags;
  unsigned int decimals;
  unsigned int charset;
  int type;
  void* extension;
};

namespace mariadb_option {  // enum mysql_option
inline constexpr int kConnectTimeout = 0;
inline constexpr int kCompress = 1;
inline constexpr int kInitCommand = 3;
inline constexpr int kReadDefaultFile = 4;
inline constexpr int kReadDefaultGroup = 5;
inline constexpr int kCharset = 7;
inline constexpr int kLocalInfile = 8;
inline constexpr int kProtocol = 9;
inline constexpr int kReadTimeout = 11;
inline constexpr int kWriteTimeout = 12;
inline constexpr int kVerifyServer = 21;
inline constexpr int kPluginFolder = 22;
inline constexpr int kDefaultAuth = 23;
inline constexpr int kBind = 24;
inline constexpr int kSslKey = 25;
inline constexpr int kSslCert = 26;
inline constexpr int kSslCa = 27;
inline constexpr int kSslCaPath = 28;
inline constexpr int kSslCipher = 29;
inline constexpr int kSslCrl = 30;
inline constexpr int kServerPublicKey = 35;
inline constexpr int kSslEnforce = 38;
inline constexpr int kMaxPacket = 39;
inline constexpr int kTlsVersion = 41;
}  // namespace mariadb_option

inline constexpr unsigned int kMariadbProtocolTcp = 1;

namespace mariadb_client {  // client flags
inline constexpr unsigned long kFoundRows = 2;
inline constexpr unsigned long kMultiStatements = 1UL << 16;
inline constexpr unsigned long kMultiResults = 1UL << 17;
}  // namespace mariadb_client

namespace mariadb_status {  // of the session, as the last answer had it
inline constexpr unsigned int kInTransaction = 1;
inline constexpr unsigned int kAutocommit = 2;
}  // namespace mariadb_status

inline constexpr int kMariadbServerStatus = 30;  // enum mariadb_value

struct Libmariadb {
  MariadbHandle* (*init)(MariadbHandle*);
  int (*option)(MariadbHandle*, int option, const void* value);
  MariadbHandle* (*connect)(MariadbHandle*, const char* host, const char* user,
                            const char* password, const char* database, unsigned int port,
                            const char* socket, unsigned long flags);
  void (*close)(MariadbHandle*);
  int (*query)(MariadbHandle*, const char* sql, unsigned long length);
  MariadbResultHandle* (*use_result)(MariadbHandle*);
  int (*next_result)(MariadbHandle*);  // 0: there is one; -1: no more
  unsigned int (*field_count)(MariadbHandle*);
  unsigned int (*columns)(MariadbResultHandle*);
  MariadbField* (*fields)(MariadbResultHandle*);
  char** (*fetch_row)(MariadbResultHandle*);
  unsigned long* (*fetch_lengths)(MariadbResultHandle*);
  void (*free_result)(MariadbResultHandle*);
  std::uint64_t (*affected_rows)(MariadbHandle*);
  std::uint64_t (*insert_id)(MariadbHandle*);
  unsigned int (*error_number)(MariadbHandle*);
  const char* (*error)(MariadbHandle*);
  const char* (*sqlstate)(MariadbHandle*);
  unsigned long (*escape)(MariadbHandle*, char* to, const char* from, unsigned long length);
  const char* (*server_version)(MariadbHandle*);
  unsigned long (*thread_id)(MariadbHandle*);
  char (*info)(MariadbHandle*, int what, void* value, ...);
  const char* (*charset)(MariadbHandle*);
};

// The loaded library. Throws Error(code::kDatabase) that names the package to install.
const Libmariadb& libmariadb();

}  // namespace retort::database
