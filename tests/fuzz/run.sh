#!/usr/bin/env bash
# Runs every fuzz target on its kept corpus for some seconds each, two at a time.
# usage: run.sh <build folder> [seconds]
set -euo pipefail
build=$(realpath "${1:?usage: run.sh <build folder> [seconds]}")
seconds=${2:-60}
cd "$(dirname "$0")"

fuzz() {
  local target=$1 scratch
  scratch=$(mktemp -d)
  if ! "$build/tests/fuzz/fuzz_$target" -max_total_time="$seconds" -timeout=10 -rss_limit_mb=2048 \
      -print_final_stats=1 -artifact_prefix="$build/crash-$target-" "$scratch" "corpus/$target" \
      >"$build/fuzz-$target.log" 2>&1; then
    tail -n 60 "$build/fuzz-$target.log"
    echo "fuzz_$target failed; the input is $build/crash-$target-*"
    return 1
  fi
  echo "fuzz_$target: $seconds s," \
       "$(sed -n 's/^stat::number_of_executed_units: *//p' "$build/fuzz-$target.log") inputs"
  rm -rf "$scratch"
}

for pair in "python_parse python_evaluate" "ini url"; do
  running=()
  for target in $pair; do
    fuzz "$target" &
    running+=($!)
  done
  for one in "${running[@]}"; do wait "$one"; done
done
