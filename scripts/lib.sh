# Shared by the scripts of this folder; source it, do not run it.
# shellcheck shell=bash

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
cache=${XDG_CACHE_HOME:-$HOME/.cache}/tributary
wasm_toolchain=tributary-wasm

# One target folder outside the checkout: a fresh clone reuses what is compiled already.
export CARGO_TARGET_DIR=${CARGO_TARGET_DIR:-$cache/target}
export WASM_BUILD_WORKSPACE_HINT=$root
export OPENSSL_NO_VENDOR=1
bin=$CARGO_TARGET_DIR/release

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

# Builds both programs. The whole workspace is named so that every script resolves the same features
# and compiles each dependency once.
build_programs() {
	use_wasm_toolchain
	say "Building the node and the client (the first time takes about half an hour on two cores)"
	(cd "$root" && cargo build --release --locked --workspace --bins)
}
