#!/usr/bin/env bash
# Runs scripts/setup on machines that lack something. Each machine is a folder of commands that stands alone on
# PATH: links to the real ones, and small stand-ins for those that would reach out of the test. No network.

# shellcheck disable=SC2016 # What stands in single quotes runs in the stand-ins.
set -euo pipefail

root=$(cd "$(dirname "$0")/../.." && pwd)
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
passed=0
# What python3 on PATH may be a script that wants more commands than the machines have.
python=$(python3 -c 'import sys; print(sys.executable)')
unset WEFT_TORCH WEFT_WITHOUT_TORCH

# --- the machine

real=(bash awk cat cmp cp cut dirname env flock grep head mkdir mktemp mv rm sed sort tail touch)

# stand_in NAME BODY: a command of the machine.
stand_in() { printf '#!%s\n%s\n' "$BASH" "$2" >"$bin/$1" && chmod +x "$bin/$1"; }

# A machine on which everything is installed and nothing downloaded yet.
new_machine() {
  machine=$scratch/machine
  bin=$machine/bin
  rm -rf "$machine"
  mkdir -p "$bin"
  local tool
  for tool in "${real[@]}"; do ln -s "$(command -v "$tool")" "$bin/$tool"; done
  stand_in uname 'case $1 in -s) echo Linux ;; -m) echo x86_64 ;; esac'
  stand_in swift 'echo "Swift version 6.3.1 (swift-6.3.1-RELEASE)"'
  stand_in id 'echo 0'
  stand_in df 'printf "Filesystem 1024-blocks Used Available\nnone 0 0 90000000\n"'
  stand_in dpkg-query 'shift 3; for name; do [[ $name == "${ABSENT:-}" ]] || echo "installed $name"; done'
  stand_in apt-get 'echo "apt-get $*" >>"$MACHINE/calls"'
  stand_in python3 '
    [[ "$*" == "-m pip"* ]] || exec "$REAL_PYTHON" "$@"
    [[ "$*" == *download* ]] || exit 0
    echo "pip download" >>"$MACHINE/calls"
    while [[ $1 != -d ]]; do shift; done
    "$REAL_PYTHON" "$MACHINE/wheels.py" "$2"'
  make_wheels torch/lib/libc10.so torch/lib/libtorch_cpu.so torch/lib/libgomp.so.1 torch/lib/libtorch_cuda.so \
    torch/include/ATen/ATen.h nvidia/cu13/lib/libcudart.so.13 nvidia/cu13/lib/libcupti.so.13 ../outside
}

# What the stand-in of pip downloads: one wheel with these files.
make_wheels() {
  cat >"$machine/wheels.py" <<PYTHON
import sys, zipfile
with zipfile.ZipFile(sys.argv[1] + "/torch.whl", "w") as wheel:
    for name in "$*".split():
        wheel.writestr(name, name)
PYTHON
}

# setup [NAME=VALUE...]: runs it there; leaves `output` and `status`.
setup() {
  status=0
  output=$(env -i PATH="$bin" REAL_PYTHON="$python" MACHINE="$machine" \
    WEFT_DEPS="$machine/deps" "$@" "$BASH" "$root/scripts/setup" 2>&1) || status=$?
}

# --- what is expected

fail() {
  printf 'setup-errors: %s\nstatus %s, output:\n%s\n' "$1" "$status" "$output" >&2
  exit 1
}

expect_failure() {
  [[ $status -eq 1 ]] || fail "'$1' was expected to fail with status 1"
  [[ $output == *"$1"* ]] || fail "'$1' is not in the output"
  # One sentence, whatever apt or pip said before it.
  [[ $(tail -1 <<<"$output") == "setup: "*[.0-9a-z\)] ]] || fail "the last line is not setup's own"
  [[ ! -e $machine/deps/torch ]] || fail "a failed setup left .deps/torch"
  compgen -G "$machine/deps/unfinished.*" >/dev/null && fail "a failed setup left its work folder"
  passed=$((passed + 1))
}

expect_success() {
  [[ $status -eq 0 ]] || fail "setup was expected to succeed"
  passed=$((passed + 1))
}

calls() { cat "$machine/calls" 2>/dev/null || true; }

# --- the machine is the wrong one

new_machine
stand_in uname 'case $1 in -s) echo Linux ;; -m) echo aarch64 ;; esac'
setup
expect_failure "weft builds on Linux x86_64 only and this is Linux aarch64"

new_machine
rm "$bin/apt-get"
setup
expect_failure "apt-get is missing; setup needs Debian 12"

new_machine
rm "$bin/swift"
setup
expect_failure "Swift is missing; install the toolchain"

for version in 5.10.1 6.2.4; do
  new_machine
  stand_in swift "echo 'Swift version $version (swift-$version-RELEASE)'"
  setup
  expect_failure "Swift $version is too old, weft needs 6.3 or newer"
done

new_machine
stand_in swift 'exit 127'
setup
expect_failure "'swift --version' does not work"

for version in 6.3 6.10.2 7.0; do
  new_machine
  stand_in swift "echo 'Swift version $version'"
  setup WEFT_WITHOUT_TORCH=1
  expect_success
done

# --- room and rights

new_machine
stand_in df 'printf "Filesystem 1024-blocks Used Available\nnone 0 0 3999999\n"'
setup
expect_failure "only 3999 MB are free in $machine/deps; setup and build need 4 GB"

new_machine
touch "$machine/deps"
setup
[[ $status -eq 1 && $output == *"cannot be written"* ]] || fail "a file in the place of .deps must be an error"
passed=$((passed + 1))

new_machine
stand_in id 'echo 1000'
setup ABSENT=libxml2-dev
expect_failure "neither root nor sudo; as root run: apt-get install -y --no-install-recommends libxml2-dev"

new_machine
stand_in id 'echo 1000'
stand_in sudo 'echo "sudo $*" >>"$MACHINE/calls"'
setup ABSENT=libxml2-dev
expect_success
[[ $(calls) == *"sudo env DEBIAN_FRONTEND=noninteractive apt-get"*"install --no-install-recommends libxml2-dev"* ]] \
  || fail "sudo was expected to install libxml2-dev: $(calls)"

# --- the network

new_machine
stand_in apt-get 'echo "E: Temporary failure resolving a name" >&2; exit 100'
setup ABSENT=libcld2-dev
expect_failure "apt-get cannot install libcld2-dev; check the network"

new_machine
printf 'import sys\nsys.exit("ERROR: No matching distribution found for torch==2.11.0")\n' >"$machine/wheels.py"
setup
expect_failure "libtorch cannot be downloaded from PyPI; check the network, or set WEFT_TORCH"

new_machine
stand_in python3 '
  [[ "$*" == *download* ]] || exit 0
  while [[ $1 != --log ]]; do shift; done
  echo "ERROR: THESE PACKAGES DO NOT MATCH THE HASHES FROM THE REQUIREMENTS FILE" >"$2"; exit 1'
setup
expect_failure "a downloaded wheel is not the one"

new_machine
make_wheels torch/lib/libc10.so
setup
expect_failure "libtorch cannot be unpacked"

new_machine
printf 'import sys\nopen(sys.argv[1] + "/torch.whl", "w").write("not a wheel")\n' >"$machine/wheels.py"
setup
expect_failure "libtorch cannot be unpacked"

# --- an installed PyTorch

new_machine
setup WEFT_TORCH="$scratch/absent"
expect_failure "has no lib/libtorch_cpu.so or no headers"

new_machine
installed=$machine/installed
mkdir -p "$installed/lib" "$installed/include/torch/csrc/api/include"
touch "$installed/lib/libtorch_cpu.so"
printf "__version__ = '2.5.1'\n" >"$installed/version.py"
setup WEFT_TORCH="$installed"
expect_failure "is PyTorch '2.5.1'; give the torch folder of a PyTorch 2.11"

printf "__version__ = '2.11.0+cu130'\n" >"$installed/version.py"
setup WEFT_TORCH="$installed"
expect_success
[[ -z $(calls) ]] || fail "an installed PyTorch needs no download"
grep -qxF "prefix=$installed" "$machine/deps/pkgconfig/torch.pc" || fail "torch.pc does not name $installed"

# --- all is well

new_machine
mkdir -p "$machine/deps/unfinished.killed"
setup
expect_success
[[ -f $machine/deps/torch/lib/libcudart.so.13 && -f $machine/deps/torch/include/ATen/ATen.h ]] \
  || fail "libraries or headers are not unpacked"
[[ ! -e $machine/deps/torch/lib/libtorch_cuda.so ]] || fail "the CUDA library must not be unpacked"
[[ -z $(compgen -G "$machine/deps/unfinished.*") ]] || fail "the work folder of a killed setup is still there"

setup
expect_success
[[ $(calls) == "pip download" ]] || fail "the second run must do nothing: $(calls)"

printf 'torch==0\n' >"$machine/deps/torch/wheels.txt"
setup
expect_success
[[ $(calls) == "pip download"$'\n'"pip download" ]] || fail "other wheels than the listed ones must be replaced"

printf 'setup-errors: %d checks passed\n' "$passed"
