#pragma once

#include "config/config.h"
#include "config/settings.h"
#include "modules/environment_host.h"
#include "runtime/environment.h"
#include "runtime/evaluation.h"

namespace retort::runtime {

// Puts into `environment` what the configuration says of models and comparison: target_metadata,
// include and exclude patterns and the options that context.configure() has, too.
void read_configured(const config::Config& config, const config::Settings& settings,
                     Evaluation& evaluation, Environment& environment);

// Puts into it what env.py gave to context.configure(), which wins. Its functions are wrapped and
// run in the evaluation.
void read_configuration(const modules::Configuration& configuration, Evaluation& evaluation,
                        Environment& environment);

}  // namespace retort::runtime
