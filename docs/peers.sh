#!/usr/bin/env bash
# What other generators make of the same API: installs each from its public registry, lets it read the project's OpenAPI
# document as it is, and measures generating and checking what came out. See docs/performance.md.
#
#   docs/peers.sh [peer...]
#
# Variables: DOCUMENT, the OpenAPI document; FOLDER, where everything goes (several GB); TIME, GNU time. A peer that refuses
# the document, or whose code does not compile, is a row too. progenitor needs 16 GB of memory to check what it makes.
set -uo pipefail
root=$(cd "$(dirname "$0")/.." && pwd)
DOCUMENT=${DOCUMENT:-$(ls "$root"/generated-client/openapi/*.json "$root"/openapi/*.json 2>/dev/null | head -1)}
FOLDER=${FOLDER:-$(mktemp -d)}
TIME=${TIME:-/usr/bin/time}
document=$(realpath "$DOCUMENT") || { echo "there is no OpenAPI document; say DOCUMENT=..." >&2; exit 2; }
[ -x "$TIME" ] || { echo "GNU time is needed; say TIME=..." >&2; exit 2; }
mkdir -p "$FOLDER"
cd "$FOLDER" || exit 2
export PATH="$FOLDER/bin:$PATH" CARGO_INCREMENTAL=0

tool() { # crate version: installed once
    [ -x "bin/$1" ] || cargo install --quiet --locked --root "$FOLDER" "$1@$2"
}

# Runs a command; prints wall s, processor s, peak MB, or why not.
measure() {
    if "$TIME" -o cost -f '%e %U %S %M' "$@" >log 2>&1; then
        awk '{ printf "%.2f | %.2f | %d", $1, $2 + $3, $4 / 1000 }' cost
    else
        printf 'fails: %s | | ' "$(grep -m1 -E '^error|ERROR|Exception|panicked|[Uu]nsupported' log | cut -c1-80 | tr '|' '/')"
    fi
}

# Has generated into the folder of that name, with a manifest: prints the row.
row() { # peer, cost of generating
    local lines checked='not run | | '
    lines=$(find "$1" -path '*/target' -prune -o -name '*.rs' -print0 2>/dev/null | xargs -0r cat | wc -l)
    if [ -f "$1/Cargo.toml" ]; then
        cp -n "$1/Cargo.toml" "$1/Cargo.toml.orig"
        # A workspace of its own, wherever FOLDER is.
        grep -q '^\[workspace\]' "$1/Cargo.toml" || printf '\n[workspace]\n' >>"$1/Cargo.toml"
        # Once for the dependencies, then the crate alone.
        (cd "$1" && cargo check --quiet >/dev/null 2>&1; touch src/lib.rs)
        checked=$(cd "$1" && measure cargo check --quiet)
    fi
    echo "| $1 | $2 | $lines | $checked |"
}

oas3() {
    tool oas3-gen 0.29.0 || return
    rm -rf oas3 && cargo new --quiet --lib --vcs none oas3
    local cost
    cost=$(measure oas3-gen generate -i "$document" -o oas3/src/api --no-ordered-collections client-mod)
    echo 'pub mod api;' >oas3/src/lib.rs
    (cd oas3 && cargo add --quiet serde serde_json reqwest http anyhow validator regex chrono uuid indexmap percent-encoding \
        oas3-gen-support >/dev/null 2>&1)
    row oas3 "$cost"
}

oag() {
    command -v java >/dev/null || { echo "| oag | skipped: no java | | | | | | |"; return; }
    [ -x python/bin/openapi-generator-cli ] || { python3 -m venv python && python/bin/pip install --quiet openapi-generator-cli==7.26.0; }
    rm -rf oag
    row oag "$(measure python/bin/openapi-generator-cli generate -g rust -i "$document" -o oag --library reqwest --package-name losant_oag)"
}

o2r() {
    tool openapi-to-rust 0.23.0 || return
    rm -rf o2r
    row o2r "$(measure openapi-to-rust generate "$document" --output o2r)"
}

progenitor() {
    tool cargo-progenitor 0.15.1 || return
    rm -rf progenitor
    row progenitor "$(measure cargo-progenitor progenitor -i "$document" -o progenitor -n losant_progenitor -v 0.1.0)"
}

[ $# -gt 0 ] || set -- oas3 oag o2r progenitor
echo '| peer | generate: wall s | processor s | peak MB | lines | `cargo check`: wall s | processor s | peak MB |'
echo '| --- | --: | --: | --: | --: | --: | --: | --: |'
for peer; do
    case $peer in
        oas3 | oag | o2r | progenitor) "$peer" || echo "| $peer | cannot be installed | | | | | | |" ;;
        *) echo "no such peer: $peer" >&2; exit 2 ;;
    esac
done
