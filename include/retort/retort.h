#pragma once

// All of the library but the command line (retort/cli.h): models, migrations, the migrator.
//
// - models        retort/metadata.h, table.h, column.h, constraint.h, type.h, field.h
// - migrations    retort/revision.h, op.h, statement.h, expression.h
// - running them  retort/migrator.h, plan.h, differences.h, connection.h, inspector.h
// - values        retort/value.h; errors: retort/error.h

#include <retort/callback.h>
#include <retort/column.h>
#include <retort/connection.h>
#include <retort/constraint.h>
#include <retort/differences.h>
#include <retort/error.h>
#include <retort/expression.h>
#include <retort/field.h>
#include <retort/inspector.h>
#include <retort/metadata.h>
#include <retort/migrator.h>
#include <retort/op.h>
#include <retort/plan.h>
#include <retort/revision.h>
#include <retort/statement.h>
#include <retort/table.h>
#include <retort/type.h>
#include <retort/value.h>
