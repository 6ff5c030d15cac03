# A deployment that is killed again and again. Sourced by scripts/e2e.
# shellcheck shell=bash disable=SC2154 # work, net, vrs: own.sh sets them

localnet_twice() {
  local first again
  scripts/localnet start >"$work/start.log" 2>&1
  first=$(cat "$net/node0/pid")
  again=$(scripts/localnet start 2>&1)
  grep -q 'runs already' <<<"$again" || die "a second start says: $again"
  same 'process of the node after a second start' "$first" "$(cat "$net/node0/pid")"
}

# standing: what the owner has on chain, as wasmd tells it.
standing() {
  local codes contracts
  codes=$(on_node wasm list-code --limit 1000 | jq --arg owner "$(named owner)" '[.code_infos[]? | select(.creator == $owner)] | length')
  contracts=$(on_node wasm list-contracts-by-creator "$(named owner)" --limit 1000 | jq '.contract_addresses // [] | length')
  echo "$codes codes, $contracts contracts"
}

deploy_dry() {
  "$vrs" deploy --chain "$chain_toml" --dry-run >"$work/plan" </dev/null
  same 'steps of the plan' 18 "$(grep -cE '^(upload|create|connect|fund) ?[a-z]* +~?[0-9]+$' "$work/plan")"
  grep -qE '^fees at most +[1-9][0-9]+ ufee' "$work/plan" || die "the plan names no fees: $(cat "$work/plan")"
  same 'on chain after a dry run' '0 codes, 0 contracts' "$(standing)"
  [ ! -e "$work/records" ] || die "a dry run wrote $(ls "$work/records")"
}

# Kills it at random moments, each call 0.3 to 1.8 s long, until one ends by itself.
deploy_killed() {
  local kills=0 status sent most record=$work/records/vrs-local-1.json
  : >"$work/kills"
  while :; do
    status=0
    "$vrs" deploy --chain "$chain_toml" >"$work/deployed" 2>>"$work/deploy.log" </dev/null &
    beside=$!
    if [ $kills -lt 25 ]; then
      nap 1800 300
      kill -KILL $beside 2>/dev/null || true
    fi
    wait $beside 2>/dev/null || status=$?
    beside=''
    [ $status != 0 ] || break
    [ $status = 137 ] || die "a call after $kills kills ended with $status"
    kills=$((kills + 1))
    if [ -f "$record" ]; then
      jq -r '"\(.codes | length) codes, \(.contracts | length) contracts, steps \(.done)"' "$record"
    else
      echo 'no record'
    fi >>"$work/kills"
  done
  uniq "$work/kills" | sed 's/^/    killed at: /' >&2
  [ "$(sort -u "$work/kills" | wc -l)" -ge 4 ] || die "$kills kills, and all at the same few moments"
  same "on chain after $kills kills" '6 codes, 10 contracts' "$(standing)"
  # Six uploads, ten births, one that connects, one that reserves points: none was sent twice, not even in vain, but for
  # the one that connects, which changes nothing the second time, where it was killed meanwhile.
  sent=$(sequence owner)
  most=$((18 + $(grep -c '10 contracts, steps \[\]' "$work/kills" || true)))
  [[ $sent -ge 18 && $sent -le $most ]] || die "owner's transactions: expected 18 to $most, got $sent"
  say "    owner's transactions: $sent, where 18 to $most are right"
  "$vrs" query --chain "$chain_toml" merchant '{"pools":{}}' | jq -S '.pools // .' >"$work/pools"
}

# No name stands for two contracts, each is at its code, and the codes are what was built.
deploy_checksums() {
  local record=$work/records/vrs-local-1.json
  same 'different contracts in the record' 10 "$(jq '[.contracts[].address] | unique | length' "$record")"
  on_node wasm list-code --limit 1000 | jq '.code_infos | map({(.code_id): (.data_hash | ascii_downcase)}) | add' >"$work/codes"
  jq -r --slurpfile codes "$work/codes" '.codes | to_entries[] | "\($codes[0][.value.code_id | tostring])  \(.key).wasm"' "$record" |
    sort -k2 >"$work/checksums"
  grep -v '^#' artifacts/checksums.txt | sort -k2 >"$work/built"
  same_file 'checksums on chain and in artifacts/' "$work/built" "$work/checksums"
}

deploy_again() {
  local record=$work/records/vrs-local-1.json sequence
  cp "$record" "$work/record"
  sequence=$(sequence owner)
  "$vrs" deploy --chain "$chain_toml" >"$work/again" 2>>"$work/deploy.log" </dev/null
  same "owner's transactions after a further call" "$sequence" "$(sequence owner)"
  same_file 'record after a further call' "$work/record" "$record"
  same_file 'what a further call prints' "$work/deployed" "$work/again"
  same 'on chain' '6 codes, 10 contracts' "$(standing)"
}
