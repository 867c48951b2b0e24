#include "python/value.h"

#include <algorithm>
#include <bit>

#include "python/evaluator.h"
#include "python/value_hash.h"

namespace retort::python {

// ---- Object

Object::~Object() {
  if (owns_extension_) delete extension_;
}

void Object::derive(Class* cls) {
  if (owns_extension_) {
    extension_->cls = cls;
    return;
  }
  extension_ = new Extension{cls};  // NOLINT: owned by the flag
  owns_extension_ = true;
}

void Object::derive_without_attributes(const Class& cls) { extension_ = cls.shared_.get(); }

// ---- Attributes

namespace {
constexpr std::size_t kLinearLimit = 8;
}

std::ptrdiff_t Attributes::locate(std::string_view name) const {
  if (buckets_.empty()) {
    for (std::size_t i = 0; i < items_.size(); ++i) {
      if (items_[i].first == name) return static_cast<std::ptrdiff_t>(i);
    }
    return -1;
  }
  const std::size_t mask = buckets_.size() - 1;
  for (std::size_t at = hash_text(name) & mask;; at = (at + 1) & mask) {
    const std::uint32_t position = buckets_[at];
    if (position == 0) return -1;
    if (items_[position - 1].first == name) return static_cast<std::ptrdiff_t>(position - 1);
  }
}

void Attributes::index_all() {
  buckets_.assign(std::bit_ceil(items_.size() * 2 + 2), 0);
  const std::size_t mask = buckets_.size() - 1;
  for (std::size_t i = 0; i < items_.size(); ++i) {
    std::size_t at = hash_text(items_[i].first) & mask;
    while (buckets_[at] != 0) at = (at + 1) & mask;
    buckets_[at] = static_cast<std::uint32_t>(i + 1);
  }
}

void Attributes::share(Evaluator& evaluator, Dict* dict) {
  items_.clear();
  buckets_.clear();
  shared_ = dict;
  dict->stay();
  evaluator_ = &evaluator;
}

void Attributes::refresh() const {
  items_.clear();
  for (const Dict::Entry& entry : shared_->entries()) {
    if (entry.key.is_str()) items_.emplace_back(entry.key.as_str(), entry.value);
  }
}

Value Attributes::find(std::string_view name) const {
  if (shared_) return shared_->find(name);
  const std::ptrdiff_t at = locate(name);
  return at < 0 ? Value() : items_[static_cast<std::size_t>(at)].second;
}

void Attributes::set(std::string_view name, Value value) {
  if (shared_) {
    shared_->set(*evaluator_, evaluator_->str(name), value);
    return;
  }
  const std::ptrdiff_t at = locate(name);
  if (at >= 0) {
    items_[static_cast<std::size_t>(at)].second = value;
    return;
  }
  items_.emplace_back(std::string(name), value);
  if (items_.size() <= kLinearLimit) return;
  if (buckets_.size() < items_.size() * 2) {
    index_all();
    return;
  }
  const std::size_t mask = buckets_.size() - 1;
  std::size_t bucket = hash_text(name) & mask;
  while (buckets_[bucket] != 0) bucket = (bucket + 1) & mask;
  buckets_[bucket] = static_cast<std::uint32_t>(items_.size());
}

bool Attributes::erase(std::string_view name) {
  if (shared_) return shared_->erase(*evaluator_, evaluator_->str(name));
  const std::ptrdiff_t at = locate(name);
  if (at < 0) return false;
  items_.erase(items_.begin() + at);
  buckets_.clear();
  if (items_.size() > kLinearLimit) index_all();
  return true;
}

// ---- Str

std::int64_t Str::length() const {
  if (length_ < 0) {
    length_ = std::count_if(text.begin(), text.end(),
                            [](char c) { return (static_cast<unsigned char>(c) & 0xC0) != 0x80; });
  }
  return length_;
}

// ---- Range

std::int64_t Range::length() const {
  if (step > 0) return begin < end ? (end - 1 - begin) / step + 1 : 0;
  return begin > end ? (begin - 1 - end) / -step + 1 : 0;
}

// ---- Dict

namespace {

bool same_key(Evaluator& evaluator, Value a, Value b) {
  if (identical(a, b)) return true;
  if (a.is_str() && b.is_str() && !a.object()->extension() && !b.object()->extension()) {
    return a.as_str() == b.as_str();
  }
  if (a.is_int() && b.is_int()) return false;
  return evaluator.equal(a, b);
}

}  // namespace

std::ptrdiff_t Dict::locate(Evaluator& evaluator, Value key, std::size_t hash) const {
  if (buckets_.empty()) return -1;
  const std::size_t mask = buckets_.size() - 1;
  for (std::size_t at = spread(hash) & mask;; at = (at + 1) & mask) {
    const std::int32_t position = buckets_[at];
    if (position < 0) return -1;
    const Entry& entry = entries_[static_cast<std::size_t>(position)];
    if (entry.key && entry.hash == hash && same_key(evaluator, entry.key, key)) return position;
  }
}

void Dict::rehash(std::size_t buckets) {
  std::erase_if(entries_, [](const Entry& entry) { return !entry.key; });
  buckets_.assign(buckets, -1);
  const std::size_t mask = buckets - 1;
  for (std::size_t i = 0; i < entries_.size(); ++i) {
    std::size_t at = spread(entries_[i].hash) & mask;
    while (buckets_[at] >= 0) at = (at + 1) & mask;
    buckets_[at] = static_cast<std::int32_t>(i);
  }
}

Value Dict::find(Evaluator& evaluator, Value key, std::size_t hash) const {
  const std::ptrdiff_t at = locate(evaluator, key, hash);
  return at < 0 ? Value() : entries_[static_cast<std::size_t>(at)].value;
}

Value Dict::find(Evaluator& evaluator, Value key) const {
  return find(evaluator, key, evaluator.hash(key));
}

Value Dict::find(std::string_view key) const {
  if (buckets_.empty()) return {};
  const std::size_t hash = hash_text(key);
  const std::size_t mask = buckets_.size() - 1;
  for (std::size_t at = spread(hash) & mask;; at = (at + 1) & mask) {
    const std::int32_t position = buckets_[at];
    if (position < 0) return {};
    const Entry& entry = entries_[static_cast<std::size_t>(position)];
    if (entry.key.is_str() && entry.hash == hash && entry.key.as_str() == key) return entry.value;
  }
}

void Dict::set(Evaluator& evaluator, Value key, Value value) {
  set(evaluator, key, evaluator.hash(key), value);
}

void Dict::set(Evaluator& evaluator, Value key, std::size_t hash, Value value) {
  const std::ptrdiff_t at = locate(evaluator, key, hash);
  if (at >= 0) {
    entries_[static_cast<std::size_t>(at)].value = value;
    return;
  }
  if ((entries_.size() + 1) * 2 > buckets_.size()) {
    evaluator.account(sizeof(Entry) * (size_ + 1));
    rehash(std::bit_ceil((size_ + 1) * 4 + 4));
  }
  const std::size_t mask = buckets_.size() - 1;
  std::size_t bucket = spread(hash) & mask;
  while (buckets_[bucket] >= 0) bucket = (bucket + 1) & mask;
  buckets_[bucket] = static_cast<std::int32_t>(entries_.size());
  entries_.push_back({hash, key, value});
  ++size_;
}

bool Dict::erase(Evaluator& evaluator, Value key) {
  const std::ptrdiff_t at = locate(evaluator, key, evaluator.hash(key));
  if (at < 0) return false;
  Entry& entry = entries_[static_cast<std::size_t>(at)];
  entry.key = Value();
  entry.value = Value();
  --size_;
  if (size_ == 0) clear();
  return true;
}

void Dict::clear() {
  entries_.clear();
  buckets_.clear();
  size_ = 0;
}

// ---- Class

Value Class::own(std::string_view name) {
  if (fill) {
    auto once = std::exchange(fill, nullptr);
    once(*evaluator_, *this);
  }
  return attributes.find(name);
}

Value Class::lookup(std::string_view name, Class** where) const {
  for (Class* cls : mro) {
    if (const Value found = cls->own(name)) {
      if (where) *where = cls;
      return found;
    }
  }
  return {};
}

void Class::name_items(std::vector<std::string> names) {
  item_names_ = std::move(names);
  shared_ = std::make_unique<Extension>(Extension{this});
}

bool Class::is_subclass_of(const Class* other) const {
  return std::find(mro.begin(), mro.end(), other) != mro.end();
}

Exception* as_exception(Value value) {
  Instance* instance = value.get<Instance>();
  return instance && instance->cls->is_exception ? static_cast<Exception*>(instance) : nullptr;
}

// ---- annotations

std::string_view Annotation::text() const {
  return scope && scope->source ? scope->source->text(expr->span) : std::string_view();
}

Place Annotation::place() const { return scope ? Place{scope->source, expr->span} : Place{}; }

}  // namespace retort::python
