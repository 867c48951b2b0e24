#pragma once

#include <condition_variable>
#include <cstddef>
#include <future>
#include <mutex>
#include <thread>
#include <vector>

#include "python/parser.h"
#include "script/script.h"

namespace retort::runtime {

// The programs of the Python scripts that a run is going to evaluate one after the other. A thread
// of its own reads and parses them, some ahead of the run; of a short run they are parsed when they
// are asked for. The scripts outlive it.
class ParsedScripts {
 public:
  explicit ParsedScripts(const std::vector<const script::Script*>& scripts);
  ~ParsedScripts();
  ParsedScripts(const ParsedScripts&) = delete;
  ParsedScripts& operator=(const ParsedScripts&) = delete;

  // Throws what reading and parsing of this script throws.
  python::ProgramPtr take(const script::Script& script);

 private:
  struct Entry {
    const script::Script* script = nullptr;
    std::promise<python::ProgramPtr> program{};
  };

  void parse_all();

  std::vector<Entry> entries_{};
  std::mutex mutex_{};
  std::condition_variable moved_{};
  std::size_t taken_ = 0;  // guarded by mutex_
  bool stopped_ = false;   // guarded by mutex_
  std::thread thread_{};
};

}  // namespace retort::runtime
