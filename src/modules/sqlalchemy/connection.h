#pragma once

#include "modules/host.h"
#include "python/evaluator.h"

namespace retort::modules {

// What op.get_bind() gives: a Connection over the host's database, or with --sql one that prints
// statements and has no results. One object a session.
python::Value connection_object(python::Evaluator& evaluator, Host& host);
// The same for an engine that evaluated code made: `connection.engine` is then this one.
python::Value connection_of(python::Evaluator& evaluator, Host& host, python::Value engine);
// The session behind a Connection; nullptr for any other value.
Host* session_of(python::Value connection);
// `bind.dialect`: name, driver, type_descriptor(), identifier_preparer. One object a session.
// The class of a dialect's objects: "postgresql" -> PGDialect.
python::Class* dialect_class(python::Evaluator& evaluator, std::string_view name);
python::Value dialect_object(python::Evaluator& evaluator, Host& host);

// sa.inspect(bind).
python::Value inspector_object(python::Evaluator& evaluator, Host& host);
// Its class, which needs no database.
python::Class* inspector_class(python::Evaluator& evaluator, Host& host);

void bind_connections(python::Evaluator& evaluator, Host& host);

}  // namespace retort::modules
