#include <retort/retort.h>

using namespace retort;

// fails: a_revision_id_has_at_most_32_characters
constinit const Revision long_id{.id = "0123456789012345678901234567890123456789"};

// fails: a_revision_id_has_none_of_these_characters
constinit const Revision relative{.id = "head+1"};

// fails: a_revision_has_an_id
constinit const Revision nameless{.id = ""};

// fails: RevisionId
constinit const Revision without_id{.message = "orgs"};

// fails: a revision names at most eight others
constinit const Revision merge{.id = "a", .down = {"1", "2", "3", "4", "5", "6", "7", "8", "9"}};

// fails: upgarde
constinit const Revision misspelt{.id = "a", .upgarde = [](Op&) {}};
