#include <algorithm>

#include "python/builtin_class.h"

namespace retort::python {

namespace {

struct Keyed {
  Value key;
  Value item;
};

// std::stable_sort may leave its range when `less` contradicts itself, which evaluated code can do.
void merge_sort(Evaluator& evaluator, std::span<Keyed> items, std::span<Keyed> scratch) {
  if (items.size() < 2) return;
  const std::size_t middle = items.size() / 2;
  merge_sort(evaluator, items.first(middle), scratch.first(middle));
  merge_sort(evaluator, items.subspan(middle), scratch.subspan(middle));
  if (!evaluator.less(items[middle].key, items[middle - 1].key)) return;
  std::copy(items.begin(), items.end(), scratch.begin());
  std::size_t left = 0;
  std::size_t right = middle;
  for (Keyed& out : items) {
    const bool from_right =
        left == middle ||
        (right < items.size() && evaluator.less(scratch[right].key, scratch[left].key));
    out = from_right ? scratch[right++] : scratch[left++];
  }
}

bool plain_text(Value value) { return value.is_str() && !value.object()->extension(); }

}  // namespace

void sort_values(Evaluator& evaluator, std::vector<Value>& items, Value key, bool reverse) {
  std::vector<Keyed> keyed;
  keyed.reserve(items.size());
  const bool has_key = key && !key.is_none();
  for (const Value& item : items) {
    const Value args[] = {item};
    keyed.push_back({has_key ? evaluator.call(key, args) : item, item});
  }
  // Equal items stay as they were in the reversed order, too.
  if (reverse) std::reverse(keyed.begin(), keyed.end());
  const auto all = [&](auto test) {
    return std::all_of(keyed.begin(), keyed.end(), [&](const Keyed& k) { return test(k.key); });
  };
  if (all(plain_text)) {
    std::stable_sort(keyed.begin(), keyed.end(), [](const Keyed& a, const Keyed& b) {
      return a.key.as_str() < b.key.as_str();
    });
  } else if (all([](Value v) { return v.is_int(); })) {
    std::stable_sort(keyed.begin(), keyed.end(), [](const Keyed& a, const Keyed& b) {
      return a.key.as_int() < b.key.as_int();
    });
  } else {
    std::vector<Keyed> scratch(keyed.size());
    merge_sort(evaluator, keyed, scratch);
  }
  if (reverse) std::reverse(keyed.begin(), keyed.end());
  for (std::size_t i = 0; i < items.size(); ++i) items[i] = keyed[i].item;
}

}  // namespace retort::python
