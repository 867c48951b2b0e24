#pragma once

#include <string>
#include <string_view>

#include "python/evaluator.h"

// str.encode and bytes.decode: utf-8, ascii, latin-1, utf-16 and utf-32, with the error handlers
// strict, ignore, replace, backslashreplace, xmlcharrefreplace and surrogateescape.
namespace retort::python {

// `encoding` and `errors` as given: absent means utf-8 and strict.
std::string encode_text(Evaluator& evaluator, std::string_view text, Value encoding, Value errors);
std::string decode_text(Evaluator& evaluator, std::string_view data, Value encoding, Value errors);

}  // namespace retort::python
