#!/bin/sh
# Before the new code starts: the database goes to the newest revision, after a copy of it. A second
# deployment at the same time waits for this one. Any failure ends the deployment with the database at a
# whole revision.
set -eu
mkdir -p "${BACKUPS:-backups}"
exec retort migrate --wait "${WAIT:-60s}" --backup="${BACKUPS:-backups}"
