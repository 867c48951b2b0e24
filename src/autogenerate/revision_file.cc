#include "autogenerate/revision_file.h"

#include <retort/revision.h>

#include "autogenerate/render_cc.h"
#include "base/error.h"
#include "base/text.h"

namespace retort::autogenerate {
namespace {

using Lines = std::vector<std::string>;

std::string sql_file(const script::NewRevision& revision, const Directions& directions) {
  std::string out = "-- revision: " + revision.revision + "\n";
  auto line = [&](std::string_view name, const Lines& values) {
    if (!values.empty()) out += "-- " + std::string(name) + ": " + join(values, ", ") + "\n";
  };
  line("down_revision", revision.down_revision);
  line("branch_labels", revision.branch_labels);
  line("depends_on", revision.depends_on);
  out += "-- message: " + replace_all(revision.message, "\n", " ") + "\n\n";
  if (directions.upgrade.empty() && directions.downgrade.empty()) {
    return out + "-- upgrade\n\n-- downgrade\n";
  }
  out += "-- upgrade\n" + directions.upgrade + "-- downgrade\n" + directions.downgrade;
  out.resize(out.find_last_not_of('\n') + 1);
  return out + "\n";
}

// ".down = {"a", "b"}," where there are any.
std::string names(std::string_view field, const Lines& values) {
  if (values.empty()) return {};
  if (values.size() > Names::kMost) {
    throw Error(code::kUsage, "a compiled revision has room for " + std::to_string(Names::kMost) +
                                  " names in ." + std::string(field) + ", and this one has " +
                                  std::to_string(values.size()))
        .with_hint("write it in Python or SQL: --format py");
  }
  Lines literals;
  for (const std::string& value : values) literals.push_back(cc_literal(value));
  std::string all = join(literals, ", ");
  if (values.size() > 1) all = "{" + all + "}";
  return "    ." + std::string(field) + " = " + all + ",\n";
}

std::string direction(std::string_view field, const std::string& body) {
  std::string out = "    ." + std::string(field) + " = ";
  if (body.empty()) return out + "[](Op& /*op*/) {},\n";
  return out + "[](Op& op) {\n" + body + "    },\n";
}

std::string cc_file(const script::NewRevision& revision, const Directions& directions) {
  return "#include <retort/op.h>\n#include <retort/revision.h>\n\nusing namespace "
         "retort;\n\nRETORT_REVISION{\n    .id = " +
         cc_literal(revision.revision) + ",\n" + names("down", revision.down_revision) +
         "    .message = " + cc_literal(revision.message) + ",\n" +
         names("branch_labels", revision.branch_labels) + names("depends_on", revision.depends_on) +
         direction("upgrade", directions.upgrade) + direction("downgrade", directions.downgrade) +
         "};\n";
}

// A body as it stands in a function: the template indents its first line.
std::string python_body(const std::string& body) {
  Lines lines = split(body, '\n');
  for (std::size_t i = 0; i < lines.size(); ++i) {
    std::string& line = lines[i];
    if (i > 0 && !line.empty()) line = "    " + line;
    line.resize(line.find_last_not_of(' ') + 1);
  }
  return join(lines, "\n");
}

}  // namespace

Directions render_directions(Format format, const std::vector<operations::Operation>& upgrade,
                             const std::vector<operations::Operation>& downgrade,
                             const BothWays& statements, const dialect::Dialect& dialect) {
  if (format == Format::kCc) {
    return {render_cc(upgrade, statements.upgrade, dialect, true),
            render_cc(downgrade, statements.downgrade, dialect, false)};
  }
  return {render_sql(upgrade, statements.upgrade, true),
          render_sql(downgrade, statements.downgrade, false)};
}

std::string revision_file(Format format, const script::NewRevision& revision,
                          const Directions& directions) {
  return format == Format::kCc ? cc_file(revision, directions) : sql_file(revision, directions);
}

Directions python_directions(const std::vector<operations::Operation>& upgrade,
                             const std::vector<operations::Operation>& downgrade,
                             RenderOptions options, std::set<std::string>& imports) {
  options.mark_destructive = true;
  Rendered up = render_python(upgrade, options);
  options.mark_destructive = false;
  Rendered down = render_python(downgrade, options);
  imports.insert(up.imports.begin(), up.imports.end());
  imports.insert(down.imports.begin(), down.imports.end());
  return {python_body(up.body), python_body(down.body)};
}

}  // namespace retort::autogenerate
