#include "base/interrupt.h"

#include <array>
#include <csignal>

namespace retort {
namespace {

// What a handler may touch: lock-free atomics.
struct Slot {
  std::atomic<void (*)(void*)> stop{nullptr};
  std::atomic<void*> what{nullptr};
};
std::array<Slot, 8> slots;
std::atomic<int> received{0};
static_assert(std::atomic<void*>::is_always_lock_free && std::atomic<int>::is_always_lock_free);

void end_by(int signal) {
  std::signal(signal, SIG_DFL);
  std::raise(signal);
}

void handle(int signal) {
  bool stopped = false;
  if (received.exchange(signal) == 0) {
    for (Slot& slot : slots) {
      auto* stop = slot.stop.load();
      if (stop == nullptr) continue;
      stop(slot.what.load());
      stopped = true;
    }
  }
  if (!stopped) end_by(signal);
}

}  // namespace

void watch_interrupts() {
  for (int signal : {SIGINT, SIGTERM, SIGHUP}) {
    struct sigaction action{};
    // A program whose parent has it ignore one (nohup) goes on to.
    if (sigaction(signal, nullptr, &action) != 0 || action.sa_handler == SIG_IGN) continue;
    action.sa_handler = handle;
    action.sa_flags = SA_RESTART;
    sigemptyset(&action.sa_mask);
    sigaction(signal, &action, nullptr);
  }
}

int interrupt_signal() noexcept { return received.load(std::memory_order_relaxed); }

int ended(int exit_code) {
  if (int signal = interrupt_signal(); signal != 0 && exit_code != 0) end_by(signal);
  return exit_code;
}

OnInterrupt::OnInterrupt(void (*stop)(void*), void* what) {
  for (std::size_t i = 0; i < slots.size(); ++i) {
    if (slots[i].stop.load() != nullptr) continue;
    slots[i].what = what;
    slots[i].stop = stop;
    slot_ = static_cast<int>(i);
    return;
  }
}

OnInterrupt::~OnInterrupt() {
  if (slot_ >= 0) slots[static_cast<std::size_t>(slot_)].stop = nullptr;
}

}  // namespace retort
