# The first block: who has what, and how the chain is set. Sourced by scripts/localnet.
# shellcheck shell=bash disable=SC2154 # chain, net, offset, count, up, down: scripts/localnet sets them

# Index in the derivation path m/44'/118'/0'/0/INDEX, and name.
accounts() {
  printf '%s\n' '0 owner' '1 operator' '2 treasury' '3 relayer' '4 member'
  local i
  for i in {1..8}; do
    echo "$((9 + i)) sender-$i"
  done
}

# make_chain: the data of `count` validators, all or nothing.
make_chain() {
  local fresh status
  rm -rf "$net"/new.*
  say "making $chain with $count validator(s) in $net"
  umask 077
  fresh=$(mktemp -d "$net/new.XXXXXX")
  set +e
  (set -e; make_data "$fresh") # not in a condition, where `set -e` would not hold
  status=$?
  set -e
  if [ $status != 0 ]; then
    tail -n 5 "$fresh/log" >&2
    die 'the first block could not be made'
  fi
  rm "$fresh/log"
  mv "$fresh"/* "$net/"
  rmdir "$fresh"
  # Last: with it the chain stands.
  jq -n --arg id "$chain" --argjson validators "$count" --arg wasmd "$version" '{$id, $validators, $wasmd}' >"$net/chain.json"
}

# make_data FOLDER: mnemonic, keys, accounts.json (addresses by name), peers and a folder for each validator.
make_data() {
  local fresh=$1 log=$1/log i index name
  "$wasmd" keys mnemonic >"$fresh/mnemonic" 2>>"$log"
  accounts | while read -r index name; do
    "$wasmd" keys add "$name" --recover --index "$index" --keyring-backend test --home "$fresh/keys" \
      --output json <"$fresh/mnemonic" 2>>"$log" | jq '{(.name): .address}'
  done | jq -s add >"$fresh/accounts.json"

  for ((i = 0; i < count; i++)); do
    "$wasmd" init "validator-$i" --chain-id "$chain" --default-denom ustake --home "$fresh/node$i" >>"$log" 2>&1
    "$wasmd" keys add validator --keyring-backend test --home "$fresh/node$i" --output json 2>>"$log"
  done | jq -s 'map(.address)' >"$fresh/validators.json"

  jq -s '(.[0] | map({address: ., coins: [{denom: "ufee", amount: "1000000000000000"}]}))
    + (.[1] | map({address: ., coins: [{denom: "ufee", amount: "1000000000000"}, {denom: "ustake", amount: "1000000000000"}]}))' \
    "$fresh/accounts.json" "$fresh/validators.json" >"$fresh/funded.json"
  "$wasmd" genesis bulk-add-genesis-account "$fresh/funded.json" --home "$fresh/node0" >>"$log" 2>&1
  set_genesis "$fresh/node0/config/genesis.json"

  mkdir "$fresh/node0/config/gentx"
  for ((i = 0; i < count; i++)); do
    [ $i = 0 ] || cp "$fresh/node0/config/genesis.json" "$fresh/node$i/config/genesis.json"
    "$wasmd" genesis gentx validator 100000000000ustake --chain-id "$chain" --ip 127.0.0.1 --keyring-backend test \
      --home "$fresh/node$i" --output-document "$fresh/node0/config/gentx/$i.json" >>"$log" 2>&1
  done
  "$wasmd" genesis collect-gentxs --home "$fresh/node0" >>"$log" 2>&1
  "$wasmd" genesis validate --home "$fresh/node0" >>"$log" 2>&1
  for ((i = 0; i < count; i++)); do
    [ $i = 0 ] || cp "$fresh/node0/config/genesis.json" "$fresh/node$i/config/genesis.json"
    "$wasmd" comet show-node-id --home "$fresh/node$i" 2>>"$log"
  done >"$fresh/peers"
  rm "$fresh/validators.json" "$fresh/funded.json"
}

# set_genesis FILE: a proposal is decided within seconds, so that codes can be pinned; and a validator is not jailed for
# blocks that it missed (after 50 of 100 it would, and the three others could not miss another). All else as wasmd makes it.
set_genesis() {
  jq '.app_state.gov.params |= (
      .voting_period = "4s" | .expedited_voting_period = "2s"
      | .min_deposit = [{denom: "ufee", amount: "1000000"}]
      | .expedited_min_deposit = [{denom: "ufee", amount: "2000000"}])
    | .app_state.slashing.params.signed_blocks_window = "1000000"' "$1" >"$1.new"
  mv "$1.new" "$1"
}

# set_toml FILE: sets what stands on standard input, lines of `section.key = value`; each must be in FILE already.
set_toml() {
  awk -v file="$1" '
    FNR == NR { at = index($0, " = "); value[substr($0, 1, at - 1)] = substr($0, at + 3); next }
    /^\[/ { section = $0; gsub(/[][ ]/, "", section); section = section "." }
    $2 == "=" && (section $1) in value { $0 = $1 " = " value[section $1]; set[section $1] = 1 }
    { print }
    END {
      for (key in value) if (!(key in set)) { print file ": no setting " key > "/dev/stderr"; bad = 1 }
      exit bad
    }' - "$1" >"$1.new" || die "this wasmd is set otherwise than $version"
  mv "$1.new" "$1"
}

# configure N: writes the settings of validator N; done at every start, since ports and indexer may be others.
# Pruning is the default (the last 362,880 states stand): fit for tests. An operator of a validator takes `custom` with
# keep-recent 100 and interval 10, of an archive `nothing`.
configure() {
  local i=$1 peers='' j id
  j=0
  while read -r id; do
    [ $j = "$i" ] || peers+=,$id@127.0.0.1:$(p2p_port $j)
    j=$((j + 1))
  done <"$net/peers"
  set_toml "$net/node$i/config/config.toml" <<END
rpc.laddr = "tcp://127.0.0.1:$(rpc_port "$i")"
rpc.pprof_laddr = ""
rpc.max_body_bytes = 10000000
rpc.max_subscriptions_per_client = 20
p2p.laddr = "tcp://127.0.0.1:$(p2p_port "$i")"
p2p.persistent_peers = "${peers#,}"
p2p.persistent_peers_max_dial_period = "1s"
p2p.addr_book_strict = false
p2p.allow_duplicate_ip = true
p2p.pex = false
mempool.size = 20000
mempool.cache_size = 40000
consensus.timeout_commit = "500ms"
tx_index.indexer = "${VRS_INDEXER:-kv}"
END
  set_toml "$net/node$i/config/app.toml" <<'END'
minimum-gas-prices = "0.025ufee"
pruning = "default"
api.enable = false
grpc.enable = false
grpc-web.enable = false
wasm.query_gas_limit = 50000000
END
}
