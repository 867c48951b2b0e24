#include "python/heap.h"

#include <cstdlib>
#include <new>
#include <utility>

#include "python/evaluator_state.h"
#include "python/value.h"
#include "python/value_bigint.h"

#if defined(__SANITIZE_ADDRESS__)
#define RETORT_ADDRESS_SANITIZER 1
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
#define RETORT_ADDRESS_SANITIZER 1
#endif
#endif
#ifdef RETORT_ADDRESS_SANITIZER
#include <sanitizer/asan_interface.h>
#endif

namespace retort::python {

namespace {

// What others point to without counting.
bool stays(ObjectKind kind) {
  switch (kind) {
    case ObjectKind::kFunction:
    case ObjectKind::kNativeFunction:
    case ObjectKind::kProperty:
    case ObjectKind::kStaticMethod:
    case ObjectKind::kClassMethod:
    case ObjectKind::kClass:
    case ObjectKind::kModule:
    case ObjectKind::kSuper:
    case ObjectKind::kCell:
    case ObjectKind::kUnknown:
    case ObjectKind::kEllipsis:
    case ObjectKind::kNotImplemented:
    case ObjectKind::kDeferred:
      return true;
    default:
      return false;
  }
}

std::size_t size_of(const Attributes& attributes) {
  return attributes.size() * sizeof(std::pair<std::string, Value>);
}

// What an object holds besides itself, about.
std::size_t content_size(const Object& object) {
  std::size_t size = 0;
  if (object.owns_extension()) {
    size = sizeof(Extension) + size_of(object.extension()->attributes);
  }
  switch (object.kind) {
    case ObjectKind::kStr:
      return size + static_cast<const Str&>(object).text.size();
    case ObjectKind::kBytes:
      return size + static_cast<const Bytes&>(object).data.size();
    case ObjectKind::kList:
      return size + static_cast<const List&>(object).items.capacity() * sizeof(Value);
    case ObjectKind::kTuple:
      return size + static_cast<const Tuple&>(object).items.size() * sizeof(Value);
    case ObjectKind::kDict:
      return size + static_cast<const Dict&>(object).entries().capacity() * sizeof(Dict::Entry);
    case ObjectKind::kSet:
      return size +
             static_cast<const Set&>(object).items.entries().capacity() * sizeof(Dict::Entry);
    case ObjectKind::kBigInt:
      return size + static_cast<const BigInt&>(object).value.digits.size() * sizeof(std::uint32_t);
    case ObjectKind::kGenerator:
      return size + sizeof(Frame);
    case ObjectKind::kInstance: {
      constexpr std::size_t kPayload = 128;
      const auto& instance = static_cast<const Instance&>(object);
      return size + size_of(instance.attributes) + (instance.payload ? kPayload : 0);
    }
    default:
      return size;
  }
}

void close_memory([[maybe_unused]] void* begin, [[maybe_unused]] std::size_t size) {
#ifdef RETORT_ADDRESS_SANITIZER
  ASAN_POISON_MEMORY_REGION(begin, size);
#endif
}

void open_memory([[maybe_unused]] void* begin, [[maybe_unused]] std::size_t size) {
#ifdef RETORT_ADDRESS_SANITIZER
  ASAN_UNPOISON_MEMORY_REGION(begin, size);
#endif
}

}  // namespace

// ---- Object

void Object::let_go() { Heap::of(*this).note(*this); }

// ---- memory

Object* Heap::Block::object() {
  return reinterpret_cast<Object*>(reinterpret_cast<std::byte*>(this) + sizeof(Block));
}

void Heap::FreeChunk::operator()(Chunk* chunk) const {
  open_memory(chunk, kChunk);
  std::free(chunk);  // NOLINT: of aligned_alloc
}

void* Heap::allocate(std::size_t size) {
  size = (size + sizeof(Block) + kUnit - 1) / kUnit * kUnit;
  bytes_ += size;
  Block*& vacant = free_[size / kUnit];
  if (vacant != nullptr) {
    Block* block = std::exchange(vacant, vacant->next_free);
    return block->object();
  }
  if (chunks_.empty() || chunks_.back()->used + size > kChunk) {
    void* memory = std::aligned_alloc(kChunk, kChunk);
    if (memory == nullptr) throw std::bad_alloc();
    chunks_.emplace_back(new (memory) Chunk{this, kUnit});
  }
  Chunk& chunk = *chunks_.back();
  void* at = reinterpret_cast<std::byte*>(&chunk) + chunk.used;
  chunk.used += size;
  return (new (at) Block{static_cast<std::uint32_t>(size)})->object();
}

Heap& Heap::of(const Object& object) {
  const auto address = reinterpret_cast<std::uintptr_t>(&object);
  return *reinterpret_cast<const Chunk*>(address & ~(std::uintptr_t{kChunk} - 1))->heap;
}

Heap::Block& Heap::block_of(Object& object) {
  return *reinterpret_cast<Block*>(reinterpret_cast<std::byte*>(&object) - sizeof(Block));
}

void Heap::adopt(Object& object) {
  block_of(object).used = true;
  object.serial = ++serials_;
  object.collected_ = defining_ == 0 && !object.stays_ && !stays(object.kind);
}

template <typename Visit>
void Heap::each(const Visit& visit) {
  for (const auto& chunk : chunks_) {
    std::size_t at = kUnit;
    while (at < chunk->used) {
      auto* block = reinterpret_cast<Block*>(reinterpret_cast<std::byte*>(chunk.get()) + at);
      at += block->size;
      if (block->used) visit(*block);
    }
  }
}

Heap::~Heap() {
  // Their values count down in objects that are gone already; the memory is still there.
  collecting_ = false;
  each([](Block& block) { block.object()->~Object(); });
}

std::size_t Heap::count() {
  std::size_t bytes = 0;
  each([&bytes](Block& block) { bytes += block.size + content_size(*block.object()); });
  return bytes_ = bytes;
}

// ---- what nothing refers to

void Heap::note(Object& object) {
  if (!collecting_ || object.serial <= oldest_ || object.noted_) return;
  object.noted_ = true;
  unreferenced_.push_back(&object);
}

void Heap::collect() {
  while (!unreferenced_.empty()) {
    Object& object = *unreferenced_.back();
    unreferenced_.pop_back();
    object.noted_ = false;
    if (object.references_ == 0 && object.collected_) free(object);
  }
}

void Heap::free(Object& object) {
  Block& block = block_of(object);
  bytes_ -= block.size;  // what it held is known to count() alone
  block.used = false;
  object.~Object();
  close_memory(&object, block.size - sizeof(Block));
#ifndef RETORT_ADDRESS_SANITIZER
  // Under the sanitizer it is not used again, so that a late access is always seen.
  block.next_free = std::exchange(free_[block.size / kUnit], &block);
#endif
}

Heap::Collecting::Collecting(Heap& heap)
    : heap_(heap),
      outer_(heap.collecting_),
      outer_oldest_(heap.oldest_),
      outer_unreferenced_(std::exchange(heap.unreferenced_, {})) {
  heap_.collecting_ = true;
  heap_.oldest_ = heap_.serials_;
}

Heap::Collecting::~Collecting() {
  heap_.collect();
  heap_.collecting_ = outer_;
  heap_.oldest_ = outer_oldest_;
  heap_.unreferenced_ = std::move(outer_unreferenced_);
}

}  // namespace retort::python
