#include <retort/callback.h>
#include <retort/error.h>

namespace retort::detail {

void call_of_nothing() { throw Error(code::kMisuse, "a callback that was never set is called"); }

}  // namespace retort::detail
