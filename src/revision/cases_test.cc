// The questions and answers of testdata/*.txt: see the head of plans.txt for the format.
#include <gmock/gmock.h>

#include "base/error.h"
#include "base/file.h"
#include "revision/graph_test_support.h"
#include "revision/plan.h"
#include "revision/resolve.h"

namespace retort::revision {
namespace {

struct Question {
  std::string text;
  std::vector<std::string> answer;
};

struct Chunk {
  std::string title;
  std::string history;
  std::vector<Question> questions;
};

std::vector<Chunk> read_chunks(const std::string& name) {
  std::vector<Chunk> chunks;
  const std::string path = std::string(RETORT_SOURCE_DIR) + "/src/revision/testdata/" + name;
  for (const std::string& line : split(read_file(path), '\n')) {
    if (line.starts_with("== ")) {
      chunks.push_back({line.substr(3), "", {}});
    } else if (chunks.empty() || line.empty()) {
      continue;
    } else if (line.starts_with("? ")) {
      chunks.back().questions.push_back({line.substr(2), {}});
    } else if (chunks.back().questions.empty()) {
      chunks.back().history += line + "\n";
    } else {
      chunks.back().questions.back().answer.push_back(line);
    }
  }
  return chunks;
}

std::vector<std::string> lines_of(const Route& route) {
  std::vector<std::string> lines;
  for (const std::string& warning : route.warnings) lines.push_back("~ " + warning);
  VersionRows rows = route.before;
  for (const Step& step : route.steps) {
    rows.apply(step.changes);
    const std::string after = sorted_line(rows.ids());
    lines.push_back(short_log(step) + " |" + (after.empty() ? "" : " " + after));
  }
  EXPECT_EQ(rows, route.after);
  return lines;
}

std::vector<std::string> line_of(const std::string& ids) {
  return ids.empty() ? std::vector<std::string>{} : std::vector<std::string>{ids};
}

std::vector<std::string> answer(const Graph& graph, const std::string& question) {
  std::vector<std::string> parts = words(question);
  const auto from = std::find(parts.begin(), parts.end(), "from");
  const std::string kind = parts.front();
  const std::vector<std::string> targets(parts.begin() + 1, from);
  const std::string target = targets.empty() ? "" : targets.front();
  const VersionRows rows(std::vector<std::string>(from + 1, parts.end()));
  try {
    if (kind == "upgrade") return lines_of(plan_upgrade(graph, rows, target));
    if (kind == "upgrade-given") return lines_of(plan_upgrade(graph, rows, target, Start::kGiven));
    if (kind == "downgrade") return lines_of(plan_downgrade(graph, rows, target));
    if (kind == "stamp") return lines_of(plan_stamp(graph, rows, targets));
    if (kind == "find") return line_of(join(graph.ids(find_all(graph, target)), " "));
    const std::vector<Node> current = identify_rows(graph, rows.ids());
    if (kind == "current") return line_of(sorted_line(graph.ids(effective_rows(graph, current))));
    if (kind == "history") {
      return line_of(join(graph.ids(history(graph, history_range(target), current)), " "));
    }
  } catch (const Error& error) {
    return {"! " + error.message()};
  }
  return {"unknown question"};
}

class Cases : public ::testing::TestWithParam<const char*> {};

TEST_P(Cases, HaveTheirAnswers) {
  const std::vector<Chunk> chunks = read_chunks(GetParam());
  ASSERT_FALSE(chunks.empty());
  for (const Chunk& chunk : chunks) {
    const Graph graph = parse_history(chunk.history);
    ASSERT_FALSE(chunk.questions.empty()) << chunk.title;
    for (const Question& question : chunk.questions) {
      EXPECT_EQ(join(answer(graph, question.text), "\n"), join(question.answer, "\n"))
          << "== " << chunk.title << "\n"
          << chunk.history << "? " << question.text;
    }
  }
}

INSTANTIATE_TEST_SUITE_P(
    Files, Cases, ::testing::Values("plans.txt", "better.txt"), [](const auto& test) {
      return std::string(test.param).substr(0, std::string_view(test.param).find('.'));
    });

}  // namespace
}  // namespace retort::revision
