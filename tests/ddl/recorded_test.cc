// Statements as Alembic and SQLAlchemy write them, recorded from them (record_operations.py and
// record_types.py). Where retort does otherwise on purpose, the case says so in a "--- retort"
// section, which wins.
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <map>

#include "base/error.h"
#include "base/file.h"
#include "base/text.h"
#include "dialect/dialect.h"
#include "evaluated.h"

namespace retort::tests {
namespace {

constexpr const char* kDialects[] = {"sqlite", "postgresql", "mysql", "mariadb"};

struct Case {
  std::string file{};
  std::string name{};
  std::string code{};
  std::map<std::string, std::string> expected{};  // by dialect
};

std::vector<Case> read_cases(const std::string& file) {
  std::vector<Case> cases;
  std::map<std::string, std::string> ours;
  std::vector<std::string> dialects;
  auto finish = [&] {
    if (cases.empty()) return;
    for (const auto& [dialect, text] : ours) cases.back().expected[dialect] = text;
    for (auto& [dialect, text] : cases.back().expected) text = std::string(trim(text));
    ours.clear();
  };
  std::string path = std::string(RETORT_SOURCE_DIR) + "/tests/ddl/recorded/" + file;
  std::map<std::string, std::string>* section = nullptr;
  for (const std::string& line : split(read_file(path), '\n')) {
    if (line.starts_with("=== ")) {
      finish();
      cases.push_back({file, line.substr(4), {}, {}});
      dialects.clear();
      section = nullptr;
    } else if (line.starts_with("--- ")) {
      dialects = split(line.substr(4), ' ');
      section = &cases.back().expected;
      if (dialects[0] == "retort") {
        section = &ours;
        dialects.erase(dialects.begin());
      }
      for (const std::string& dialect : dialects) (*section)[dialect].clear();
    } else if (section) {
      for (const std::string& dialect : dialects) (*section)[dialect] += line + "\n";
    } else if (!cases.empty()) {
      cases.back().code += line + "\n";
    }
  }
  finish();
  return cases;
}

// As --sql prints it; an error ends it, as "!".
std::string run(const std::string& code, const std::string& dialect) {
  dialect::RunMemory memory;
  dialect::CompileContext context;
  context.binds = sql::Binds::kLiteral;
  context.memory = &memory;
  std::string text;
  try {
    Evaluated evaluated = evaluate_case(code, dialect);
    context.naming_convention = evaluated.convention;
    for (const operations::Operation& operation : evaluated.operations) {
      for (const sql::Statement& one : dialect::find_dialect(dialect).compile(operation, context)) {
        text += std::string(trim(replace_all(one.sql, "\t", "    "))) + ";\n\n";
      }
    }
  } catch (const Error& error) {
    EXPECT_TRUE(error.code() == code::kOperation || error.code() == code::kScript)
        << error.render();
    EXPECT_TRUE(error.code() != code::kOperation || !error.hint().empty()) << error.render();
    return "! " + error.message();
  }
  return std::string(trim(text));
}

// An operation that Alembic refuses half way is refused as a whole; its words differ.
std::string expectation(const std::string& recorded) {
  bool refused = recorded.starts_with("! ") || recorded.find("\n! ") != std::string::npos;
  return refused ? "!" : recorded;
}

// Where retort does more: a column added on SQLite keeps the CHECK of its type, which Alembic drops
// (docs/differences-from-alembic.md). By the case's name.
const std::map<std::string, std::string> kOwnOnSqlite = {
    {"add boolean with a check",
     "ALTER TABLE t ADD COLUMN c BOOLEAN CONSTRAINT cb CHECK (c IN (0, 1));"},
    {"add enum with a check",
     "ALTER TABLE t ADD COLUMN c VARCHAR(1) CONSTRAINT e CHECK (c IN ('a', 'b'));"},
};

class Recorded : public testing::TestWithParam<std::string> {};

TEST_P(Recorded, StatementsAreAlembics) {
  for (const Case& one : read_cases(GetParam())) {
    for (const char* dialect : kDialects) {
      SCOPED_TRACE(one.file + ": " + one.name + " (" + dialect + ")");
      auto recorded = one.expected.find(dialect);
      ASSERT_NE(recorded, one.expected.end());
      std::string got;
      ASSERT_NO_THROW(got = run(one.code, dialect));
      auto own = kOwnOnSqlite.find(one.name);
      bool is_own = own != kOwnOnSqlite.end() && std::string_view(dialect) == "sqlite";
      std::string want = is_own ? own->second : expectation(recorded->second);
      if (want == "!") {
        EXPECT_EQ(got.substr(0, 1), "!") << got;
      } else {
        EXPECT_EQ(got, want);
      }
    }
  }
}

std::vector<std::string> recorded_files() {
  std::vector<std::string> files;
  std::string folder = std::string(RETORT_SOURCE_DIR) + "/tests/ddl/recorded";
  for (const auto& entry : std::filesystem::directory_iterator(folder)) {
    std::string name = entry.path().filename().string();
    if (name != "types.txt") files.push_back(name);
  }
  std::ranges::sort(files);
  return files;
}

INSTANTIATE_TEST_SUITE_P(, Recorded, testing::ValuesIn(recorded_files()), [](const auto& info) {
  return info.param.substr(0, info.param.find('.'));
});

TEST(RecordedTypes, AreSqlalchemys) {
  std::string path = std::string(RETORT_SOURCE_DIR) + "/tests/ddl/recorded/types.txt";
  std::string code;
  int checked = 0;
  for (const std::string& line : split(read_file(path), '\n')) {
    if (!line.starts_with("  ")) {
      code = line;
      continue;
    }
    std::size_t colon = line.find(": ");
    std::string dialect = line.substr(2, colon - 2);
    std::string want = line.substr(colon + 2);
    SCOPED_TRACE(code + " on " + dialect);
    std::string got;
    try {
      got = dialect::find_dialect(dialect).grammar().type(evaluate_type(code, dialect));
    } catch (const Error& error) {
      EXPECT_EQ(error.code(), code::kOperation);
      EXPECT_FALSE(error.hint().empty());
      got = "!";
    }
    EXPECT_EQ(got, want.starts_with("! ") ? "!" : want);
    ++checked;
  }
  EXPECT_GT(checked, 800);
}

}  // namespace
}  // namespace retort::tests
