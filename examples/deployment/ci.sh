#!/bin/sh
# What a pull request must pass, on an empty database that DATABASE_URL names.
set -eu

# One head: two people's revisions on the same parent are found here and not on the server.
heads=$(retort heads | wc -l)
if [ "$heads" -ne 1 ]; then
    echo "the history has $heads heads: retort merge heads -m 'Merge'" >&2
    exit 1
fi

# Every revision runs up, down and up again.
retort upgrade head
retort downgrade base
retort upgrade head

# The models have nothing that no revision makes. Exit code 3 says that something is missing.
retort check
