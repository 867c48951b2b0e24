#!/usr/bin/env bash
# Runs every fuzz target on its kept corpus for some seconds each.
# usage: run.sh <build folder> [seconds]
set -euo pipefail
build=$(realpath "${1:?usage: run.sh <build folder> [seconds]}")
seconds=${2:-60}
cd "$(dirname "$0")"
for target in python_parse python_evaluate ini url; do
  scratch=$(mktemp -d)
  echo "fuzz_$target: $seconds s"
  if ! "$build/tests/fuzz/fuzz_$target" -max_total_time="$seconds" -timeout=10 -rss_limit_mb=2048 \
      -print_final_stats=1 -artifact_prefix="$build/crash-$target-" "$scratch" "corpus/$target" \
      >"$build/fuzz-$target.log" 2>&1; then
    tail -n 60 "$build/fuzz-$target.log"
    echo "fuzz_$target failed; the input is $build/crash-$target-*"
    exit 1
  fi
  grep -E 'stat::number_of_executed_units|DONE' "$build/fuzz-$target.log" | sed 's/^/  /'
  rm -rf "$scratch"
done
