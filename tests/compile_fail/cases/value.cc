#include <retort/retort.h>
using namespace retort;

// fails: a value can't be read as this type
int* read_a_pointer(const Row& row) { return row.get<int*>("a"); }
