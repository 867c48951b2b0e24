#include "runtime/parsed_scripts.h"

#include <system_error>

namespace retort::runtime {

namespace {

constexpr std::size_t kWorthAThread = 16;  // scripts
constexpr std::size_t kAhead = 32;         // how many programs wait to be taken, at most

}  // namespace

ParsedScripts::ParsedScripts(const std::vector<const script::Script*>& scripts) {
  for (const script::Script* script : scripts) {
    if (script->language == script::Language::kPython) entries_.push_back({script});
  }
  if (entries_.size() < kWorthAThread || std::thread::hardware_concurrency() < 2) {
    entries_.clear();
    return;
  }
  try {
    thread_ = std::thread([this] { parse_all(); });
  } catch (const std::system_error&) {
    entries_.clear();  // no thread is to be had: each script is parsed when it is asked for
  }
}

ParsedScripts::~ParsedScripts() {
  if (!thread_.joinable()) return;
  {
    const std::scoped_lock lock(mutex_);
    stopped_ = true;
  }
  moved_.notify_one();
  thread_.join();
}

void ParsedScripts::parse_all() {
  for (std::size_t i = 0; i < entries_.size(); ++i) {
    {
      std::unique_lock lock(mutex_);
      moved_.wait(lock, [&] { return stopped_ || i < taken_ + kAhead; });
      if (stopped_) return;
    }
    try {
      entries_[i].program.set_value(python::parse(entries_[i].script->source()));
    } catch (...) {
      entries_[i].program.set_exception(std::current_exception());
    }
  }
}

python::ProgramPtr ParsedScripts::take(const script::Script& script) {
  std::size_t next = 0;
  {
    const std::scoped_lock lock(mutex_);
    next = taken_;
    if (next < entries_.size() && entries_[next].script == &script) ++taken_;
  }
  if (next == entries_.size() || entries_[next].script != &script) {
    return python::parse(script.source());
  }
  moved_.notify_one();
  return entries_[next].program.get_future().get();
}

}  // namespace retort::runtime
