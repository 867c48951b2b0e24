#include "operations/version_table.h"

namespace retort::operations {

CreateTable create_version_table(const std::string& name, const std::string& schema,
                                 bool primary_key) {
  schema::Column column;
  column.name = "version_num";
  column.type.name = "String";
  column.type.length = 32;
  column.nullable = false;
  column.primary_key = primary_key;
  CreateTable create;
  create.table.name = name;
  create.table.schema = schema;
  create.table.columns = {std::move(column)};
  if (primary_key) {
    create.table.constraints = {schema::PrimaryKey{{name + "_pkc", true}, {"version_num"}}};
  }
  return create;
}

}  // namespace retort::operations
