# Which chain, where, and at which ports. Sourced after lib.sh by those who deal with the local chain.
# shellcheck shell=bash disable=SC2034,SC2154 # the others use what is set here; lib.sh sets root
chain=vrs-local-1
net=${VRS_LOCALNET:-$root/localnet}
[[ $net == /* ]] || net=$OLDPWD/$net # as the caller means it: lib.sh has moved to the root
net=$(realpath -m "$net")
offset=${VRS_PORT:-0}
[[ $offset =~ ^[0-9]{1,5}$ ]] || die "VRS_PORT is \`$offset\`; it is a number, added to 26657"
count=0 up=() down=() # validators: how many there are; those that run; those that do not

rpc_port() { echo $((26657 + offset + $1)); }
p2p_port() { echo $((26707 + offset + $1)); } # chains whose offsets are hundreds apart never meet

# rpc N PATH: what the RPC of validator N answers.
rpc() { curl -sf --max-time 5 "http://127.0.0.1:$(rpc_port "$1")/$2"; }

# height N: the last block that validator N has, 0 where it does not answer.
height() { rpc "$1" status 2>/dev/null | jq -r '.result.sync_info.latest_block_height // "0"' || echo 0; }

# Sets `count`, the validators that the data stand for; 0 where there are none.
count_validators() {
  count=0
  [ ! -f "$net/chain.json" ] || count=$(jq -r .validators "$net/chain.json")
}
