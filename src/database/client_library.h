#pragma once

#include <string>
#include <string_view>

namespace retort::database {

// The client library of a server, which is opened when a URL asks for it and stays open.
class ClientLibrary {
 public:
  // Throws Error(code::kDatabase) when it is not there; `install` is what to do about that.
  ClientLibrary(const char* file, std::string_view server, std::string_view install);

  // Throws Error(code::kDatabase) when the library has no such function.
  template <typename Function>
  void find(const char* name, Function& function) const {
    function = reinterpret_cast<Function>(symbol(name));
  }

 private:
  void* symbol(const char* name) const;
  std::string file_;
  std::string install_;
  void* library_;
};

}  // namespace retort::database
