#pragma once

#include <retort/metadata.h>

namespace app {

// The tables of the application. Change models.cc, then make a revision of the change:
//   build/app_migrate revision --autogenerate -m "what changed"
extern const retort::MetaData metadata;

}  // namespace app
