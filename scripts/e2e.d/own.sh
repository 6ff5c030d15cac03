# A chain of one's own for a test: folder, ports, chain file, command. Sourced after lib.sh.
# shellcheck shell=bash disable=SC2154 # root: lib.sh sets it

# own_chain PORT: sets `work` (a folder), `net` (its chain's data) and `port`; what was started here ends with this shell.
# Where something failed the folder stays, with the logs of the node and of all commands.
own_chain() {
  need jq 'On Debian: apt-get install jq'
  need curl 'On Debian: apt-get install curl'
  work=$(mktemp -d)
  net=$work/net
  port=${VRS_PORT:-$1}
  export VRS_LOCALNET=$net VRS_PORT=$port
  # Processes that run beside this one, which must not outlive it; the second stops what it started itself.
  beside='' rehearsal=''
  trap finish EXIT
  trap 'exit 130' INT TERM
}

finish() {
  local status=$?
  trap - EXIT
  if [ -n "$beside" ]; then
    kill -KILL "$beside" 2>/dev/null || true
  fi
  if [ -n "$rehearsal" ]; then
    kill -TERM "$rehearsal" 2>/dev/null || true
    wait "$rehearsal" 2>/dev/null || true
  fi
  [ ! -d "$net" ] || scripts/localnet stop >/dev/null 2>&1 || true
  if [ $status = 0 ]; then
    rm -rf "$work"
  else
    say "${0##*/}: failed; chain, records and logs stay in $work"
    for log in "$work"/*.log; do
      [ ! -s "$log" ] || {
        say "--- the end of $log"
        tail -n 5 "$log" >&2
      }
    done
  fi
  exit $status
}

# The command, built as people build it; VRS names one that is built already.
get_vrs() {
  vrs=${VRS:-}
  if [ -z "$vrs" ]; then
    need cargo 'Install Rust: https://rustup.rs'
    cargo build --quiet --release --locked --package vrs-cli
    vrs=${CARGO_TARGET_DIR:-target}/release/vrs
  fi
  vrs=$(realpath "$vrs")
}

# chain_file FILE [SED...]: chains/local.toml for this chain, with records beside the file, and with changes.
chain_file() {
  local file=$1
  shift
  {
    echo 'deployments = "records"'
    sed -e "s/26657/$((26657 + port))/" -e "s#\"\.\./localnet/mnemonic\"#\"$net/mnemonic\"#" "$@" chains/local.toml
  } >"$file"
}

# named NAME: the address of a test account.
named() { jq -r --arg name "$1" '.[$name] // error("no account " + $name)' "$net/accounts.json"; }

# contract NAME: a contract's address, by the record of the deployment.
contract() { jq -r --arg name "$1" '.contracts[$name].address // error("no contract " + $name)' "$work/records/vrs-local-1.json"; }

# on_node QUERY...: what the node itself says, asked with its own command and none of ours.
on_node() { scripts/localnet wasmd query "$@"; }

# sequence NAME: how many transactions an account has sent. A node that does not know it says so with an error.
sequence() { on_node auth account "$(named "$1")" | jq -r '.account.value.sequence // "0"'; }

# step NAME COMMAND...: with its seconds.
step() {
  local told=$1 began=$SECONDS
  shift
  say "==> $told"
  "$@"
  say "    $told: $((SECONDS - began)) s"
}

# same WHAT EXPECTED ACTUAL
same() {
  [ "$2" = "$3" ] || die "$1: expected \`$2\`, got \`$3\`"
  say "    $1: $2"
}

# same_file WHAT EXPECTED ACTUAL: two files, to the byte.
same_file() {
  [ -s "$2" ] || die "$1: $2 is empty"
  cmp -s "$2" "$3" || {
    diff "$2" "$3" | head -n 20 >&2 || true
    die "$1: $2 and $3 differ"
  }
  say "    $1: equal, $(wc -l <"$2") lines"
}

# refused WHAT CODE TEXT COMMAND...: it must end with that code, say that text on stderr, and nothing on stdout.
refused() {
  local what=$1 code=$2 text=$3 status=0
  shift 3
  "$@" >"$work/refused.out" 2>"$work/refused.err" </dev/null || status=$?
  [ $status = "$code" ] || die "$what: expected exit code $code, got $status: $(cat "$work/refused.err")"
  grep -qF -- "$text" "$work/refused.err" || die "$what: expected \`$text\`, it says: $(cat "$work/refused.err")"
  [ ! -s "$work/refused.out" ] || die "$what: it prints $(cat "$work/refused.out")"
  say "    $what: $code, $(head -c 160 "$work/refused.err" | head -n 1)"
}

# nap MOST LEAST: sleeps a random time between so many milliseconds.
nap() { sleep "$(awk -v most="$1" -v least="$2" -v seed="$RANDOM$RANDOM" 'BEGIN { srand(seed); printf "%.3f", (least + rand() * (most - least)) / 1000 }')"; }
