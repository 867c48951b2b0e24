#include <sys/resource.h>

#include <algorithm>

#include "python/evaluator_state.h"

// What stops evaluated code that would not stop by itself. The errors are no Python exceptions: no
// `except` and no `finally` sees them.
namespace retort::python {

namespace {

// How much of the thread's stack calls may take: what the system grants, less a reserve for the
// native functions at the end of the chain.
std::size_t stack_allowance() {
  static const std::size_t allowance = [] {
    constexpr std::size_t kReserve = std::size_t{1} << 20;
    constexpr std::size_t kMost = std::size_t{48} << 20;
    rlimit limit{};
    if (getrlimit(RLIMIT_STACK, &limit) != 0 || limit.rlim_cur == RLIM_INFINITY) {
      return std::size_t{7} << 20;
    }
    const std::size_t granted = std::min<std::size_t>(limit.rlim_cur, kMost);
    return granted > 2 * kReserve ? granted - 2 * kReserve : granted / 2;
  }();
  return allowance;
}

}  // namespace

void Interpreter::enter_call() {
  step();
  // Not the address of a variable, which a sanitizer may put elsewhere.
  const char* address = static_cast<const char*>(__builtin_frame_address(0));
  if (!stack_base || address > stack_base) stack_base = address;
  const bool deep = depth >= options.limits.depth;
  if (deep || static_cast<std::size_t>(stack_base - address) > stack_allowance()) [[unlikely]] {
    Error error(code::kLimit, "calls are nested too deeply (" + std::to_string(depth) + " levels)");
    error.with_place(place()).with_calls(calls());
    error.with_hint("a function that calls itself must come to an end");
    throw error;
  }
}

void Evaluator::restart_steps() {
  interpreter_->steps = 0;
  interpreter_->earned = 0;
}

void Evaluator::earn_steps() {
  constexpr std::uint64_t kEach = 100;
  constexpr std::uint64_t kMost = 100;  // times the limit
  Interpreter& in = *interpreter_;
  if (in.earned < kMost * in.options.limits.steps) in.earned += kEach;
}

void Interpreter::out_of_steps() {
  if (interrupt_signal() != 0) {
    Error error(code::kLimit, "interrupted");
    error.with_place(place()).with_calls(calls());
    throw error;
  }
  Error error(code::kLimit, "the file ran for more than " + std::to_string(options.limits.steps) +
                                " steps and was stopped");
  error.with_place(place()).with_calls(calls());
  error.with_hint("a loop here may never end; work on many rows belongs into SQL statements");
  throw error;
}

void Interpreter::out_of_memory() {
  Error error(code::kLimit, "the file's values took more than " +
                                std::to_string(options.limits.bytes >> 20) +
                                " MiB of memory and it was stopped");
  error.with_place(place()).with_calls(calls());
  error.with_hint("work on many rows belongs into SQL statements");
  throw error;
}

}  // namespace retort::python
