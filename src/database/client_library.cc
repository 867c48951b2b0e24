#include "database/client_library.h"

#include <dlfcn.h>

#include "base/error.h"

namespace retort::database {

ClientLibrary::ClientLibrary(const char* file, std::string_view server, std::string_view install)
    : file_(file), install_(install), library_(::dlopen(file, RTLD_NOW | RTLD_LOCAL)) {
  if (library_ != nullptr) return;
  const char* why = ::dlerror();
  throw Error(code::kDatabase, "can't connect to " + std::string(server) + ": " +
                                   (why != nullptr ? std::string(why) : "no " + file_))
      .with_hint(install_);
}

void* ClientLibrary::symbol(const char* name) const {
  void* found = ::dlsym(library_, name);
  if (found == nullptr) {
    throw Error(code::kDatabase, file_ + " has no function " + name).with_hint(install_);
  }
  return found;
}

}  // namespace retort::database
