#include "database/postgresql_error.h"

#include <array>
#include <charconv>
#include <cstdlib>
#include <string>

#include "base/interrupt.h"
#include "base/text.h"
#include "database/statement_text.h"
#include "sql/type_names.h"

namespace retort::database {
namespace {

struct Advice {
  std::string_view about;  // a SQLSTATE, or words of a message
  std::string_view hint;
};

// PostgreSQL 15, appendix A.
constexpr auto kBySqlstate = std::to_array<Advice>({
    {"25001",
     "this statement can't be part of a transaction: put it into `with "
     "op.get_context().autocommit_block():`"},
    {"25P02",
     "an earlier statement of the transaction failed, and PostgreSQL refuses all further ones: put "
     "what may fail into `with bind.begin_nested():`"},
    {"55P04",
     "a value that was added to an enum type can be used after a commit only: add it in `with "
     "op.get_context().autocommit_block():`, or in a revision of its own with "
     "transaction_per_migration"},
    {"42501", "the role that connects lacks a right: its owner or a superuser can GRANT it"},
    {"40P01", "two sessions waited for each other; run it again when the other one has ended"},
    {"55P03", "another session holds a lock on it and lock_timeout has passed: run it again later"},
    {"57014", "statement_timeout has passed, or somebody cancelled the statement"},
    {"53100", "the server's disk is full"},
    {"2BP01", "other objects need it: drop them first, or write DROP ... CASCADE"},
});

constexpr auto kByMessage = std::to_array<Advice>({
    {"password authentication failed",
     "the user or the password of the URL is wrong; write special characters as %40 (@), %3A (:), "
     "%2F (/)"},
    {"no password supplied",
     "the server asks for a password: name one in the URL, in ~/.pgpass or in PGPASSWORD"},
    {"does not exist", "make it first: createdb, or CREATE DATABASE ... / CREATE ROLE ... LOGIN"},
    {"Connection refused", "is the server running there, and does it listen on this port?"},
    {"No such file or directory",
     "no server listens on this socket: is it running? A host in the URL makes it a TCP "
     "connection"},
    {"could not translate host name", "the host's name can't be resolved: is it spelt right?"},
    {"no pg_hba.conf entry", "the server does not let this user in from this machine: pg_hba.conf"},
    {"too many connections", "wait for others to end, or raise max_connections"},
    {"remaining connection slots", "wait for others to end, or raise max_connections"},
    {"unsupported startup parameter",
     "a pooler stands there that does not know an option of the URL or of PGOPTIONS: have it "
     "ignore "
     "them (ignore_startup_parameters), or connect to the server's own port"},
    {"starting up", "the server is starting: try again in a moment"},
    {"SSL", "see sslmode in the URL's options: disable, require, verify-full"},
});

// Byte offset of a character, which the server counts from 1.
std::size_t byte_offset(std::string_view text, std::size_t character) {
  std::size_t at = 0;
  for (std::size_t n = 1; n < character && at < text.size(); ++n) {
    ++at;
    while (at < text.size() && (static_cast<unsigned char>(text[at]) & 0xC0) == 0x80) ++at;
  }
  return at;
}

// One line, without the question that libpq asks on a second one.
std::string one_line(std::string_view text) {
  return replace_all(std::string(trim(text.substr(0, text.find("\n\t")))), "\n", " ");
}

}  // namespace

Error postgresql_error(const Libpq& pq, PgConnection* connection, const PgResult* result,
                       std::string_view sent, std::string_view statement,
                       const std::function<std::size_t(std::size_t)>& place) {
  auto field = [&](int which) {
    const char* text = result != nullptr ? pq.result_error_field(result, which) : nullptr;
    return std::string(text != nullptr ? text : "");
  };
  std::string sqlstate = field(pg_field::kSqlstate);
  std::string message = field(pg_field::kMessage);
  bool lost = pq.status(connection) != 0;
  if (message.empty()) {
    message = one_line(result != nullptr ? pq.result_error_message(result)
                                         : pq.error_message(connection));
  }
  if (lost) {
    message = "the connection to the server was lost: " + message;
    if (sqlstate.empty()) sqlstate = "08006";
  }
  if (std::string detail = field(pg_field::kDetail); !detail.empty()) {
    message += ": " + one_line(detail);
  }
  if (std::string context = field(pg_field::kContext); !context.empty()) {
    message += " (" + context.substr(0, context.find('\n')) + ")";
  }
  Error error(code::kDatabase, message);
  error.with_statement(std::string(statement), sqlstate);
  std::string hint = field(pg_field::kHint);
  for (const Advice& advice : kBySqlstate) {
    if (sqlstate == advice.about) hint += (hint.empty() ? "" : " ") + std::string(advice.hint);
  }
  if (sqlstate == "42704" && message.starts_with("type \"")) {
    std::string_view type = std::string_view(message).substr(6);
    type = type.substr(0, type.find('"'));
    if (std::size_t dot = type.rfind('.'); dot != type.npos) type.remove_prefix(dot + 1);
    hint = sql::unknown_type_hint(type, "postgresql");
  }
  if (sqlstate == "42501" && message.starts_with("permission denied for schema ")) {
    std::string schema = message.substr(std::string_view("permission denied for schema ").size());
    hint = "GRANT USAGE, CREATE ON SCHEMA " + schema + " TO the role that connects" +
           (schema == "public"
                ? ": since PostgreSQL 15 only the owner of the database may make anything there"
                : "");
  }
  if (message.find("extension \"pgvector\" is not available") != std::string::npos) {
    hint = "pgvector's extension is called vector: CREATE EXTENSION IF NOT EXISTS vector";
  }
  if (message.starts_with("no schema has been selected")) {
    hint =
        "none of the schemas of the search_path is there: look at the options of the URL, "
        "PGOPTIONS "
        "and ALTER ROLE ... SET search_path";
  }
  if (sqlstate == "57014" && interrupt_signal() != 0)
    hint = "a signal (Ctrl-C) interrupted the run";
  if (lost) {
    hint = "the server rolls back what was not committed; see its log for why the session ended";
  }
  error.with_hint(std::move(hint));
  if (std::string position = field(pg_field::kPosition); !position.empty() && !statement.empty()) {
    std::size_t character = 0;
    std::from_chars(position.data(), position.data() + position.size(), character);
    std::size_t offset = place(byte_offset(sent, character));
    if (offset <= statement.size()) {
      auto source = std::make_shared<Source>("<statement>", std::string(statement));
      error.with_place({std::move(source), token_at(statement, offset)});
    }
  }
  return error;
}

Error postgresql_connect_error(std::string_view message, std::string_view where) {
  std::string text = one_line(message);
  std::string hint;
  for (const Advice& advice : kByMessage) {
    if (text.find(advice.about) != std::string::npos) {
      hint = advice.hint;
      break;
    }
  }
  return Error(code::kDatabase, "can't connect to " + std::string(where) + ": " + text)
      .with_hint(std::move(hint));
}

}  // namespace retort::database
