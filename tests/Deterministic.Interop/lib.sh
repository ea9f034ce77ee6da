# What the checks have in common. A check is a function; it runs in a process of its own with a time limit.
# Its last line is what the table says about it; `skip` and `fail` end it.

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)

fail() { # why
  echo "$*"
  exit 1
}

skip() { # why
  echo "$*"
  exit 77
}

need() { # programs
  for program in "$@"; do
    command -v "$program" >/dev/null || skip "there is no $program"
  done
}

# Words of commands rather than functions, so that a program can take the place of the shell that starts it, and be ended by its id.
ours=(dotnet "$here/bin/Release/net10.0/Deterministic.Interop.dll")
example=(dotnet "$here/bin/Release/net10.0/Deterministic.Examples.dll")
cpython=(python3 "$here/python/echo.py")

# Starts a program on the other side, which lives until its standard input ends or this check does.
begin() { # command
  coproc PEER { exec "$@" 2>&1; }
  peer=$!
  peers+=("$peer")
  # The array is gone as soon as the program is.
  local out=${PEER[0]-} in=${PEER[1]-}
  [ -n "$out" ] && [ -n "$in" ] || fail "it ended at once: $*"
  exec {from_peer}<&"$out" {to_peer}>&"$in" {out}<&- {in}>&-
}

# Reads what that program prints until a line fits; its parts are in BASH_REMATCH.
await() { # regular expression
  local line
  while IFS= read -r -t 30 -u "$from_peer" line; do
    if [[ $line =~ $1 ]]; then
      return
    fi
    echo "  | $line"
  done
  fail "the other side never printed '$1'"
}

# Goes on with a program that was begun before the last one.
turn_to() { # its process, what it is read from, what it is written to
  peer=$1 from_peer=$2 to_peer=$3
}

# Its standard input ends; waits for it.
finish() {
  exec {to_peer}>&-
  wait "$peer"
}

# Compares what came back with what was sent.
same() { # what was sent, what came back
  cmp "$1" "$2" || fail "other bytes came back than were sent"
  echo "$(($(stat -c %s "$2") / 1048576)) MiB, byte for byte ($(sha256sum <"$2" | cut -c1-16))"
}

# A process of its own for each check: whatever it started ends with it.
run_check() { # function
  set -euo pipefail
  mkdir -p "$work/$1"
  cd "$work/$1"
  peers=()
  trap 'kill "${peers[@]}" 2>/dev/null || true' EXIT
  trap 'exit 124' TERM
  "$1"
}
