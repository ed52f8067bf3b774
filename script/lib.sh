# Read by the scripts beside it, from the root of the project: how missing things get here.
# shellcheck shell=sh
set -eu

venv_python=.venv/bin/python

say() { printf '%s\n' "$*" >&2; }

fail() {
    say "$*"
    exit 1
}

# fingerprint PATH...: one hash over the contents of these files and folders.
fingerprint() {
    find "$@" -type f ! -name '*.pyc' -print 2>/dev/null | LC_ALL=C sort | xargs sha256sum | sha256sum | cut -d ' ' -f 1
}

# The first Python that is new enough; fails when there is none. PYTHON names another.
find_python() {
    for candidate in "${PYTHON:-python3}" python3.13 python3.12 python3.11; do
        if "$candidate" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
            command -v "$candidate"
            return
        fi
    done
    return 1
}

# The Chromium that the browser tests drive; fails when none starts. CHROMIUM names another. The one without
# windows comes first: the other spends half of the time of a test on drawing its own menus.
find_chromium() {
    for candidate in "${CHROMIUM:-chromium-headless-shell}" chromium-headless-shell chromium chromium-browser \
        google-chrome; do
        # Ubuntu ships a stub of this name that only asks for a snap: does it answer?
        if "$candidate" --version >/dev/null 2>&1; then
            command -v "$candidate"
            return
        fi
    done
    return 1
}

# The folder of initdb and pg_ctl, newest version first; fails when there is none.
find_postgresql() {
    for candidate in $(find /usr/lib/postgresql -maxdepth 2 -name bin 2>/dev/null | sort -rV) \
        "$(dirname "$(command -v initdb || echo /nowhere/initdb)")"; do
        if [ -x "$candidate/initdb" ]; then
            echo "$candidate"
            return
        fi
    done
    return 1
}

# PostgreSQL refuses to be run by root, so the user of Debian's package owns the cluster then.
as_database_owner() {
    if [ "$(id -u)" = 0 ]; then
        (cd / && runuser -u postgres -- "$@")
    else
        "$@"
    fi
}

# start_postgresql FOLDER: a cluster in FOLDER/cluster with the empty database "tests", for work that is thrown
# away. The path must be short: that of a socket may have 107 characters.
start_postgresql() {
    postgresql=$(find_postgresql)
    mkdir "$1/cluster"
    chmod 711 "$1"
    [ "$(id -u)" != 0 ] || chown postgres "$1/cluster"
    as_database_owner "$postgresql/initdb" -D "$1/cluster/data" -U "$(id -un)" \
        --auth=trust --no-sync --encoding=UTF8 --locale=C.UTF-8 >"$1/initdb.log" 2>&1 ||
        { cat "$1/initdb.log" && return 1; }
    as_database_owner "$postgresql/pg_ctl" -D "$1/cluster/data" -l "$1/cluster/log" -s -w -t 60 \
        -o "-k $1/cluster -c listen_addresses= -c fsync=off -c synchronous_commit=off -c full_page_writes=off" \
        start </dev/null || { cat "$1/cluster/log" && return 1; }
    "$postgresql/createdb" -h "$1/cluster" tests
}

# stop_postgresql FOLDER: what start_postgresql started there, at once.
stop_postgresql() {
    [ ! -d "$1/cluster/data" ] ||
        as_database_owner "$(find_postgresql)/pg_ctl" -D "$1/cluster/data" -m immediate -s stop
}

# missing_packages NAME...: those of these Debian packages that are not installed.
missing_packages() {
    for package in "$@"; do
        dpkg-query -W -f '${db:Status-Status}' "$package" 2>/dev/null | grep -q '^installed' || printf ' %s' "$package"
    done
}

# install_packages NAME...: by apt where that needs no password; else says what to type.
install_packages() {
    [ $# -gt 0 ] || return 0
    command="apt-get install --no-install-recommends $*"
    command -v apt-get >/dev/null || fail "Please install these (named as Debian names them), then start again: $*"
    if [ "$(id -u)" = 0 ]; then
        root="env"
    elif sudo -n true 2>/dev/null; then
        root="sudo -n env"
    else
        fail "Some system packages are missing. Please run this, then start again:
    sudo apt-get update && sudo $command"
    fi
    say "Installing system packages: $*"
    packages_log=$(mktemp)
    if ! { $root DEBIAN_FRONTEND=noninteractive apt-get update -q &&
        $root DEBIAN_FRONTEND=noninteractive apt-get install -q -y --no-install-recommends "$@"; } \
        >"$packages_log" 2>&1 </dev/null; then
        tail -n 20 "$packages_log" >&2
        rm -f "$packages_log"
        fail "apt could not install them; the command was: sudo $command"
    fi
    rm -f "$packages_log"
}

# A setting as Django will read it, from the environment or else from var/env.
setting() {
    if printenv "$1"; then
        return
    fi
    [ ! -f var/env ] || sed -n "s/^$1=//p" var/env
}

is_on() {
    case $(setting "$1" | tr '[:upper:]' '[:lower:]') in
        1 | true | on | ok | y | yes) true ;;
        *) false ;;
    esac
}

# Brings the database, the reference data and the static files up to date.
prepare_site() {
    umask 077 # var/ holds answers of persons
    mkdir -p var
    chmod 700 var
    migrations=$($venv_python manage.py migrate --no-input) || fail "$migrations"
    case $migrations in
        *"No migrations to apply"*) ;;
        *) rm -f var/loaded ;; # a new database, or a new shape of it
    esac

    # What the loaders read, what they do, and where they write it.
    loaders="asn_eval/accounts/data programs/data evaluations/data evaluations/instruments evaluations/examples"
    # shellcheck disable=SC2086,SC2046 # these are lists of names without blanks
    loaded="$(fingerprint $loaders $(find . -path './.venv' -prune -o -path '*/management/commands/load_*.py' -print)) \
$(printf '%s %s' "$(setting DATABASE_URL)" "$(setting ASN_EVAL_DEMO)" | sha256sum)"
    if [ "$(cat var/loaded 2>/dev/null)" != "$loaded" ]; then
        say "Loading reference data"
        commands="createcachetable load_regions load_reference load_instruments load_wave_rules"
        if is_on ASN_EVAL_DEMO; then
            commands="$commands load_examples"
        fi
        for load in $commands; do
            [ "$load" != load_examples ] || say "Loading the examples"
            $venv_python manage.py "$load" >/dev/null || fail "manage.py $load failed."
        done
        printf '%s\n' "$loaded" >var/loaded
    fi

    collected=$(fingerprint static requirements.txt)
    if [ "$(cat var/collected 2>/dev/null)" != "$collected" ] || [ ! -f var/static/staticfiles.json ]; then
        say "Collecting static files"
        $venv_python manage.py collectstatic --no-input -v 0
        printf '%s\n' "$collected" >var/collected
    fi
}

# Settings for tests and checks: all of them, so that what var/env says does not matter.
use_test_settings() {
    export ASN_EVAL_SECRET_KEY=only-for-tests-0123456789-abcdefghijklmnopqrstuvwxyz-0123456789
    export ASN_EVAL_DEBUG=0 ASN_EVAL_DEMO=0 ASN_EVAL_HTTPS=0 ASN_EVAL_TRUSTED_PROXIES=0 ASN_EVAL_DB_POOL=4
    export ASN_EVAL_DB_KEEPS_PLANS=1
    export ASN_EVAL_ALLOWED_HOSTS=localhost,127.0.0.1 ASN_EVAL_TRUSTED_ORIGINS=
    export ASN_EVAL_URL=http://localhost ASN_EVAL_EMAIL_URL='' ASN_EVAL_EMAIL_FROM=tests@localhost
    export ASN_EVAL_CACHE_URL=dbcache://cache_entry ASN_EVAL_LOG_LEVEL=INFO
    export DATABASE_URL="sqlite:///$1/tests.sqlite3"
}
