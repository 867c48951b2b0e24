#include <dlfcn.h>
#include <sha1.h>
#include <sha2.h>

#include <algorithm>
#include <array>
#include <cstdlib>

#include "modules/stdlib/services.h"

// The module `_crypt`: hashes of passwords.
namespace retort::modules::stdlib {

using python::Arguments;
using python::Evaluator;
using python::Module;
using python::Value;

namespace {

// crypt_ra() of libxcrypt, which nearly every system has for its own passwords; nullptr where it is
// not there.
using Crypt = char* (*)(const char* phrase, const char* setting, void** data, int* size);
Crypt crypt_function() {
  static const Crypt found = []() -> Crypt {
    for (const char* file : {"libcrypt.so.1", "libcrypt.so.2"}) {
      void* library = ::dlopen(file, RTLD_NOW | RTLD_LOCAL);
      if (!library) continue;
      if (void* symbol = ::dlsym(library, "crypt_ra")) return reinterpret_cast<Crypt>(symbol);
    }
    return nullptr;
  }();
  return found;
}

// The hash as crypt(3) writes it; None when there is no library for it or it refuses the setting.
Value crypt(Evaluator& evaluator, Arguments& args) {
  const Crypt call = crypt_function();
  if (!call) return Value::none();
  void* data = nullptr;
  int size = 0;
  const char* made =
      call(data_of(evaluator, args[0]).c_str(), args[1].as_str().c_str(), &data, &size);
  const std::string text = made ? made : "*";
  std::free(data);
  return text.starts_with('*') ? Value::none() : evaluator.str(text);
}

template <typename Context, std::size_t digest_size, std::size_t block_size, void (*init)(Context*),
          void (*update)(Context*, const std::uint8_t*, std::size_t),
          void (*final)(std::uint8_t*, Context*)>
struct Hmac {
  using Digest = std::array<std::uint8_t, digest_size>;

  explicit Hmac(const std::string& key) {
    std::array<std::uint8_t, block_size> block{};
    if (key.size() > block_size) {
      Context context;
      init(&context);
      update(&context, bytes(key), key.size());
      final(block.data(), &context);
    } else {
      std::copy(key.begin(), key.end(), block.begin());
    }
    for (std::uint8_t& byte : block) byte ^= 0x36;
    init(&inner);
    update(&inner, block.data(), block.size());
    for (std::uint8_t& byte : block) byte ^= 0x36 ^ 0x5c;
    init(&outer);
    update(&outer, block.data(), block.size());
  }

  Digest operator()(const std::uint8_t* data, std::size_t size) const {
    Digest digest{};
    Context context = inner;
    update(&context, data, size);
    final(digest.data(), &context);
    context = outer;
    update(&context, digest.data(), digest.size());
    final(digest.data(), &context);
    return digest;
  }

  // RFC 8018, 5.2
  std::string derive(std::string salt, std::int64_t iterations, std::size_t length) const {
    std::string out;
    for (std::uint32_t block = 1; out.size() < length; ++block) {
      std::string first = salt;
      for (int shift = 24; shift >= 0; shift -= 8) first += static_cast<char>(block >> shift);
      Digest step = (*this)(bytes(first), first.size());
      Digest total = step;
      for (std::int64_t i = 1; i < iterations; ++i) {
        step = (*this)(step.data(), step.size());
        for (std::size_t at = 0; at < total.size(); ++at) total[at] ^= step[at];
      }
      out.append(total.begin(), total.end());
    }
    out.resize(length);
    return out;
  }

  static const std::uint8_t* bytes(const std::string& text) {
    return reinterpret_cast<const std::uint8_t*>(text.data());
  }

  Context inner;
  Context outer;
};

Value pbkdf2(Evaluator& evaluator, Arguments& args) {
  const std::string& name = args[0].as_str();
  const std::string& password = data_of(evaluator, args[1]);
  const std::string& salt = data_of(evaluator, args[2]);
  const std::int64_t iterations = evaluator.index(args[3]);
  const std::int64_t length = evaluator.index(args[4]);
  if (iterations < 1) evaluator.value_error("iteration value must be greater than 0.");
  if (length < 1) evaluator.value_error("key length must be greater than 0.");
  constexpr std::int64_t kMost = 20'000'000;  // some seconds
  if (iterations > kMost || length > 1024) evaluator.value_error("too much to derive");
  const auto size = static_cast<std::size_t>(length);
  if (name == "sha1") {
    using Sha1 = Hmac<SHA1_CTX, 20, 64, SHA1Init, SHA1Update, SHA1Final>;
    return evaluator.bytes(Sha1(password).derive(salt, iterations, size));
  }
  if (name == "sha256") {
    using Sha256 = Hmac<SHA2_CTX, 32, 64, SHA256Init, SHA256Update, SHA256Final>;
    return evaluator.bytes(Sha256(password).derive(salt, iterations, size));
  }
  if (name == "sha512") {
    using Sha512 = Hmac<SHA2_CTX, 64, 128, SHA512Init, SHA512Update, SHA512Final>;
    return evaluator.bytes(Sha512(password).derive(salt, iterations, size));
  }
  evaluator.value_error("unsupported hash type " + name);
}

}  // namespace

void init_crypt(Evaluator& evaluator, Module& module, const Services&) {
  evaluator.define(module, "crypt(secret, setting)", crypt);
  evaluator.define(module, "pbkdf2(name, password, salt, iterations, length)", pbkdf2);
}

}  // namespace retort::modules::stdlib
