# How a crate becomes wasm that a chain takes. Sourced after lib.sh.
# shellcheck shell=bash disable=SC2034,SC2154 # the caller uses what is set here, and sets out; lib.sh sets cache and root

binaryen=132.0.0 # wasm-opt; Debian's own (108) writes what chains refuse
checker=3.0.10   # cosmwasm-check; 3.0.11 asks for Rust 1.96
target=wasm32-unknown-unknown

# Sets `recipe`, `cargo`, `flags` and `lower` to what makes the wasm on this machine.
pick_recipe() {
  local libs debian=/usr/bin library
  libs=$(rustc --print target-libdir --target $target 2>/dev/null) || libs=
  if [ -n "$libs" ] && compgen -G "$libs/libstd-*.rlib" >/dev/null; then
    recipe="$(rustc --version) with its $target target"
    cargo=(cargo)
    flags=(-C link-arg=-s)
    # Host functions are undefined until the chain supplies them; from 1.96 on the linker wants to be told.
    [ "$(minor rustc)" -lt 96 ] || flags+=(-C link-arg=--allow-undefined)
    # Its std is compiled for more than chains accept: wasm-opt reads these features and lowers them.
    lower=(--enable-bulk-memory --enable-nontrapping-float-to-int --enable-sign-ext --enable-reference-types
      --enable-mutable-globals --enable-multivalue
      --llvm-memory-copy-fill-lowering --llvm-nontrapping-fptoint-lowering --signext-lowering)
    return
  fi
  library=$($debian/rustc --print sysroot 2>/dev/null)/lib/rustlib/src/rust/library || library=
  if [ -f "$library/std/Cargo.toml" ] && [ -x $debian/cargo ] && [ -x $debian/wasm-ld-19 ]; then
    recipe="Debian's $($debian/rustc --version | cut -d' ' -f1-2), std compiled from rust-web-src"
    # RUSTC_BOOTSTRAP lets a stable cargo compile std (-Z build-std), so that no feature newer than the chains' is in it.
    cargo=(env "PATH=$debian:/bin" "RUSTC=$debian/rustc" RUSTC_BOOTSTRAP=1 "$debian/cargo"
      -Z 'build-std=std,panic_abort')
    flags=(-C link-arg=-s -C linker=wasm-ld-19 -C target-cpu=mvp -C 'target-feature=+mutable-globals,+sign-ext'
      -C link-arg=--import-undefined "--remap-path-prefix=$library=std")
    lower=(--signext-lowering)
    return
  fi
  say "No Rust here compiles for $target. Either of these does:"
  say "  rustup target add $target"
  say "  apt-get install rustc-web cargo-web rust-web-src lld-19     # Debian; stands beside rustup"
  exit 1
}

minor() { "$1" --version | cut -d. -f2; }

# Paths end up in panic messages: name them alike on every machine. The last mapping that fits counts.
# The registry's folder is mapped by itself, since its name tells from where the crates were downloaded.
remap() {
  local home=${CARGO_HOME:-$HOME/.cargo} folder
  flags+=("--remap-path-prefix=$root=vrs" "--remap-path-prefix=$home=cargo")
  for folder in "$home"/registry/src/*/; do
    flags+=("--remap-path-prefix=${folder%/}=crates")
  done
}

# wasm-opt from npm, into the cache where it is absent; sets `wasm_opt`.
get_wasm_opt() {
  local home=$cache/binaryen-$binaryen fresh
  wasm_opt=$home/node_modules/.bin/wasm-opt
  [ -x "$wasm_opt" ] && return
  need npm 'Install Node: wasm-opt comes as an npm package.'
  say "installing wasm-opt (binaryen $binaryen) into $home"
  mkdir -p "$cache"
  fresh=$(mktemp -d "$cache/binaryen.XXXXXX")
  npm install --prefix "$fresh" --silent --no-audit --no-fund "binaryen@$binaryen" >&2
  rm -rf "$home"
  mv "$fresh" "$home" # only now: half an installation is none
}

# cosmwasm-check, into the cache where this version is absent; sets `check`.
get_check() {
  local home=$cache/cosmwasm-check
  check=$home/bin/cosmwasm-check
  [ -x "$check" ] && [[ $("$check" --version) == *" $checker" ]] && return
  say "installing cosmwasm-check $checker into $home: some five minutes, once"
  env -u CARGO_TARGET_DIR -u RUSTFLAGS cargo install --quiet --locked --force --root "$home" "cosmwasm-check@$checker"
}

bytes() { stat -c %s "$1"; }

# compile PACKAGE BUILT WASM: what cargo makes of the package stands in BUILT, below $out; optimised it stands in WASM.
# One package a call: no other crate can switch its `library` feature on, which leaves out the entry points,
# nor change by its own features the bytes of this one. A cdylib alone, since cargo leaves LTO out where an rlib is asked too.
compile() {
  env -u RUSTFLAGS CARGO_ENCODED_RUSTFLAGS="$(IFS=$'\x1f' && printf %s "${flags[*]}")" \
    "${cargo[@]}" rustc --locked --package "$1" --lib --crate-type cdylib \
    --profile wasm --target $target --target-dir "$out" </dev/null
  "$wasm_opt" -Os "${lower[@]}" "$2" -o "$3"
}

# missing WASM: which of the entry points that all our contracts have are not in it. cosmwasm-check lets that pass.
missing() {
  node -e '
    const module = new WebAssembly.Module(require("fs").readFileSync(process.argv[1]));
    const names = WebAssembly.Module.exports(module).map((entry) => entry.name);
    console.log(["instantiate", "execute", "query", "migrate"].filter((name) => !names.includes(name)).join(" "));
  ' "$1"
}
