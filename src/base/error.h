#pragma once

// The one exception class is part of the public API.
#include <retort/error.h>
