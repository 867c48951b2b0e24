#include "python/parser.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "base/error.h"
#include "base/file.h"
#include "python/dump.h"

namespace retort::python {
namespace {

struct Chunk {
  std::string text;
  std::string expected;
};

// A file of chunks between lines of "---"; in each, what is expected stands below a line "===".
std::vector<Chunk> read_chunks(const std::string& name) {
  std::string file = read_file(RETORT_SOURCE_DIR "/tests/language/syntax/" + name);
  std::vector<Chunk> chunks;
  for (std::size_t begin = 0; begin < file.size();) {
    std::size_t end = std::min(file.find("\n---\n", begin), file.size() - 1);
    std::string chunk = file.substr(begin, end - begin);
    std::size_t middle = chunk.find("\n===\n");
    if (middle == std::string::npos) {
      ADD_FAILURE() << name << ": no === in " << chunk;
      break;
    }
    chunks.push_back({chunk.substr(0, middle + 1), chunk.substr(middle + 5)});
    begin = end + 5;
  }
  return chunks;
}

SourcePtr source_of(const std::string& text) {
  return std::make_shared<const Source>("a.py", text);
}

// "message", then the text it points at in angle brackets, after its line and column.
std::string error_of(const std::string& text) {
  try {
    parse(source_of(text));
  } catch (const Error& error) {
    EXPECT_EQ(error.code(), code::kSyntax);
    LineColumn at = error.place().source->position(error.place().span.begin);
    std::string marked(error.place().source->text(error.place().span));
    for (std::size_t i; (i = marked.find('\n')) != std::string::npos;) marked.replace(i, 1, "\\n");
    return error.message() + "\n" + std::to_string(at.line) + ":" + std::to_string(at.column) +
           " <" + marked + ">";
  }
  return "no error";
}

TEST(ParserTest, TreesAreThoseOfCPython) {
  std::vector<Chunk> chunks = read_chunks("trees.txt");
  EXPECT_GT(chunks.size(), 30U);
  for (const Chunk& chunk : chunks) {
    EXPECT_EQ(dump(parse_unresolved(source_of(chunk.text))->tree), chunk.expected) << chunk.text;
  }
}

TEST(ParserTest, ErrorsSayWhatAndWhere) {
  std::vector<Chunk> chunks = read_chunks("errors.txt");
  EXPECT_GT(chunks.size(), 300U);
  for (const Chunk& chunk : chunks) {
    EXPECT_EQ(error_of(chunk.text), chunk.expected) << chunk.text;
  }
}

TEST(ParserTest, HintsSayWhatToDo) {
  struct {
    const char* text;
    const char* hint;
  } cases[] = {
      {"x = ur'a'\n", "'ur' is not a string prefix"},
      {"raise E, 'a'\n", "the form of Python 2: write 'raise Error(value)'"},
      {"print 'a'\n", "the file is written for Python 2"},
      {"def class(): pass\n", "'class' is a keyword: it can't be a name"},
      {"if a:\n\tb\n        c\n", "indent with spaces only"},
      {"x = '\\x'\n", "write a backslash itself as '\\\\', or put r before the string"},
      {"if a:\nb\n", "an empty body is written 'pass'"},
      {"x = '\\N{SNOWFLAKE}'\n", "retort knows few character names: write it as \\uXXXX"},
  };
  for (const auto& each : cases) {
    try {
      parse(source_of(each.text));
      ADD_FAILURE() << each.text;
    } catch (const Error& error) {
      EXPECT_EQ(error.hint(), each.hint) << each.text;
    }
  }
}

TEST(ParserTest, LineEndsAndBlanksDoNotMatter) {
  std::string expected = dump(parse_unresolved(source_of("if a:\n    '''b\nc'''\nd\n"))->tree);
  for (const char* text : {
           "if a:\r\n    '''b\r\nc'''\r\nd\r\n",
           "if a:\r    '''b\rc'''\rd\r",
           "\xEF\xBB\xBFif a:\n\t'''b\nc'''\nd",
           "# -*- coding: utf-8 -*-\nif a:\n  '''b\nc'''\nd  # e",
           "\fif a:\n    '''b\nc'''\n\n\f\nd\n   ",
           "if a:\n    '''b\nc'''\n  # f\n\\\n\nd\n",
       }) {
    EXPECT_EQ(dump(parse_unresolved(source_of(text))->tree), expected) << text;
  }
}

TEST(ParserTest, DeclaredLatin1IsDecoded) {
  ProgramPtr program = parse(source_of("# coding: latin-1\nx = '\xE9'\n"));
  EXPECT_EQ(dump(program->tree),
            "Module(body=[Assign(targets=[Name(id='x', ctx=Store())], "
            "value=Constant(value='\xC3\xA9'))])");
}

TEST(ParserTest, BytesThatAreNoText) {
  EXPECT_EQ(error_of("x = '\xE9'\n"),
            "Non-UTF-8 code starting with '\\xe9' in file a.py on line 1, but no encoding "
            "declared\n1:6 <\xE9>");
  EXPECT_EQ(error_of(std::string("a\0b\n", 4)),
            std::string("source code string cannot contain null bytes\n1:2 <") + '\0' + ">");
  EXPECT_EQ(error_of("# coding: koi8-r\n'\xE9'\n"), "unknown encoding: koi8-r\n1:11 <k>");
}

std::string repeated(const std::string& text, int count) {
  std::string all;
  for (int i = 0; i < count; ++i) all += text;
  return all;
}

TEST(ParserTest, DepthIsLimited) {
  const std::string deep[] = {
      repeated("(", 5000),
      repeated("[", 199) + repeated("]", 199) + repeated("[0]", 5000),
      "a" + repeated(".b", 5000),
      "a" + repeated("()", 5000),
      "a" + repeated(" + a", 5000),
      repeated("-", 5000) + "a",
      repeated("not ", 5000) + "a",
      repeated("a ** ", 5000) + "a",
      repeated("lambda: ", 5000) + "a",
      repeated("a if b else ", 5000) + "c",
      repeated("f'{", 160) + "a" + repeated("}'", 160),
      "if a: b\n" + repeated("elif a: b\n", 5000),
      "match a:\n case " + repeated("[", 300) + "b" + repeated("]", 300) + ": c",
  };
  for (const std::string& text : deep) {
    EXPECT_EQ(error_of(text + "\n").substr(0, 8), "too many") << text.substr(0, 20);
  }
  std::string blocks;
  for (int i = 0; i < 101; ++i) blocks += std::string(static_cast<std::size_t>(i), ' ') + "if a:\n";
  EXPECT_EQ(error_of(blocks).substr(0, 30), "too many levels of indentation");
}

TEST(ParserTest, WidthIsNot) {
  for (const std::string& text : {
           repeated("a, ", 50000),
           repeated("'a' ", 50000),
           repeated("f'{a}' ", 20000),
           repeated("a and ", 20000) + "b",
           repeated("a < ", 20000) + "b",
           repeated("a = ", 20000) + "b",
           repeated("a; ", 50000),
           "if a: b\n" + repeated("elif a: b\n", 1900),
           repeated("@a\n", 10000) + "def f(): pass",
           "a" + repeated(" + a", 900),
           repeated("(", 199) + repeated(")", 199),
       }) {
    EXPECT_NO_THROW(parse(source_of(text + "\n"))) << text.substr(0, 20);
  }
}

TEST(ParserTest, Docstrings) {
  ProgramPtr program =
      parse(source_of("'''doc'''\ndef f():\n  'f' 'g'\nclass A:\n  b'no'\ndef g(): ''\n"));
  EXPECT_EQ(program->module->doc, "doc");
  EXPECT_EQ(ast::as<ast::FunctionDef>(program->module->body[1]).doc, "fg");
  EXPECT_EQ(ast::as<ast::ClassDef>(program->module->body[2]).doc.data(), nullptr);
  EXPECT_NE(ast::as<ast::FunctionDef>(program->module->body[3]).doc.data(), nullptr);
}

TEST(ParserTest, SingleExpressions) {
  EXPECT_EQ(dump(parse_expression(source_of(" a.b + 1 \n"))->tree).substr(0, 35),
            "Module(body=[Expr(value=BinOp(left=");
  EXPECT_THROW(parse_expression(source_of("a = 1")), Error);
  EXPECT_THROW(parse_expression(source_of("a; b")), Error);
  EXPECT_THROW(parse_expression(source_of("")), Error);
}

}  // namespace
}  // namespace retort::python
