# Shared by the scripts of this folder; source it, do not run it.
# shellcheck shell=bash

root=$(CDPATH='' cd -- "$(dirname -- "${BASH_SOURCE[0]}")/.." && pwd)
cache=${XDG_CACHE_HOME:-$HOME/.cache}/tributary
wasm_toolchain=tributary-wasm

# One target folder outside the checkout: a fresh clone reuses what is compiled already.
export CARGO_TARGET_DIR=${CARGO_TARGET_DIR:-$cache/target}
export WASM_BUILD_WORKSPACE_HINT=$root
export OPENSSL_NO_VENDOR=1
# Where the programs stand.
bin=${TRIBUTARY_BIN:-$CARGO_TARGET_DIR/release}

say() { printf '%s\n' "$*" >&2; }
fail() {
	printf 'error: %s\n' "$1" >&2
	[ $# -lt 2 ] || printf '  fix: %s\n' "$2" >&2
	exit 1
}

# Whether the pinned compiler can build wasm by itself.
rustup_has_wasm() {
	local libdir
	libdir=$(cd "$root" && rustc --print target-libdir --target wasm32v1-none 2>/dev/null) && [ -d "$libdir" ]
}

# Points the runtime's wasm build at whichever compiler has the target.
use_wasm_toolchain() {
	if rustup_has_wasm; then
		unset WASM_BUILD_TOOLCHAIN
	else
		export WASM_BUILD_TOOLCHAIN=$wasm_toolchain
	fi
}

# Cargo tells what is stale in a path by its times alone, and takes a file of one checkout for that of another. When the
# target folder was last used by another checkout, what it holds of this workspace is thrown away, and dependencies stay.
claim_target() {
	local stamp=$CARGO_TARGET_DIR/checkout members
	mkdir -p "$CARGO_TARGET_DIR"
	if [ "$(cat "$stamp" 2>/dev/null)" != "$root" ]; then
		# That of the fuzz targets is small.
		rm -rf "$CARGO_TARGET_DIR/fuzz-seeds" "$CARGO_TARGET_DIR/fuzz"
		if [ -d "$CARGO_TARGET_DIR/release" ]; then
			members=$(cd "$root" && cargo metadata --locked --no-deps --format-version 1 | jq -r '.packages[] | "-p " + .name')
			# shellcheck disable=SC2086 # one word for each flag and name
			(cd "$root" && cargo clean --locked --release $members)
		fi
	fi
	printf '%s\n' "$root" >"$stamp"
}

# Builds both programs. The whole workspace is named so that every script resolves the same features
# and compiles each dependency once.
build_programs() {
	use_wasm_toolchain
	claim_target
	say "Building the node and the client (the first time takes a while: it compiles the Substrate SDK)"
	(cd "$root" && cargo build --release --locked --workspace --bins)
}

# Ends unless every argument is a file that the loop can quote from, all of them different.
check_files() {
	[ $# -ge 2 ] || fail "two files are needed, one for each contributor" "scripts/run FILE FILE..."
	local file hash
	local -A seen=()
	for file in "$@"; do
		[ -f "$file" ] && [ -r "$file" ] || fail "no such file: $file" "name regular files that can be read"
		[ "$(wc -c <"$file")" -ge 256 ] || fail "$file is shorter than 256 bytes" "name files with enough text to quote"
		hash=$(sha256sum <"$file")
		[ -z "${seen[$hash]:-}" ] || fail "$file and ${seen[$hash]} are equal" "a blob is registered once: name different files"
		seen[$hash]=$file
	done
}

# Adds up the lines by which cargo's test runner closes each binary.
counts() {
	awk '/^test result:/ { passed += $4; failed += $6; ignored += $8 }
		END { printf "%d passed, %d failed, %d skipped\n", passed, failed, ignored }' "$1"
}

# Waits until the block that is the best of the node at $1 now, or another of its number, is final.
await_finality() {
	local ask=("$bin/tributary" --url "$1" --json) best head number since=$SECONDS
	best=$("${ask[@]}" epoch | jq -e .block)
	until head=$("${ask[@]}" query chain_getFinalizedHead | jq -er .) && number=$("${ask[@]}" query chain_getHeader "$head" | jq -er .number) &&
		[ $((number)) -ge "$best" ]; do
		[ $((SECONDS - since)) -lt 300 ] || fail "block $best is not final after five minutes" "look at the nodes' logs"
		sleep 0.3
	done
}

# Starts a fresh development node below the folder $1, with a block each $2 milliseconds (0 for the chain's own slots) and the
# flags that follow, and waits until it answers. Sets `node` and `url`; whoever calls this ends the node.
# shellcheck disable=SC2034 # both are for the caller
start_dev_node() {
	local base=$1 interval=$2 sealing=() deadline=$((SECONDS + 180)) address=
	shift 2
	[ "$interval" = 0 ] || sealing=(--sealing "interval=$interval")
	# 9944 is a wish: where it is taken, the node opens another port, which its log alone tells.
	"$bin/tributary-node" --dev --base-path "$base/node" "${sealing[@]}" --rpc-port 9944 --port 0 --no-prometheus --no-telemetry \
		"$@" >"$base/node.log" 2>&1 &
	node=$!
	until address=$(grep -sm1 -oP 'Running JSON-RPC server: addr=\K[0-9.]+:[0-9]+(?=,)' "$base/node.log") && url=ws://$address &&
		"$bin/tributary" --url "$url" --json epoch >/dev/null 2>&1; do
		kill -0 "$node" 2>/dev/null || fail "the node ended" "look at $base/node.log"
		[ $SECONDS -lt "$deadline" ] || fail "the node does not answer after three minutes" "look at $base/node.log"
		sleep 0.3
	done
	say "A fresh development node runs; its RPC is at $url"
}
