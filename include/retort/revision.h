#pragma once

// A migration compiled into the program: one constant a file.
//
//   // migrations/ae1027a6acf_add_org.cc
//   #include <retort/retort.h>
//   using namespace retort;
//
//   RETORT_REVISION{
//       .id = "ae1027a6acf",
//       .down = "27c6a30d7c24",            // {"a", "b"} for a merge; left out for the first
//       .message = "add org to users",
//       .upgrade = [](Op& op) { op.add_column("users", Column("org_id", Integer())); },
//       .downgrade = [](Op& op) { op.drop_column("users", "org_id"); },
//   };
//
// The CMake function retort_add_migrations() names the object after its file and lists it in the
// program's Bundle. Nothing registers itself; there are no static constructors.

#include <array>
#include <cstddef>
#include <span>
#include <string_view>

namespace retort {

class Op;

// Up to eight names, as a constant.
class Names {
 public:
  static constexpr std::size_t kMost = 8;

  constexpr Names() = default;
  constexpr Names(const char* name) : names_{name}, size_(1) {}
  template <typename... Rest>
  constexpr Names(std::string_view first, Rest... rest)
      : names_{first, std::string_view(rest)...}, size_(1 + sizeof...(rest)) {
    static_assert(sizeof...(Rest) < kMost, "retort: a revision names at most eight others");
  }

  constexpr const std::string_view* begin() const { return names_.data(); }
  constexpr const std::string_view* end() const { return names_.data() + size_; }
  constexpr std::size_t size() const { return size_; }

 private:
  std::array<std::string_view, kMost> names_{};
  std::size_t size_ = 0;
};

namespace detail {
// Not constant: the compiler names the one that it would have to call.
void a_revision_has_an_id();
void a_revision_id_has_at_most_32_characters();
void a_revision_id_has_none_of_these_characters();  // @ - + :
}  // namespace detail

// The id of a revision, checked while it is compiled: at most 32 characters, none of them @ - + :
class RevisionId {
 public:
  RevisionId() = delete;  // every revision has one
  consteval RevisionId(const char* id) : id_(id) {
    if (id_.empty()) detail::a_revision_has_an_id();
    if (id_.size() > 32) detail::a_revision_id_has_at_most_32_characters();
    if (id_.find_first_of("@-+:") != std::string_view::npos) {
      detail::a_revision_id_has_none_of_these_characters();
    }
  }
  constexpr operator std::string_view() const { return id_; }

 private:
  std::string_view id_;
};

struct Revision {
  RevisionId id;
  Names down{};  // the revisions below: none for a base, several for a merge
  std::string_view message{};
  Names branch_labels{};
  Names depends_on{};  // revisions on other branches that must be there first
  void (*upgrade)(Op& op) = nullptr;
  void (*downgrade)(Op& op) = nullptr;  // absent: going back is refused
};

// A .py or .sql revision as text.
struct Script {
  std::string_view name{};  // of its file: "27c6a30d7c24_users.py"
  std::string_view text{};
};

// The migrations of a program. Written by retort_add_migrations(); may as well be written by hand.
struct Bundle {
  std::span<const Revision* const> compiled{};
  std::span<const Script> scripts{};
};

}  // namespace retort

#ifndef RETORT_REVISION_SYMBOL
#define RETORT_REVISION_SYMBOL retort_revision
#endif
#define RETORT_REVISION                                   \
  extern const ::retort::Revision RETORT_REVISION_SYMBOL; \
  constinit const ::retort::Revision RETORT_REVISION_SYMBOL
