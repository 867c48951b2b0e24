#pragma once

#include <atomic>

// Ctrl-C and a service manager's SIGTERM during a run: what runs is cancelled, the transaction
// rolled back, and the message says where the database is, as after any error.
namespace retort {

// For main() alone: a library leaves its application's signals as they are. While nothing is to be
// cancelled a signal ends the program at once, as ever; so does the second one.
void watch_interrupts();

// The signal that came during a run; 0: none.
int interrupt_signal() noexcept;

// Ends the program by the signal that came, if one did and the run failed by it (`exit_code` is not
// 0), so that its parent sees what ended it. Else gives `exit_code` back.
int ended(int exit_code);

// While it lives a signal calls `stop`, from within the handler, and lets the program go on.
class OnInterrupt {
 public:
  OnInterrupt(void (*stop)(void*), void* what);
  OnInterrupt(const OnInterrupt&) = delete;
  OnInterrupt& operator=(const OnInterrupt&) = delete;
  ~OnInterrupt();

 private:
  int slot_ = -1;  // none is free: signals end the program
};

}  // namespace retort
