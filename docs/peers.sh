#!/usr/bin/env bash
# What other generators make of the same API: installs each from its public registry, gives it the project's OpenAPI
# document, bent by peers_bend.py until the peer takes it, and prints a table: the bends and how often, what generating
# cost, and what compiling the crate alone costs, its dependencies built. See docs/performance.md.
#
#   docs/peers.sh [--program] [--decode] [PEER...]
#
# --program also builds docs/peers/PEER.rs, a program of three calls, where there is one, and prints its stripped size.
# --decode also builds docs/peers/decode.rs, which reads the 10 MB of devices of the project's benchmark as the peer's type,
# as this project's and as `Value`, taking turns 21 times; its rows are a second table, printed last: medians, the median of
# the turns' ratios, and the most bytes allocated at a time.
# Variables: DOCUMENT, the OpenAPI document; FOLDER, where everything goes (several GB; what is installed there is used
# again); STEPS, how to compile (check, build, release, or none); TIME, GNU time. A peer that refuses the document, or whose
# code does not compile, is a row that says what it said.
# Needs cargo, python3, GNU time, strip; openapi-generator also java. openapi-to-rust and progenitor need 7 GB of memory.
set -uo pipefail
here=$(cd "$(dirname "$0")" && pwd)
DOCUMENT=${DOCUMENT:-$here/../generated-client/openapi/losant.openapi.json}
FOLDER=${FOLDER:-$(mktemp -d)}
STEPS=${STEPS-check build release}
TIME=${TIME:-/usr/bin/time}
document=$(realpath -e "$DOCUMENT") || { echo "there is no OpenAPI document; say DOCUMENT=..." >&2; exit 2; }
[ -x "$TIME" ] || { echo "GNU time is needed; say TIME=..." >&2; exit 2; }
mkdir -p "$FOLDER"
FOLDER=$(realpath "$FOLDER")
cd "$FOLDER" || exit 2
# One target folder: peers share most of their dependencies.
export PATH="$FOLDER/bin:$PATH" CARGO_INCREMENTAL=0 CARGO_TARGET_DIR="$FOLDER/target"

tool() { # crate version: installed once
    [ -x "bin/$1" ] || CARGO_TARGET_DIR="$FOLDER/tools" cargo install --quiet --locked --root "$FOLDER" "$1@$2"
}

# Runs a command; prints wall s, processor s and peak MB as cells, or why not.
measure() {
    if "$TIME" -o "$FOLDER/cost" -f '%e %U %S %M' "$@" >"$FOLDER/log" 2>&1; then
        awk '{ printf "%.2f | %.2f | %d", $1, $2 + $3, $4 / 1000 }' "$FOLDER/cost"
    else
        printf 'fails (%d errors), first: %s | | ' "$(grep -c '^error\[' "$FOLDER/log")" \
            "$(grep -m1 -A1 -E '^error|ERROR|Exception|panicked|[Uu]nsupported' "$FOLDER/log" | tr '|\n' '/ ' | cut -c1-160)"
    fi
}

bend() { # peer: prints what was bent
    python3 "$here/peers_bend.py" "$1" "$document" "$1.json"
}

# What the crate in this folder costs alone: an empty library in its place has the dependencies compiled before.
alone() { # cargo's arguments
    mv src/lib.rs whole.rs && : >src/lib.rs
    cargo "$@" --quiet >"$FOLDER/dependencies.log" 2>&1
    mv whole.rs src/lib.rs && touch src/lib.rs
    measure cargo "$@" --quiet
}

megabytes() { # file
    [ -f "$1" ] && awk -v bytes="$(stat -c %s "$1")" 'BEGIN { printf "%.2f", bytes / 1e6 }'
}

# Where a peer has the type that --decode reads.
declare -A DEVICES=([oas3]=losant_oas3::Devices [oag]=losant_oag::models::Devices
    [o2r]=losant_o2r::generated::Devices [progenitor]=losant_progenitor::types::Devices)

# Prints the rows of --decode, or why there are none. Each peer depends on serde and serde_json itself.
decoding() { # peer, cargo's arguments...
    local peer=$1 name=$1 cost
    shift
    mkdir -p examples
    { cat "$here/peers/decode.rs" && echo "use ${DEVICES[$peer]} as PeerDevices;"; } >examples/decode.rs
    cargo add --quiet --dev --path "$here/../generated-client" --no-default-features --features device 2>/dev/null
    cost=$(measure cargo build --quiet --release --example decode "$@")
    case $cost in fails*) echo "| $peer | ${cost%% |*} | | | | |" && return ;; esac
    # It makes `Value` slower, and a dependency may ask for it.
    cargo tree -e features -i serde_json "$@" | grep -q preserve_order && name+=" (with serde_json's preserve_order)"
    "$CARGO_TARGET_DIR/release/examples/decode" "$FOLDER/devices.json" "$name"
}

# Prints a row. The crate is in the folder named after the peer, its package is losant_PEER.
row() { # peer, bends, cost of generating, cargo's arguments...
    local peer=$1 cells="$2 | $3" step folder cost
    shift 3
    cells+=" | $(find "$peer" -name '*.rs' -print0 2>/dev/null | xargs -0r cat | wc -l)"
    if [ -f "$peer/src/lib.rs" ] && cd "$peer"; then
        sed -i "0,/^name = .*/s//name = \"losant_$peer\"/" Cargo.toml
        # A workspace of its own, wherever FOLDER is.
        grep -q '^\[workspace\]' Cargo.toml || printf '\n[workspace]\n' >>Cargo.toml
        for step in $STEPS; do
            case $step in
                check) cost=$(alone check "$@") ;;
                build) cost=$(alone build "$@") folder=debug ;;
                release) cost=$(alone build --release "$@") folder=release ;;
            esac
            # Without its wall time.
            case $cost in fails*) cells+=" | $step ${cost%|*}" && cd "$FOLDER" && break ;; *) cells+=" | ${cost#*| }" ;; esac
            [ "$step" = check ] || cells+=" | $(megabytes "$CARGO_TARGET_DIR/$folder/liblosant_$peer.rlib")"
        done
        # Left where it does not compile.
        if [ -n "$program" ] && [ "$PWD" != "$FOLDER" ] && [ -f "$here/peers/$peer.rs" ]; then
            mkdir -p examples && cp "$here/peers/$peer.rs" examples/three_calls.rs
            cargo add --quiet --dev tokio --features macros,rt 2>/dev/null
            cost=$(measure cargo build --quiet --release --example three_calls "$@")
            case $cost in
                fails*) cells+=" | program $cost" ;;
                *) strip -o three_calls "$CARGO_TARGET_DIR/release/examples/three_calls" && cells+=" | $(megabytes three_calls)" ;;
            esac
        fi
        [ -z "$decode" ] || [ "$PWD" = "$FOLDER" ] || decoding "$peer" "$@" >>"$FOLDER/decode.md"
        cd "$FOLDER" || exit 2
    fi
    echo "| $peer | $cells |"
}

oas3() {
    tool oas3-gen 0.29.0 || return
    rm -rf oas3
    local bends cost
    bends=$(bend oas3)
    cost=$(measure oas3-gen generate -i oas3.json -o oas3 -w --no-ordered-collections client-mod)
    # All programs are compared without TLS.
    sed -i 's/"native-tls", //' oas3/Cargo.toml
    row oas3 "$bends; its TLS away" "$cost"
}

oag() {
    command -v java >/dev/null || { echo "| oag | skipped: no java |"; return; }
    [ -x python/bin/openapi-generator-cli ] || { python3 -m venv python && python/bin/pip install --quiet openapi-generator-cli==7.26.0; }
    rm -rf oag
    local bends
    bends=$(bend oag)
    row oag "$bends; its TLS away" "$(measure python/bin/openapi-generator-cli generate -g rust -i oag.json -o oag --library reqwest \
        --package-name losant_oag)" --no-default-features
}

o2r() {
    tool openapi-to-rust 0.23.0 || return
    rm -rf o2r && cargo new --quiet --lib --vcs none o2r
    local bends cost
    bends=$(bend o2r)
    cost=$(measure openapi-to-rust generate o2r.json --output-dir o2r/src/generated)
    echo 'pub mod generated;' >o2r/src/lib.rs
    # It makes a module and says which dependencies it needs.
    sed -i '/^\[dependencies\]/d' o2r/Cargo.toml
    cat o2r/src/generated/REQUIRED_DEPS.toml >>o2r/Cargo.toml
    sed -i 's/"rustls", //' o2r/Cargo.toml
    row o2r "$bends; its TLS away" "$cost"
}

progenitor() {
    tool cargo-progenitor 0.15.1 || return
    rm -rf progenitor
    local bends
    bends=$(bend progenitor)
    row progenitor "$bends; it has no TLS" "$(measure cargo-progenitor progenitor -i progenitor.json -o progenitor -n losant_progenitor -v 0.1.0)"
}

program='' decode=''
while :; do
    case ${1-} in
        --program) program=1 ;;
        --decode) decode=1 ;;
        *) break ;;
    esac
    shift
done
if [ -n "$decode" ]; then
    python3 "$here/peers/page.py" "$here/../spec/schemas/device.md" devices.json || exit 2
    : >decode.md
fi
[ $# -gt 0 ] || set -- oas3 oag o2r progenitor
head='| peer | bends (places) | generate: wall s | processor s | peak MB | lines'
rule='| --- | --- | --: | --: | --: | --:'
for step in $STEPS; do
    head+=" | $step: processor s | peak MB" rule+=' | --: | --:'
    [ "$step" = check ] || head+=' | rlib MB' rule+=' | --:'
done
[ -z "$program" ] || head+=' | program MB' rule+=' | --:'
printf '%s |\n%s |\n' "$head" "$rule"
for peer; do
    case $peer in
        oas3 | oag | o2r | progenitor) "$peer" || echo "| $peer | cannot be installed |" ;;
        *) echo "no such peer: $peer" >&2; exit 2 ;;
    esac
done
if [ -n "$decode" ]; then
    printf '\n| peer | way | ms | MB/s | `Value` in terms of it | peak memory, times the text |\n'
    printf '| --- | --- | --: | --: | --: | --: |\n'
    cat decode.md
fi
