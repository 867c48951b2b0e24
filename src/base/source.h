#pragma once

// Places in texts are part of the public API: errors have them.
#include <retort/source.h>
