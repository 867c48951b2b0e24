#pragma once

#include <optional>
#include <span>
#include <vector>

#include "modules/alembic/schema_objects.h"
#include "modules/host.h"
#include "operations/operation.h"
#include "python/evaluator.h"

namespace retort::modules {

// Operations as the objects of alembic.operations.ops (packages/python/alembic_ops.py), for
// functions of env.py to look at, change, make and leave out; and those objects as operations.
//
// An object that was made here keeps its operation, which may know more than the object shows. It
// is given back unless the object was changed: that is, unless it would now be written otherwise
// than when it was made.
class OperationObjects {
 public:
  OperationObjects(python::Evaluator& evaluator, Host& host);

  // One for each operation; those that change the same table one after the other are held by a
  // ModifyTableOps.
  python::Value list(std::span<const operations::Operation> operations);
  python::Value object(const operations::Operation& operation);
  // Throws Error(code::kScript) for an object that stands for no operation.
  std::vector<operations::Operation> read(std::span<const python::Value> objects);

 private:
  struct Recorder;
  struct Origin;
  struct Maker;

  std::vector<operations::Operation> read_one(python::Value object);
  // What a renderer of the project writes for it; nullopt where there is none.
  std::optional<operations::OwnOperation> rendered(python::Value object);
  // What the object's directive does.
  std::vector<operations::Operation> written(python::Value object);

  python::Evaluator& evaluator_;
  SchemaObjects objects_;
  std::shared_ptr<Recorder> recorder_;
  python::Value op_{};  // what directives are called on
};

// The functions by which alembic_ops.py comes back here: _reversed(), _from_item(), _to_item().
void define_operation_objects(python::Evaluator& evaluator, python::Module& ops, Host& host);

}  // namespace retort::modules
