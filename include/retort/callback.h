#pragma once

// A function that is called back: what std::function is, in a header that compiles fast.
//
//   MigratorOptions options{.on_step = [](const Step& step) { show(step); }};
//
// It takes whatever can be called with the arguments: a lambda, a function, a std::function.

#include <concepts>
#include <cstddef>
#include <memory>
#include <type_traits>
#include <utility>

namespace retort {

namespace detail {
[[noreturn]] void call_of_nothing();
}

template <typename Signature>
class Callback;

// Empty, or a callable. Copies share it.
template <typename Result, typename... Arguments>
class Callback<Result(Arguments...)> {
 public:
  Callback() = default;
  Callback(std::nullptr_t) {}
  template <typename F>
    requires(!std::same_as<std::remove_cvref_t<F>, Callback>)
  Callback(F&& function) {
    static_assert(std::is_invocable_r_v<Result, std::decay_t<F>&, Arguments...>,
                  "retort: this can't be called back: it takes other arguments than it will be "
                  "given, or returns something else than is asked of it");
    using Held = std::decay_t<F>;
    auto held = std::make_shared<Held>(std::forward<F>(function));
    // An empty std::function and a null pointer make an empty one.
    if constexpr (std::is_pointer_v<Held> || std::is_constructible_v<Held, std::nullptr_t>) {
      if (!static_cast<bool>(*held)) return;
    }
    function_ = std::move(held);
    call_ = [](void* callable, Arguments... arguments) {
      return static_cast<Result>(
          (*static_cast<Held*>(callable))(std::forward<Arguments>(arguments)...));
    };
  }

  explicit operator bool() const { return call_ != nullptr; }
  // Throws Error(code::kMisuse) when it is empty.
  Result operator()(Arguments... arguments) const {
    if (call_ == nullptr) detail::call_of_nothing();
    return call_(function_.get(), std::forward<Arguments>(arguments)...);
  }

 private:
  std::shared_ptr<void> function_;
  Result (*call_)(void* held, Arguments... arguments) = nullptr;
};

}  // namespace retort
