# The same days on the embedded chain and on this one. Sourced by scripts/e2e.
# shellcheck shell=bash disable=SC2154 # work, net, vrs, chain_toml: own.sh and e2e set them

files=(examples/pos-2017-01.csv --meters examples/meters-2017-01.csv --days 3)

run_both() {
  local first table tables=(days merchants customers mining dropped dropped-readings)
  "$vrs" run "${files[@]}" --chain "$chain_toml" --out "$work/chain" >"$work/run" 2>"$work/run.log" </dev/null
  first=$(jq -r .calendar.first_day "$work/records/vrs-local-1.members.json")
  "$vrs" economy | sed "s/^day_seconds = 86_400/day_seconds = $day_seconds/" >"$work/economy.toml"
  grep -q "^day_seconds = $day_seconds" "$work/economy.toml" || die 'the economy names no day_seconds'
  "$vrs" run "${files[@]}" --first-day "$first" --economy "$work/economy.toml" --out "$work/embedded" \
    >/dev/null 2>"$work/embedded.log" </dev/null
  for table in "${tables[@]}"; do
    same_file "$table.csv of programme day $first on" "$work/embedded/$table.csv" "$work/chain/$table.csv"
  done
  # Not from what the run itself wrote: the receipts are in the file, and nobody dropped one.
  same 'orders' "$(awk -F, 'NR == 1 { for (i = 1; i <= NF; i++) at[$i] = i; next }
    { day = substr($at["timestamp"], 1, 10) } day <= "2017-01-03" { n++ } END { print n }' "${files[0]}")" \
    "$(jq .accepted "$work/chain/summary.json")"
  jq -S '.pools' "$work/embedded/summary.json" >"$work/pools.embedded"
  jq -S '.pools' "$work/chain/summary.json" >"$work/pools.chain"
  same_file 'pools' "$work/pools.embedded" "$work/pools.chain"
}

run_verified() {
  "$vrs" verify --chain "$chain_toml" >"$work/verified" 2>>"$work/run.log" </dev/null
  sed 's/^/    /' "$work/verified" >&2
  both_say 'a shop followed' followed merchant:330 2017-01-02
  both_say 'a customer followed' followed customer:1023 2017-01-01
  both_say 'a shop asked for' asked merchant '{"merchant_day":{"merchant":"@merchant:330","day":"@2017-01-02"}}'
  both_say 'a day asked for' asked mining '{"day":{"day":"@2017-01-03"}}'
}

# both_say WHAT COMMAND ARGUMENT...: of the embedded chain and of this one.
both_say() {
  local what=$1 command=$2
  shift 2
  "$command" "$work/embedded" "$@" >"$work/said.embedded"
  "$command" --chain "$chain_toml" "$@" >"$work/said.chain"
  same_file "$what" "$work/said.embedded" "$work/said.chain"
}

asked() { "$vrs" query "$@" | jq -S .; }

# followed TARGET... MEMBER DAY: what a trace tells, but for what two chains cannot have in common.
followed() {
  "$vrs" trace --json "$@" | jq -S 'walk(if type == "object"
    then del(.payout, .height, .time, .sender, .relayer, .claimable_from, .signature, .transaction) else . end)'
}
