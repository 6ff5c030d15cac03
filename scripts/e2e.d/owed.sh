# Who is owed what, who has what, asked of the node itself. Sourced by scripts/rehearse.
# Amounts are summed by awk only where they stay below 2^53; a pool's figures are compared as text, or by node.
# shellcheck shell=bash disable=SC2154 # work, net, port, vrs, contracts, chain_toml, last: rehearse sets them

rpc() { node scripts/e2e.d/node.mjs "http://127.0.0.1:$((26657 + port))" "$@"; }

# one CONTRACT QUERY
one() { echo "$(contract "$1") $2" | rpc ask; }

dump() { rpc state "$(height_now)" "${contracts[@]}"; }

pools() {
  one merchant '{"pools":{}}' | jq -S .pools
  one mining '{"pools":{}}' | jq -S .pools
}

# members PARTY: number and address of each.
members() {
  jq -r --arg party "$1" '.book.members[] | select(.party == $party) | "\(.member) \(.address)"' "$work/records/vrs-local-1.members.json" | sort -n
}

# owed: `POOL MEMBER AMOUNT` of all.
owed() {
  local side merchant mining
  merchant=$(contract merchant) mining=$(contract mining)
  for side in merchant customer; do
    members $side | while read -r member _; do
      echo "$merchant {\"simulate_claim\":{\"side\":\"${side}s\",\"member\":$member}}"
    done | rpc ask | paste -d' ' <(members $side) - | amounts
  done
  members account | while read -r member _; do
    echo "$mining {\"simulate_claim\":{\"member\":$member}}"
  done | rpc ask | paste -d' ' <(members account) - | amounts
}

# From lines of `member address answer`.
amounts() {
  jq -rR 'capture("^(?<member>[0-9]+) [^ ]+ (?<answer>.*)$") | .member as $member | .answer | fromjson
    | if .more then error("a second claim would be needed") else .amounts[] | "\(.[0]) \($member) \(.[1])" end' | grep -v ' 0$' | sort || true
}

# balances: `POOL MEMBER AMOUNT` of what members have of what the pools pay.
balances() {
  local pool token party contract
  while read -r pool token party; do
    contract=$(contract "$token")
    members "$party" | while read -r _ address; do
      echo "$contract {\"balance\":{\"address\":\"$address\"}}"
    done | rpc ask | jq -r .balance | paste -d' ' <(members "$party") - | awk -v pool="$pool" '$3 != "0" { print pool, $1, $3 }'
  done <<<'bzky_merchants bzky merchant
time_customers time customer
hp_mining hp account
vrs_mining vrs account' | sort
}

# join_sums: sums by pool and member, of lines on stdin.
join_sums() { awk '{ sum[$1 " " $2] += $3 } END { for (key in sum) printf "%s %.0f\n", key, sum[key] }' | sort; }

# expected_totals: the same from the tables of the embedded chain.
expected_totals() {
  local book=$work/records/vrs-local-1.members.json
  {
    awk -F, 'NR > 1 { print "bzky_merchants", "merchant:" $2, $NF }' "$work/embedded/merchants.csv"
    awk -F, 'NR > 1 { print "time_customers", "customer:" $2, $NF }' "$work/embedded/customers.csv"
    awk -F, 'NR > 1 { print "hp_mining", "account:" $2, $5; print "vrs_mining", "account:" $2, $6 }' "$work/embedded/mining.csv"
  } | awk 'NR == FNR { number[$1] = $2; next } { print $1, number[$2], $3 }' \
    <(jq -r '.book.members[] | "\(.party):\(.id) \(.member)"' "$book") - | join_sums | grep -v ' 0$'
}

owed_by_pool() {
  awk '{ sum[$1] += $3; members[$1]++ } END { for (pool in sum) printf "%s %.0f to %d members; ", pool, sum[pool], members[pool] }' "$1"
}

# await_moment close_after|final_after: until the chain's time is past the moment at which the last day is closed, or final.
await_moment() {
  local moment now
  moment=$(jq -r --argjson day "$last" --arg after "$1" '.clock | (.start + $day * .day_seconds + .[$after] * .day_seconds / 86400 | ceil) + 1' "$work/records/vrs-local-1.json")
  while :; do
    now=$(date -u -d "$(curl -sf "http://127.0.0.1:$((26657 + port))/status" | jq -r .result.sync_info.latest_block_time)" +%s)
    [ "$now" -lt "$moment" ] || return 0
    sleep 0.5
  done
}

# Anyone may: the relayer pays the gas, the owners get the rewards. 100 members a message is what a claim takes.
claim_everything() {
  local side list
  for side in merchant customer; do
    members $side | cut -d' ' -f1 | xargs -n 100 | tr ' ' , | while read -r list; do
      "$vrs" exec --chain "$chain_toml" --from relayer merchant "{\"claim_for\":{\"side\":\"${side}s\",\"members\":[$list]}}" </dev/null
    done
  done >"$work/claimed"
  members account | cut -d' ' -f1 | xargs -n 100 | tr ' ' , | while read -r list; do
    "$vrs" exec --chain "$chain_toml" --from relayer mining "{\"claim_for\":{\"members\":[$list]}}" </dev/null
  done >>"$work/claimed"
}

# Each pool: what was paid grew by what was owed; paid and remaining make what was funded; the tokens are there.
pools_conserve() {
  pools >"$work/pools.after"
  jq -s 'add | map({key: .name, value: .}) | from_entries' "$work/pools.due" >"$work/due"
  jq -s 'add | map({key: .name, value: .}) | from_entries' "$work/pools.after" >"$work/after"
  local pool due paid funded remaining claimable token holder
  while read -r pool token holder; do
    read -r due <<<"$(jq -r ".$pool.paid" "$work/due")"
    read -r paid funded remaining claimable <<<"$(jq -r ".$pool | \"\(.paid) \(.funded) \(.remaining) \(.claimable)\"" "$work/after")"
    same "$pool: paid by these claims" "$(awk -v pool="$pool" '$1 == pool { n += $3 } END { printf "%.0f", n }' "$work/owed")" $((paid - due))
    same "$pool: paid and remaining, of funded" "$funded" $((paid + remaining))
    same "$pool: still owed" 0 "$claimable"
    [ "$token" = - ] || same "$pool: the contract holds what remains" "$remaining" \
      "$(one "$token" "{\"balance\":{\"address\":\"$(contract "$holder")\"}}" | jq -r .balance)"
  done <<<'bzky_merchants bzky merchant
vrs_mining vrs mining
time_customers - -
hp_mining - -'
}
