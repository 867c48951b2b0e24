#include "runtime/printer.h"

#include "base/text.h"

namespace retort::runtime {

Printer::Printer(const dialect::Dialect& dialect, const Environment& environment, Write write)
    : dialect_(&dialect), write_(std::move(write)) {
  context_.naming_convention = environment.naming_convention;
  context_.memory = &memory_;
  context_.binds = sql::Binds::kLiteral;
  // Alembic prints no BEGIN and COMMIT for SQLite; a script that is fed to its shell in one piece
  // can be put between them by hand.
  bool dialect_default = dialect.transactional_ddl() && dialect.name() != "sqlite";
  transactional_ = environment.transactional_ddl.value_or(dialect_default);
  per_step_ = environment.transaction_per_migration;
}

void Printer::begin_run() {
  if (transactional_ && !per_step_) statement("BEGIN");
}
void Printer::end_run() {
  if (transactional_ && !per_step_) statement("COMMIT");
}
void Printer::begin_step() {
  if (transactional_ && per_step_) statement("BEGIN");
}
void Printer::end_step() {
  if (transactional_ && per_step_) statement("COMMIT");
}

void Printer::comment(std::string_view text) {
  write_("-- ");
  write_(text);
  write_("\n\n");
}

void Printer::statement(std::string_view sql) {
  write_(replace_all(std::string(trim(sql)), "\t", "    "));
  write_(";\n\n");
}

void Printer::text(std::string_view line) {
  write_(line);
  write_("\n\n");
}

void Printer::invoke(const operations::Operation& operation) {
  for (const sql::Statement& compiled : dialect_->compile(operation, context_)) {
    statement(compiled.sql);
  }
}

void Printer::enter_autocommit() {
  if (transactional_) statement("COMMIT");
}
void Printer::leave_autocommit() {
  if (transactional_) statement("BEGIN");
}

}  // namespace retort::runtime
