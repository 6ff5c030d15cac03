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

refusals() {
  local file=$work/tight.toml before transfer
  refused 'a sender who may not' 1 "unauthorized: $(named member) lacks the permission" \
    "$vrs" exec --chain "$chain_toml" --from member merchant '{"access":{"pause":{}}}'
  transfer='{"transfer":{"recipient":"'$(named sender-1)'","amount":"7"}}'
  refused 'more than he has' 1 'insufficient funds: 0 held, 7 asked' \
    "$vrs" exec --chain "$chain_toml" --from sender-2 bzky "$transfer"
  refused 'a message that is none' 1 'unknown variant `transfr`' \
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
