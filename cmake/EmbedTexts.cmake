# Run by retort_embed: writes OUTPUT, a table of the .py files of FOLDER as raw string literals.
file(GLOB texts "${FOLDER}/*.py")
list(SORT texts)
set(rows "")
foreach(text IN LISTS texts)
  get_filename_component(stem "${text}" NAME_WE)
  file(READ "${text}" content)
  string(SHA1 digest "${content}")
  string(SUBSTRING "${digest}" 0 12 delimiter)
  string(APPEND rows "    {\"${stem}\", R\"${delimiter}(${content})${delimiter}\"sv},\n")
endforeach()
file(WRITE "${OUTPUT}" "#include \"modules/stdlib/embedded.h\"

namespace retort::embedded {

std::string_view ${FUNCTION}(std::string_view stem) {
  struct Row {
    std::string_view stem;
    std::string_view text;
  };
  // With their lengths (sv): counting so much text would end constant evaluation.
  using namespace std::string_view_literals;
  static constexpr Row kRows[] = {
${rows}  };
  for (const Row& row : kRows) {
    if (row.stem == stem) return row.text;
  }
  return {};
}

}  // namespace retort::embedded
")
