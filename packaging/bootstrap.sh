#!/bin/sh
# Makes a checkout ready to use: system packages, .venv, the locked libraries, the program itself.
#
#   packaging/bootstrap.sh run    what running the program needs
#   packaging/bootstrap.sh dev    that, and what tests and tools need
#
# Where all is in place it changes nothing, says nothing and takes a moment.
# PYTHON names the interpreter for a new .venv; else the first Python of 3.11 or newer found.
set -eu
cd "$(dirname "$0")/.."

say() { echo "bootstrap: $*" >&2; }

fail() {
    say "$*"
    exit 1
}

find_python() {
    for python in ${PYTHON:-python3 python3.13 python3.12 python3.11}; do
        "$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && return 0
    done
    fail "no Python 3.11 or newer found; set PYTHON to one"
}

# --- system packages ---------------------------------------------------------

# Prints the packages of the given kind (library or tool) that this system lacks.
missing_packages() {
    while read -r kind name package; do
        [ "$kind" = "$1" ] || continue
        case $kind in
            library) case $linker_cache in *"	$name "*) continue ;; esac ;;
            tool) command -v "$name" >/dev/null && continue ;;
        esac
        echo "$package"
    done < packaging/debian-packages.txt
}

install_packages() {
    say "installing system packages:" "$@"
    export DEBIAN_FRONTEND=noninteractive
    # One unreachable source of many need not stop us: the install below fails if it matters.
    apt-get update -qq || say "apt-get update failed, going on with the package lists at hand"
    apt-get install -y -qq --no-install-recommends -o DPkg::Lock::Timeout=300 "$@" >&2
}

# Installs the packages when root on Debian; else prints the one command and returns false.
need_packages() {
    if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
        install_packages "$@"
    else
        say "system packages are missing; this installs them (Debian names):"
        say "    sudo apt-get install --no-install-recommends $*"
        return 1
    fi
}

ensure_system() {
    # /sbin is not on everyone's PATH. A system without ldconfig (macOS) gets its libraries with Qt.
    linker_cache=$(/sbin/ldconfig -p 2>/dev/null) || linker_cache=
    needed=
    wanted=
    [ -z "$linker_cache" ] || needed=$(missing_packages library)
    [ "$level" = run ] || wanted=$(missing_packages tool)
    # Debian splits the pip that a new .venv starts with into a package of its own.
    if [ ! -x .venv/bin/pip ]; then
        find_python
        "$python" -c 'import ensurepip' 2>/dev/null || needed="$needed python3-venv"
    fi
    [ -n "$needed$wanted" ] || return 0
    # shellcheck disable=SC2086  # lists of package names, meant to be split
    need_packages $needed $wanted && return 0
    [ -z "$needed" ] || fail "nothing runs without them"
    say "going on without these tools; the tests that need them are skipped and say so"
}

# --- .venv ---------------------------------------------------------------------

# Leaves a .venv with pip in it. One that runs but lacks pip (uv makes such) is completed;
# one whose interpreter is gone is made anew.
ensure_venv() {
    .venv/bin/python -m pip --version >/dev/null 2>&1 && return 0
    if .venv/bin/python -c '' 2>/dev/null; then
        .venv/bin/python -m ensurepip --upgrade --default-pip >/dev/null
    else
        find_python
        say "creating .venv with $("$python" --version)"
        "$python" -m venv --clear .venv
    fi
}

# What a finished installation rests on: the place, the interpreter, the locks, the project file.
fingerprint() {
    { pwd; .venv/bin/python --version; cat packaging/requirements-build.lock "$1" pyproject.toml; } | cksum
}

is_installed() {
    [ -x .venv/bin/python ] && [ -f ".venv/installed-$1" ] &&
        [ "$(cat ".venv/installed-$1")" = "$(fingerprint "$(lock_for "$1")")" ]
}

lock_for() {
    case $1 in
        run) echo packaging/requirements.lock ;;
        dev) echo packaging/requirements-dev.lock ;;
    esac
}

# Everything comes by hash. Build isolation is off because it would fetch build tools unhashed:
# they stand in a lock of their own, installed first.
pip_install() {
    .venv/bin/python -m pip --disable-pip-version-check install --quiet \
        --no-deps --no-build-isolation --use-pep517 "$@"
}

ensure_libraries() {
    is_installed dev && return 0
    [ "$level" = run ] && is_installed run && return 0
    ensure_venv
    say "installing the locked libraries (a few hundred MB the first time)"
    pip_install --require-hashes -r packaging/requirements-build.lock
    pip_install --require-hashes -r "$(lock_for "$level")"
    pip_install --editable .
    # Last, so that an interrupted installation is taken up again.
    fingerprint "$(lock_for "$level")" > ".venv/installed-$level"
}

level=${1:-dev}
[ -n "$(lock_for "$level")" ] || fail "say run or dev, not $level"
ensure_system
ensure_libraries
