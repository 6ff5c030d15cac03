# What the chain's governance decides. Sourced by scripts/localnet.
# shellcheck shell=bash disable=SC2154 # chain, net, offset, count, up, down: scripts/localnet sets them

# ask ARGUMENT...: wasmd set to this chain, the first validator that runs, and the funded accounts' keys.
ask() {
  local node=0
  running
  [ ${#up[@]} = 0 ] || node=${up[0]}
  WASMD_NODE=tcp://127.0.0.1:$(rpc_port "$node") WASMD_CHAIN_ID=$chain WASMD_KEYRING_BACKEND=test WASMD_OUTPUT=json \
    WASMD_GAS_PRICES=0.025ufee "$wasmd" --home "$net/keys" "$@"
}

# send ARGUMENT...: hands a transaction to the chain. Whether it holds, the caller sees in the state: there may be no index
# of transactions to ask (VRS_INDEXER).
send() {
  local answer
  answer=$(ask tx "$@" --yes)
  [ "$(jq -r .code <<<"$answer")" = 0 ] || die "the chain refuses: $(jq -r .raw_log <<<"$answer")"
}

# standing CODE: `pin` where the code is pinned, else `unpin`.
standing() {
  ask query wasm pinned --limit 1000 |
    jq -r --arg code "$1" 'if .code_ids // [] | index($code) then "pin" else "unpin" end'
}

# govern pin|unpin CODE...: the first validator proposes, all that run vote yes; returns when it holds.
govern() {
  local verb=$1 code codes=() authority proposal i turn now mark
  shift
  [ $# -gt 0 ] || usage
  running
  [ ${#up[@]} -gt 0 ] || die "$chain does not run"
  for code in "$@"; do
    [[ $code =~ ^[1-9][0-9]*$ ]] || die "code \`$code\` is not a number"
    now=$(standing "$code")
    if [ "$now" = "$verb" ]; then
      say "code $code is ${verb}ned already"
    else
      codes+=("$code")
    fi
  done
  [ ${#codes[@]} -gt 0 ] || return 0

  authority=$(ask query auth module-account gov | jq -r '.account.value.address // .account.base_account.address')
  mark=$(date +%s%N) # by which it is found among others
  jq -n --arg mark "$mark" --arg authority "$authority" --arg verb "$verb" '{
      messages: [{"@type": "/cosmwasm.wasm.v1.Msg\(if $verb == "pin" then "Pin" else "Unpin" end)Codes", $authority, code_ids: $ARGS.positional}],
      deposit: "2000000ufee", expedited: true, metadata: $mark,
      title: "\($verb) codes", summary: "\($verb) codes \($ARGS.positional | join(", "))"
    }' --args "${codes[@]}" >"$net/proposal.json"
  send gov submit-proposal "$net/proposal.json" --from validator --home "$net/node${up[0]}" --gas 400000
  proposal=
  for ((turn = 0; turn < 100; turn++)); do
    proposal=$(ask query gov proposals --page-reverse --page-limit 20 | jq -r --arg mark "$mark" '.proposals[]? | select(.metadata == $mark).id')
    [ -z "$proposal" ] || break
    sleep 0.2
  done
  [ -n "$proposal" ] || die 'the proposal is not on chain after 20 s'
  for i in "${up[@]}"; do
    send gov vote "$proposal" yes --from validator --home "$net/node$i" --gas 200000
  done

  for ((turn = 0; turn < 60; turn++)); do
    case $(ask query gov proposal "$proposal" | jq -r .proposal.status) in
      PROPOSAL_STATUS_PASSED | 3) break ;;
      PROPOSAL_STATUS_VOTING_PERIOD | 2) sleep 0.3 ;;
      *) die "proposal $proposal: $(ask query gov proposal "$proposal" | jq -r '.proposal | .failed_reason // .status')" ;;
    esac
  done
  for code in "${codes[@]}"; do
    now=$(standing "$code")
    [ "$now" = "$verb" ] || die "proposal $proposal is over, but code $code is not ${verb}ned"
  done
  say "${verb}ned ${codes[*]} by proposal $proposal"
}
