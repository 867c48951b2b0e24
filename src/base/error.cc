#include "base/error.h"

namespace retort {
namespace {

// Recursion in a script makes long chains; the ends tell the story.
constexpr std::size_t kShownCalls = 8;

std::string indent(std::string_view text) {
  std::string out = "  ";
  for (char c : text) {
    out += c;
    if (c == '\n') out += "  ";
  }
  return out;
}

}  // namespace

Error& Error::with_hint(std::string hint) & {
  hint_ = std::move(hint);
  return *this;
}

Error& Error::with_place(Place place) & {
  place_ = std::move(place);
  return *this;
}

Error& Error::with_calls(std::vector<CallSite> calls) & {
  calls_ = std::move(calls);
  return *this;
}

Error& Error::with_statement(std::string statement, std::string sqlstate) & {
  statement_ = std::move(statement);
  sqlstate_ = std::move(sqlstate);
  return *this;
}

Error& Error::with_context(std::string context) & {
  message_ = std::move(context) + ": " + message_;
  return *this;
}

std::string Error::render() const {
  std::string out = message_;
  if (!sqlstate_.empty()) out += " (SQLSTATE " + sqlstate_ + ")";
  if (place_) out += "\n  at " + place_.str() + "\n" + indent(place_.excerpt());
  for (std::size_t i = 0; i < calls_.size(); ++i) {
    if (calls_.size() > kShownCalls && i == kShownCalls / 2) {
      std::size_t left_out = calls_.size() - kShownCalls;
      out += "\n  ... " + std::to_string(left_out) + " more calls ...";
      i += left_out - 1;
      continue;
    }
    out += "\n  called from " + calls_[i].place.str();
    if (!calls_[i].function.empty()) out += " in " + calls_[i].function;
  }
  if (!statement_.empty()) out += "\n  statement: " + statement_;
  if (!hint_.empty()) out += "\n  hint: " + hint_;
  return out;
}

}  // namespace retort
