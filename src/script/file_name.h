#pragma once

#include <string>
#include <string_view>

#include "base/source.h"
#include "script/create_date.h"

namespace retort::script {

// What the tokens of `file_template` stand for.
struct FileNameParts {
  std::string revision{};
  std::string slug{};
  CreateDate date{};
};

// `file_template` (already interpolated: "%(rev)s_%(slug)s") with its tokens rev, slug, epoch,
// year, month, day, hour, minute and second in Python's printf formats, and `extension` ("py")
// after it. A '/' in it makes a folder. Throws Error(code::kConfig), at `place`, for a token that
// is not known, a format that does not fit, and a name that would leave the folder.
std::string file_name(std::string_view file_template, const FileNameParts& parts,
                      std::string_view extension = "py", const Place& place = {});

}  // namespace retort::script
