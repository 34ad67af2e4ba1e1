# Messages of the scripts beside this folder; sourced, never run.
# Progress goes to stderr, so that a script's stdout stays what it is for.

say() { printf '%s\n' "$*" >&2; }

# Ends the script with one sentence: what is wrong and what mends it.
die() {
  printf '%s: %s\n' "${0##*/}" "$*" >&2
  exit 1
}
