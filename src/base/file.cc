#include "base/file.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>

#include "base/error.h"

namespace retort {
namespace {

[[noreturn]] void fail(std::string_view doing, const std::filesystem::path& path, int error) {
  throw Error(code::kFile,
              "can't " + std::string(doing) + " '" + path.string() + "': " + std::strerror(error));
}

class Descriptor {
 public:
  explicit Descriptor(int fd) : fd_(fd) {}
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;
  ~Descriptor() {
    if (fd_ >= 0) ::close(fd_);
  }
  int get() const { return fd_; }

 private:
  int fd_;
};

}  // namespace

std::string read_file(const std::filesystem::path& path) {
  Descriptor file(::open(path.c_str(), O_RDONLY | O_CLOEXEC));
  if (file.get() < 0) fail("read", path, errno);
  struct stat status{};
  if (::fstat(file.get(), &status) != 0) fail("read", path, errno);
  if (S_ISDIR(status.st_mode)) fail("read", path, EISDIR);
  const auto size = static_cast<std::size_t>(status.st_size);
  std::string text(size + 1, '\0');  // room to see that there is more, or no more
  std::size_t filled = 0;
  while (true) {
    if (filled == text.size()) text.resize(text.size() + 4096);  // a pipe, or a file that grows
    ssize_t got = ::read(file.get(), text.data() + filled, text.size() - filled);
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) fail("read", path, errno);
    if (got == 0) break;
    filled += static_cast<std::size_t>(got);
    if (S_ISREG(status.st_mode) && size > 0 && filled == size) break;
  }
  text.resize(filled);
  return text;
}

void write_file(const std::filesystem::path& path, std::string_view text) {
  std::filesystem::path beside = path;
  beside += "." + std::to_string(::getpid()) + ".tmp";
  {
    Descriptor file(::open(beside.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0666));
    if (file.get() < 0) fail("write", path, errno);
    while (!text.empty()) {
      ssize_t put = ::write(file.get(), text.data(), text.size());
      if (put < 0 && errno == EINTR) continue;
      if (put < 0) {
        int error = errno;
        ::unlink(beside.c_str());
        fail("write", path, error);
      }
      text.remove_prefix(static_cast<std::size_t>(put));
    }
  }
  if (::rename(beside.c_str(), path.c_str()) != 0) {
    int error = errno;
    ::unlink(beside.c_str());
    fail("write", path, error);
  }
}

}  // namespace retort
