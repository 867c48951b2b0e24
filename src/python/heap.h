#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <vector>

namespace retort::python {

struct Object;

// The memory of the objects of one evaluator. What is still there goes with the heap.
//
// Objects count the Values that refer to them. Native functions hold bare pointers to objects, too,
// so one whose count falls to nothing is not freed at once but noted, and looked at again by
// collect(), which the interpreter calls where no native function is in the middle of something: at
// the end of a statement of a file that Evaluator::run() runs or of a function that
// Evaluator::call_collecting() does. Objects that are older than that call, and kinds that others
// point to without counting (classes, functions, modules, exceptions), stay. Rings of objects are
// not found.
class Heap {
 public:
  Heap() = default;
  ~Heap();
  Heap(const Heap&) = delete;
  Heap& operator=(const Heap&) = delete;

  void* allocate(std::size_t size);
  // Takes over an object that was made in memory of allocate().
  void adopt(Object& object);
  void account(std::size_t bytes) { bytes_ += bytes; }  // what an object holds besides itself
  // An upper bound of what the objects take; count() makes it exact.
  std::size_t bytes() const { return bytes_; }
  std::size_t count();

  bool has_garbage() const { return !unreferenced_.empty(); }
  void collect();

  // As long as one exists, objects that nothing refers to are noted for collect().
  class Collecting {
   public:
    explicit Collecting(Heap& heap);
    ~Collecting();
    Collecting(const Collecting&) = delete;
    Collecting& operator=(const Collecting&) = delete;

   private:
    // Of the call around, which native functions are in the middle of.
    Heap& heap_;
    bool outer_;
    std::uint32_t outer_oldest_;
    std::vector<Object*> outer_unreferenced_;
  };

  // What is made as long as one exists stays: definitions of native modules and classes, which
  // point at each other as they like.
  class Defining {
   public:
    explicit Defining(Heap& heap) : heap_(heap) { ++heap_.defining_; }
    ~Defining() { --heap_.defining_; }
    Defining(const Defining&) = delete;
    Defining& operator=(const Defining&) = delete;

   private:
    Heap& heap_;
  };

 private:
  friend struct Object;
  static constexpr std::size_t kChunk = std::size_t{256} * 1024;  // size and alignment
  static constexpr std::size_t kUnit = 16;
  static constexpr std::size_t kLargest = 4096;  // of an object; Evaluator::make() sees to it

  // In front of every object.
  struct alignas(kUnit) Block {
    std::uint32_t size = 0;  // with this
    bool used = false;
    Block* next_free = nullptr;
    Object* object();
  };
  // At the start of every chunk.
  struct Chunk {
    Heap* heap = nullptr;
    std::size_t used = 0;
  };
  static_assert(sizeof(Chunk) <= kUnit);  // so that the blocks begin one unit behind it
  struct FreeChunk {
    void operator()(Chunk* chunk) const;
  };

  static Heap& of(const Object& object);
  static Block& block_of(Object& object);
  void note(Object& object);  // nothing refers to it now
  void free(Object& object);
  template <typename Visit>
  void each(const Visit& visit);

  std::vector<std::unique_ptr<Chunk, FreeChunk>> chunks_;
  std::array<Block*, (kLargest + sizeof(Block)) / kUnit + 1> free_{};  // by size in units
  std::vector<Object*> unreferenced_;
  std::size_t bytes_ = 0;
  std::uint32_t serials_ = 0;
  std::uint32_t oldest_ = 0;  // objects up to this serial stay
  std::uint32_t defining_ = 0;
  bool collecting_ = false;
};

}  // namespace retort::python
