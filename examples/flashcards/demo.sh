#!/usr/bin/env bash
# Runs this history up, down and up again on a new SQLite file, and says what it does.
# usage: demo.sh <retort>
set -euo pipefail
retort=$(realpath "${1:?usage: demo.sh <path of the retort program>}")
cd "$(dirname "$0")"
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
export DATABASE_URL="sqlite:///$folder/flashcards.db"

say() { printf '\n== %s\n' "$*"; }
run() { printf '$ retort %s\n' "$*"; "$retort" "$@"; }

say "The history, newest first"
run history
say "base -> head on a new database"
run upgrade head
run current
say "What the revisions put in"
sqlite3 -header -column "$folder/flashcards.db" \
  "SELECT subjects.title, quizsets.name, question, answer, difficulty FROM questions
   JOIN quizsets ON quizsets.id = quizset_id JOIN subjects ON subjects.id = subject_id"
say "head -> base"
run downgrade base
say "base -> head again"
run upgrade head
run current -v
say "The SQL of the last step, for a person to read"
run upgrade e05d8f3b9c27:head --sql
say "Done: up, down and up again, without Python."
