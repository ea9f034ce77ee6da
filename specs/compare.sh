#!/bin/sh
# Plays fresh random scripts on CPython's own asyncio and on this project's player, and compares the answers.
#
#   specs/compare.sh SEED COUNT
#
# PYTHON names the CPython to use, python3 if it is not set; before 3.13 it skips scripts with several separators.
# Prints the first scripts whose answers differ, then the counts. The exit code is 0 if no answer differs, 1 if any
# does, 2 if the comparison could not be made.
set -eu

fail() {
    echo "$1" >&2
    exit 2
}

[ $# -eq 2 ] || fail "usage: specs/compare.sh SEED COUNT"

seed=$1
count=$2
case $count in
    '' | *[!0-9]*) fail "COUNT is a whole number, not $count" ;;
esac

python=${PYTHON:-python3}
specs=$(cd "$(dirname "$0")" && pwd)
player=$specs/../tests/Deterministic.Conformance
longest=20   # steps in a script: enough to go deep, and a difference can still be read
piece=50000  # scripts at a time, so that a million need no more room than that

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
trap 'exit 130' INT TERM

if ! dotnet build --configuration Release "$player" > "$work/build"; then
    cat "$work/build" >&2
    fail "the player does not build"
fi

same=0 skipped=0 different=0 begun=0 number=0
while [ "$begun" -lt "$count" ]; do
    number=$((number + 1))
    size=$((count - begun))
    [ "$size" -le "$piece" ] || size=$piece

    # Each piece has a seed of its own, made from the one given.
    "$python" "$specs/oracle/generate.py" --seed "$seed/$number" --count "$size" --longest "$longest" > "$work/scripts" \
        || fail "no scripts: $python is no CPython that can run the generator"
    "$python" "$specs/oracle/play.py" < "$work/scripts" > "$work/expected" &
    oracle=$!
    dotnet run --no-build --configuration Release --project "$player" -- play < "$work/scripts" > "$work/answers" \
        || fail "the player could not play piece $number"
    wait "$oracle" || fail "the oracle could not play piece $number"

    # The first piece with differences shows some; the same cause would only fill the screen again.
    show=5
    [ "$different" -eq 0 ] || show=0
    "$python" "$specs/oracle/compare.py" "$work/expected" "$work/answers" --scripts "$work/scripts" --show "$show" \
        > "$work/report" || true
    sed '$d' "$work/report"
    counts=$(sed -n '$s/^\([0-9]*\) same, \([0-9]*\) skipped, \([0-9]*\) differ$/\1 \2 \3/p' "$work/report")
    [ -n "$counts" ] || fail "the answers of piece $number could not be compared"
    # shellcheck disable=SC2086 # three numbers
    set -- $counts
    same=$((same + $1)) skipped=$((skipped + $2)) different=$((different + $3))
    begun=$((begun + size))
    echo "$begun of $count played" >&2
done

echo "$same same, $skipped skipped, $different differ"
[ "$different" -eq 0 ]
