#!/usr/bin/env bash
# The README's commands on a fresh folder: Tambour starts with everything embedded, prints one line with a set-up link
# that answers, stops when told to; as a demonstration it shows a town; with a Java that is too old it says so.
set -eu
cd "$(dirname "$0")/../../.."

work=$(mktemp -d)
maven=

fail() {
    printf '%s\n' "$*" >&2
    [ ! -f "$work/log" ] || tail -30 "$work/log" | cut -c1-300 >&2
    exit 1
}

end() {
    [ -z "$maven" ] || kill -TERM "$maven" 2>/dev/null || :
    rm -rf "$work"
}
trap end EXIT

free_port() {
    local port
    for port in $(seq 18280 18299); do
        (: <"/dev/tcp/127.0.0.1/$port") 2>/dev/null || { printf '%s' "$port"; return; }
    done
    fail "No port between 18280 and 18299 is free."
}

# run_maven ARGUMENTS...: `mvn spring-boot:run` on a fresh folder, until it says that it is ready
run_maven() {
    TAMBOUR_PORT=$(free_port)
    export TAMBOUR_PORT TAMBOUR_DATA=$work/data TAMBOUR_MANAGEMENT_PORT=0
    rm -rf "$TAMBOUR_DATA"
    mvn -B -ntp -q spring-boot:run "$@" >"$work/log" 2>&1 &
    maven=$!
    local second
    for second in $(seq 600); do
        ! grep -q 'Started TambourApplication' "$work/log" || break
        kill -0 "$maven" 2>/dev/null || fail "mvn spring-boot:run ended instead of starting."
        [ "$second" -lt 600 ] || fail "mvn spring-boot:run did not start within ten minutes."
        sleep 1
    done
    # The line comes right after.
    for second in $(seq 120); do
        ! grep -q "http://localhost:$TAMBOUR_PORT/" "$work/log" || break
        sleep 0.5
    done
}

stop_maven() {
    local process=$maven
    kill -TERM "$process"
    # Maven's own status tells of the signal; what counts is that the server says it stopped, and is gone.
    wait "$process" 2>/dev/null || :
    maven=
    local second
    for second in $(seq 60); do
        (: <"/dev/tcp/127.0.0.1/$TAMBOUR_PORT") 2>/dev/null || return 0
        sleep 0.5
    done
    fail "Half a minute after Maven was stopped something still listens on $TAMBOUR_PORT."
}

status() { curl -sL -o "$work/page" -w '%{http_code}' --max-time 60 "$1"; }

a_fresh_start() {
    run_maven
    local links
    links=$(grep -oE "http://localhost:$TAMBOUR_PORT/mise-en-place/[A-Za-z0-9_-]+" "$work/log" | sort -u)
    [ "$(printf '%s\n' "$links" | grep -c .)" = 1 ] || fail "There is not exactly one set-up link: $links"
    [ "$(status "$links")" = 200 ] || fail "The set-up link does not answer 200."
    [ "$(status "http://localhost:$TAMBOUR_PORT/mise-en-place/guessed")" != 200 ] || fail "Any set-up link answers."
    [ -f "$TAMBOUR_DATA/tambour.db" ] || fail "There is no database in the data folder."
    stop_maven
    say "a fresh start: one link, which answers"
}

a_demonstration() {
    run_maven -Dspring-boot.run.profiles=demo
    [ "$(status "http://localhost:$TAMBOUR_PORT/")" = 200 ] || fail "The demonstration does not answer."
    grep -q '/avis/' "$work/page" || fail "The demonstration shows no notice."
    ! grep -q '/mise-en-place/' "$work/log" || fail "A demonstration is not to be set up."
    stop_maven
    say "a demonstration: a town with notices"
}

a_java_too_old() {
    mkdir -p "$work/old/bin" "$work/home/bin"
    printf 'JAVA_VERSION="17.0.1"\n' >"$work/old/release"
    printf '#!/bin/sh\nexit 99\n' >"$work/old/bin/java"
    chmod +x "$work/old/bin/java"
    # Where packages put other Javas is not to be looked at.
    sed "s,/usr/lib/jvm,$work/none," src/distribution/bin/tambour >"$work/home/bin/tambour"
    chmod +x "$work/home/bin/tambour"
    local said answer=0
    said=$(env -u TAMBOUR_JAVA JAVA_HOME="$work/old" PATH="$work/old/bin:$(tools)" "$work/home/bin/tambour" start 2>&1) ||
        answer=$?
    [ "$answer" = 78 ] || fail "A Java too old ends with $answer instead of 78: $said"
    [ "$(printf '%s\n' "$said" | wc -l)" = 1 ] || fail "A Java too old is told in more than a sentence: $said"
    case $said in *"Java 25"*17*) ;; *) fail "A Java too old is not told: $said" ;; esac
    say "a Java too old: $said"
}

# A folder with what the script needs and no Java.
tools() {
    mkdir -p "$work/tools"
    local tool
    for tool in sh readlink dirname sed cat ls cksum tr mkdir; do
        ln -sf "$(command -v "$tool")" "$work/tools/$tool"
    done
    printf '%s' "$work/tools"
}

say() { printf '%s\n' "$*"; }

a_java_too_old
a_fresh_start
a_demonstration
