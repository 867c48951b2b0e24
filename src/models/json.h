#pragma once

#include <string>
#include <string_view>

#include "schema/table.h"
#include "sql/grammar.h"

// A schema as JSON: what a program that knows its models prints for `retort`, in any language, and
// what retort prints for programs. docs/schema-json.md is its manual.
namespace retort::models {

// Expressions are written as SQL of the grammar's dialect.
std::string to_json(const schema::MetaData& metadata, const sql::Grammar& grammar);

// The schema of a text that to_json() or a person wrote: what isn't said has its default, a type
// may be SQL text ("VARCHAR(50)"). `origin` names the text in messages. Throws Error(code::kConfig)
// for another text, with the path of what is wrong ("tables[2].columns[0].type").
schema::MetaData from_json(std::string_view text, std::string_view origin);

}  // namespace retort::models
