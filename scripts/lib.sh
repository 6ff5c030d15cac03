# What the scripts share. Sourced, never run; it moves to the root of the workspace.
# shellcheck shell=bash disable=SC2016 # the variables in single quotes are jq's
set -euo pipefail

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd -P)
cd "$root"

# Tools that take minutes to install are kept here, outside the checkout.
# Not below $HOME/.cargo: this folder may be handed from one CI machine to the next.
# shellcheck disable=SC2034 # used by those who source this file
cache=${VRS_CACHE:-${XDG_CACHE_HOME:-$HOME/.cache}/vrs}

say() { printf '%s\n' "$*" >&2; }
die() {
  say "${0##*/}: $*"
  exit 1
}

# need COMMAND HINT: stops where the command is not installed.
need() { command -v "$1" >/dev/null || die "\`$1\` is not installed. $2"; }

# workspace ARGUMENT...: asks jq, with these arguments, of the workspace's own packages as cargo tells them.
workspace() {
  need cargo 'Install Rust: https://rustup.rs'
  need jq 'On Debian: apt-get install jq'
  cargo metadata --no-deps --format-version 1 --locked | jq -r "$@"
}

# One line a contract: folder, package, library. A contract is a package under contracts/ that builds a cdylib.
contracts() {
  workspace '
    (.workspace_root + "/contracts/") as $home
    | .packages | sort_by(.manifest_path)[]
    | select(.manifest_path | startswith($home)) | . as $package
    | .targets[] | select(.crate_types | index("cdylib"))
    | [($package.manifest_path | ltrimstr($home) | split("/")[0]), $package.name, (.name | gsub("-"; "_"))]
    | @tsv'
}

# One line for each package whose code goes on chain, name and folder: the contracts and what they link of ours,
# followed through path dependencies; what only tests link does not count.
on_chain() {
  workspace '
    (.workspace_root + "/") as $root
    | (.packages | map({key: (.manifest_path | rtrimstr("/Cargo.toml")), value: .}) | from_entries) as $at
    | def closure: . as $seen
        | ([$seen[] | $at[.].dependencies[] | select(.kind == null and .path != null).path] + $seen | unique) as $next
        | if $next == $seen then $seen else $next | closure end;
      [$at[] | select(any(.targets[]; .crate_types | index("cdylib"))) | .manifest_path | rtrimstr("/Cargo.toml")
        | select(startswith($root + "contracts/"))] | unique | closure
    | .[] | [$at[.].name, ltrimstr($root)] | @tsv'
}

# What clippy is told of code that goes on chain: outside its tests it may not overflow, cut a number off, panic, count in
# floats, or switch one of these off without a reason.
# shellcheck disable=SC2034 # used by those who source this file
strict=(-D warnings -Dclippy::arithmetic_side_effects -Dclippy::cast_possible_truncation -Dclippy::cast_possible_wrap
  -Dclippy::cast_sign_loss -Dclippy::float_arithmetic -Dclippy::unwrap_used -Dclippy::expect_used -Dclippy::panic
  -Dclippy::indexing_slicing -Dclippy::allow_attributes_without_reason)
