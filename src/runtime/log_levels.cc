#include "runtime/log_levels.h"

namespace retort::runtime {

namespace {

constexpr int kInfo = 20;
constexpr int kWarning = 30;

int number(Log::Level level) {
  switch (level) {
    case Log::Level::kDebug:
      return 10;
    case Log::Level::kInfo:
      return kInfo;
    case Log::Level::kWarning:
      return kWarning;
    case Log::Level::kError:
      return 40;
  }
  return 0;
}

bool is_below(std::string_view logger, std::string_view above) {
  return logger.starts_with(above) &&
         (logger.size() == above.size() || logger[above.size()] == '.');
}

}  // namespace

void LogLevels::set(std::string_view logger, int level) {
  if (logger.empty()) {
    floor_ = level;
  } else {
    levels_[std::string(logger)] = level;
  }
}

int LogLevels::effective(std::string_view logger, int otherwise) const {
  for (std::string_view name = logger; !name.empty();) {
    auto found = levels_.find(name);
    // 0 is NOTSET.
    if (found != levels_.end() && found->second != 0) return found->second;
    std::size_t dot = name.rfind('.');
    name = dot == std::string_view::npos ? std::string_view() : name.substr(0, dot);
  }
  auto root = levels_.find("root");
  return root != levels_.end() && root->second != 0 ? root->second : otherwise;
}

bool LogLevels::shows(Log::Level level, std::string_view logger) const {
  if (logger == kStatementLogger) {
    return statements_ || (number(level) >= floor_ && number(level) >= effective(logger, kWarning));
  }
  if (number(level) < floor_) return false;
  if (is_below(logger, "alembic")) return number(level) >= effective(logger, kInfo);
  if (is_below(logger, "retort") || is_below(logger, "postgresql")) {
    return number(level) >= effective("alembic", kInfo);
  }
  return true;
}

}  // namespace retort::runtime
