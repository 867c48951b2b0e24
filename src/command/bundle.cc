#include "command/bundle.h"

#include <algorithm>
#include <cstdint>
#include <fstream>
#include <utility>
#include <vector>

#include "base/error.h"
#include "base/file.h"
#include "base/text.h"
#include "runtime/project_finder.h"
#include "script/header.h"

namespace retort::command {

namespace fs = std::filesystem;

namespace {

constexpr std::size_t kNumber = 8;  // bytes, little-endian
// Three numbers inside of the program: where its archive begins, how long it is, and its checksum.
// Of a program without one they are zero; `bundle` writes them into the copy, after the mark. So a
// copy that was cut, or whose archive was stripped off, still knows that it had one.
constexpr std::size_t kMark = 16;
struct Stamp {
  char mark[kMark];
  unsigned char numbers[3 * kNumber];
};
// Volatile: what is compiled in is not what will be read.
[[gnu::used]] const volatile Stamp own_stamp = {
    {'\x01', 'r', 'e', 't', 'o', 'r', 't', ' ', 'b', 'u', 'n', 'd', 'l', 'e', ' ', '2'}, {}};
constexpr std::string_view kConfiguration = "alembic.ini";

std::string number(std::uint64_t value) {
  std::string out;
  for (std::size_t i = 0; i < kNumber; ++i) out += static_cast<char>((value >> (8 * i)) & 0xFF);
  return out;
}

std::uint64_t number(std::string_view bytes) {
  std::uint64_t out = 0;
  for (std::size_t i = 0; i < kNumber; ++i) {
    out |= static_cast<std::uint64_t>(static_cast<unsigned char>(bytes[i])) << (8 * i);
  }
  return out;
}

std::string mark() {
  std::string out;
  for (const volatile char& letter : own_stamp.mark) out += letter;
  return out;
}

std::uint64_t own_number(std::size_t index) {
  std::string bytes;
  for (std::size_t i = 0; i < kNumber; ++i) {
    bytes += static_cast<char>(own_stamp.numbers[index * kNumber + i]);
  }
  return number(bytes);
}

// FNV-1a: against damage, not against malice.
std::uint64_t checksum(std::string_view bytes) {
  std::uint64_t sum = 0xcbf29ce484222325;
  for (char byte : bytes) sum = (sum ^ static_cast<unsigned char>(byte)) * 0x100000001b3;
  return sum;
}

// The program with the archive behind it.
std::string with_archive(std::string program, std::string_view archive) {
  std::size_t at = program.find(mark());
  if (at == std::string::npos || program.find(mark(), at + 1) != std::string::npos) {
    throw Error(code::kFile, "this program's file is not one that a bundle can be made of")
        .with_hint("use the retort program as it was built");
  }
  program.replace(at + kMark, 3 * kNumber,
                  number(program.size()) + number(archive.size()) + number(checksum(archive)));
  program += archive;
  return program;
}

void append(std::string& archive, std::string_view text) {
  archive += number(text.size());
  archive += text;
}

[[noreturn]] void damaged(const fs::path& program) {
  std::error_code ignored;
  throw Error(code::kFile, "the revisions that " +
                               fs::canonical(program, ignored).filename().string() +
                               " carries are damaged or cut off")
      .with_hint("copy the file again, or make it anew with `retort bundle`");
}

std::string take(std::string_view& archive, const fs::path& program) {
  if (archive.size() < kNumber) damaged(program);
  std::uint64_t size = number(archive.substr(0, kNumber));
  archive.remove_prefix(kNumber);
  if (size > archive.size()) damaged(program);
  std::string out(archive.substr(0, size));
  archive.remove_prefix(size);
  return out;
}

// A script is evaluated without the project beside it, so it may import nothing of the project.
void require_alone(const script::Script& script, runtime::ProjectFinder& finder) {
  SourcePtr source = script.source();
  std::uint32_t at = 0;
  for (const std::string& line : split(source->text(), '\n')) {
    std::vector<std::string> words = split(trim(line), ' ');
    bool imports = words.size() > 1 && (words[0] == "import" || words[0] == "from");
    std::string module = imports ? words[1].substr(0, words[1].find_first_of(".,")) : "";
    if (!module.empty() && finder.find(module)) {
      throw Error(code::kScript, "the script imports '" + module +
                                     "' of the project, which a bundle does not hold")
          .with_place({source, {at, at + static_cast<std::uint32_t>(line.size())}})
          .with_hint("write what it needs into the script itself");
    }
    at += static_cast<std::uint32_t>(line.size()) + 1;
  }
}

std::string configuration(const config::Settings& settings) {
  auto flag = [](bool on) { return std::string(on ? "true" : "false"); };
  std::string text = "[alembic]\nscript_location = .\nuse_env_py = false\n";
  text += "version_table = " + replace_all(settings.version_table, "%", "%%") + "\n";
  if (settings.version_table_schema) {
    text +=
        "version_table_schema = " + replace_all(*settings.version_table_schema, "%", "%%") + "\n";
  }
  text += "transaction_per_migration = " + flag(settings.transaction_per_migration) + "\n";
  text += "retort_history = " + flag(settings.retort_history) + "\n";
  return text;
}

}  // namespace

void bundle(const Project& project, const BundleOptions& options, Output& output) {
  project.directory.require_whole();
  std::error_code ignored;
  if (fs::exists(options.output, ignored) && !options.force) {
    throw Error(code::kUsage, "the file '" + options.output.string() + "' is there already")
        .with_hint("give another -o, or --force");
  }
  if (own_number(0) != 0) {
    throw Error(code::kUsage, "this program is a bundle itself; make another one with retort");
  }
  std::string archive;
  append(archive, kConfiguration);
  append(archive, configuration(project.settings));
  runtime::ProjectFinder finder([&] { return project.settings.prepend_sys_path; }, {});
  for (const script::Script& script : project.directory.scripts()) {
    if (script.language == script::Language::kCompiled) {
      throw Error(code::kUsage, "revision " + script.revision.id +
                                    " is compiled into this program and can't be taken out of it");
    }
    if (script.language == script::Language::kPython) require_alone(script, finder);
    append(archive, script.path.filename().string());
    append(archive, script.source()->text());
  }
  write_file(options.output, with_archive(read_file(options.program), archive));
  fs::permissions(options.output,
                  fs::perms::owner_all | fs::perms::group_read | fs::perms::group_exec |
                      fs::perms::others_read | fs::perms::others_exec,
                  ignored);
  output.status("Writing " + options.output.string() + ", " +
                std::to_string(project.directory.scripts().size()) + " revisions ...  done");
}

std::optional<Embedded> read_bundle(const fs::path& program) {
  std::uint64_t begin = own_number(0);
  if (begin == 0) return std::nullopt;
  std::uint64_t length = own_number(1);
  std::error_code unknown;
  std::uint64_t size = fs::file_size(program, unknown);
  if (unknown || size < begin || size - begin < length) damaged(program);
  std::ifstream file(program, std::ios::binary);
  file.seekg(static_cast<std::streamoff>(begin));
  std::string archive(length, '\0');
  if (!file.read(archive.data(), static_cast<std::streamsize>(length))) damaged(program);
  if (checksum(archive) != own_number(2)) damaged(program);

  Embedded out;
  out.has_scripts = true;
  std::string_view rest = archive;
  while (!rest.empty()) {
    std::string name = take(rest, program);
    std::string text = take(rest, program);
    if (name == kConfiguration) {
      out.ini = std::move(text);
    } else {
      auto source = std::make_shared<Source>(name, std::move(text));
      out.scripts.push_back(script::read_script(std::move(source), name));
    }
  }
  return out;
}

}  // namespace retort::command
