#!/usr/bin/env bash
# The team's commands for migrations. Everything is retort's own; this file only goes to the project.
set -euo pipefail
cd "$(dirname "$0")"
exec retort "$@"
