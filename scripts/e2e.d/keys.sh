# Keys, and what a chain refuses. Sourced by scripts/e2e.
# shellcheck shell=bash disable=SC2016,SC2154 # backquotes are part of what is said; work, net, vrs, chain_toml: own.sh and e2e set them

keys() {
  local file=$work/keys.toml key=$work/keys/till.key said burn='{"burn":{"amount":"1"}}'
  chain_file "$file" -e 's#^mnemonic = .*#folder = "keys"#'
  VRS_PASSPHRASE='open sesame' "$vrs" keys add till --chain "$file" >"$work/added" </dev/null
  same 'a key file may be read by' 600 "$(stat -c %a "$key")"
  same 'lines that a log gets of a new key' 2 "$(wc -l <"$work/added")"
  # The words of the test chain give the same first account everywhere.
  said=$(VRS_PASSPHRASE='open sesame' "$vrs" keys add boss --recover --chain "$file" <"$net/mnemonic")
  same 'a key from words on stdin' "$(named owner)" "$(head -n 1 <<<"$said")"
  ! grep -rqF "$(cat "$net/mnemonic")" "$work/keys" || die 'the words stand in the folder of keys'

  refused 'a wrong passphrase' 1 'the passphrase does not open it' \
    env VRS_PASSPHRASE=guess "$vrs" exec --chain "$file" --from till bzky "$burn"
  refused 'no passphrase and nobody to ask' 1 'no passphrase: set VRS_PASSPHRASE' \
    setsid --wait "$vrs" exec --chain "$file" --from till bzky "$burn"
  refused 'an account without coins' 1 'send it some coins first' \
    env VRS_PASSPHRASE='open sesame' "$vrs" exec --chain "$file" --from till bzky "$burn"
  chmod 644 "$key"
  refused 'a key that others may read' 1 'others may read it (mode 644); chmod 600' \
    env VRS_PASSPHRASE='open sesame' "$vrs" exec --chain "$file" --from till bzky "$burn"
  chmod 600 "$key"
  refused 'a key that is not there' 1 'no key `nobody`: looked in' \
    env VRS_PASSPHRASE='open sesame' "$vrs" exec --chain "$file" --from nobody bzky "$burn"
}

# An account without a coin acts on a grant.
fees() {
  local file=$work/keys.toml limit=400000 left prune='{"prune":{"what":{"visits":{}},"limit":1}}'
  export VRS_PASSPHRASE='open sesame'
  refused 'a grant in another coin' 2 'an amount of ufee, as 5000000ufee' \
    "$vrs" fees grant --chain "$file" --from boss --limit 5stake till
  "$vrs" fees grant --chain "$file" --from boss --limit 1ufee till >/dev/null
  refused 'a limit that is too low' 1 'fee limit exceeded' \
    "$vrs" exec --chain "$file" --from till --granter boss merchant "$prune"
  "$vrs" fees grant --chain "$file" --from boss --limit ${limit}ufee --days 1 till >"$work/granted"
  grep -qF " ${limit}ufee, until 20" "$work/granted" || die "the grant is not told: $(cat "$work/granted")"
  "$vrs" exec --chain "$file" --from till --granter boss merchant "$prune" >/dev/null
  same 'coins of an account that acted on a grant' '[]' \
    "$(on_node bank balances "$("$vrs" keys show till --chain "$file")" | jq -c .balances)"
  left=$("$vrs" fees list --chain "$file" --from boss | awk '{ sub("ufee,", "", $3); print $3 }')
  [[ $left -gt 0 && $left -lt $limit ]] || die "of $limit ufee there are \`$left\` left"
  say "    left of a grant of $limit ufee after one transaction: $left"
  "$vrs" fees revoke --chain "$file" --from boss till >/dev/null
  same 'grants after the last one has ended' "boss pays nobody's fees; \`vrs fees grant\` begins" \
    "$("$vrs" fees list --chain "$file" --from boss)"
  refused 'a grant that has ended' 1 'fee-grant not found' \
    "$vrs" exec --chain "$file" --from till --granter boss merchant "$prune"
  unset VRS_PASSPHRASE
}

refusals() {
  local file=$work/tight.toml before transfer
  refused 'a sender who may not' 1 "unauthorized: $(named member) lacks the permission" \
    "$vrs" exec --chain "$chain_toml" --from member merchant '{"access":{"pause":{}}}'
  transfer='{"transfer":{"recipient":"'$(named sender-1)'","amount":"7"}}'
  refused 'more than he has' 1 'insufficient funds: 0 held, 7 asked' \
    "$vrs" exec --chain "$chain_toml" --from sender-2 bzky "$transfer"
  refused 'a message that is none' 2 'unknown variant `transfr`' \
    "$vrs" exec --chain "$chain_toml" --from member bzky '{"transfr":{}}'
  # A simulation without any margin is a little short of what the transaction takes.
  chain_file "$file" -e 's/^gas_adjustment = .*/gas_adjustment = "1"/'
  before=$(balance bzky "$(named sender-1)")
  refused 'too little gas' 1 'given; raise gas_adjustment in the chain file' \
    "$vrs" exec --chain "$file" --from member bzky "$transfer"
  same 'Bzky moved by what ran out of gas' "$before" "$(balance bzky "$(named sender-1)")"
  "$vrs" exec --chain "$chain_toml" --from member bzky "$transfer" >"$work/sent"
  grep -qE '^tx +[0-9A-F]{64}$' "$work/sent" || die "no transaction: $(cat "$work/sent")"
  same 'Bzky moved with the usual margin' $((before + 7)) "$(balance bzky "$(named sender-1)")"
}

# balance TOKEN ADDRESS, as the node tells it.
balance() {
  on_node wasm contract-state smart "$(contract "$1")" "{\"balance\":{\"address\":\"$2\"}}" | jq -r .data.balance
}
