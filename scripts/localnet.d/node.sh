# The validators' processes. Sourced by scripts/localnet.
# shellcheck shell=bash disable=SC2154 # chain, net, offset, count, up, down: scripts/localnet sets them

# process N: the process id of validator N where it runs. A number that another program has by now does not count.
process() {
  local pid
  pid=$(cat "$net/node$1/pid" 2>/dev/null) || return 1
  [[ $pid =~ ^[0-9]+$ && -r /proc/$pid/cmdline ]] || return 1
  tr '\0' '\n' <"/proc/$pid/cmdline" 2>/dev/null | grep -qFx -- "--home=$net/node$1" || return 1
  echo "$pid"
}

# Sets `up` and `down`, the validators that run and those that do not.
running() {
  local i
  up=() down=()
  for ((i = 0; i < count; i++)); do
    if process $i >/dev/null; then up+=("$i"); else down+=("$i"); fi
  done
}

# free_ports N: stops where another program listens at a port of validator N.
free_ports() {
  local port
  for port in "$(rpc_port "$1")" "$(p2p_port "$1")"; do
    ! (exec 3<>"/dev/tcp/127.0.0.1/$port") 2>/dev/null ||
      die "another program listens at 127.0.0.1:$port. Stop it, or move this chain: VRS_PORT=100 adds 100 to each port"
  done
}

# launch N: starts validator N in a session of its own, so that it outlives this shell; it writes its own process id.
launch() {
  local data=$net/node$1
  configure "$1"
  [ ! -f "$data/log" ] || mv "$data/log" "$data/log.old"
  # shellcheck disable=SC2016 # the inner shell's
  setsid bash -c 'echo $$ >"$1/pid"; exec "$2" start "--home=$1" --log_no_color' - "$data" "$wasmd" \
    </dev/null >"$data/log" 2>&1 9>&- &
}

# signal N NAME: to validator N, where it runs.
signal() {
  local pid
  pid=$(process "$1") || return 0
  kill -s "$2" "$pid" 2>/dev/null || true
}

# await_end N: until validator N has ended; after 20 s by SIGKILL.
await_end() {
  local turn
  for ((turn = 0; turn < 300; turn++)); do
    if ! process "$1" >/dev/null; then
      rm -f "$net/node$1/pid"
      return
    fi
    if [ $turn = 200 ]; then
      say "validator $1 does not end; SIGKILL"
      signal "$1" KILL
    fi
    sleep 0.1
  done
  die "validator $1 has not ended: process $(cat "$net/node$1/pid")"
}

# failed N WHY: shows how the log of validator N ends, and stops.
failed() {
  say "--- the end of $net/node$1/log"
  tail -n 20 "$net/node$1/log" >&2 || true
  die "validator $1 $2"
}

# await_rpc N: until validator N answers; it first replays what it had not committed.
await_rpc() {
  local turn
  for ((turn = 0; turn < 300; turn++)); do
    rpc "$1" health >/dev/null && return
    [ $turn -lt 10 ] || process "$1" >/dev/null || failed "$1" 'has ended'
    sleep 0.1
  done
  failed "$1" 'does not answer after 30 s'
}

# await_blocks SECONDS: until every validator has seen a new block since now.
await_blocks() {
  local i from now end=$((SECONDS + $1))
  for ((i = 0; i < count; i++)); do
    await_rpc $i
    from=$(height $i)
    [ "$from" -gt 1 ] || from=1 # a client may ask for the state before the last block: that needs two
    while :; do
      now=$(height $i)
      [ "$now" -le "$from" ] || break
      process $i >/dev/null || failed $i 'has ended'
      [ $SECONDS -lt $end ] || failed $i "makes no blocks: height $now after $1 s"
      sleep 0.1
    done
  done
}

revive() {
  if process "$1" >/dev/null; then
    say "validator $1 runs already"
    return
  fi
  free_ports "$1"
  launch "$1"
  await_rpc "$1"
}

describe() {
  local i
  echo "chain     $chain, $count validator(s), wasmd $version, height $(height 0)"
  for ((i = 0; i < count; i++)); do
    echo "rpc       http://127.0.0.1:$(rpc_port $i)"
  done
  echo "prices    0.025ufee a unit of gas; addresses begin with \`wasm\`"
  echo "keys      $net/mnemonic, m/44'/118'/0'/0/INDEX; each has 1,000,000,000 fee (10^15 ufee)"
  accounts | while read -r index name; do
    printf '%-9s %2d  %s\n' "$name" "$index" "$(jq -r --arg name "$name" '.[$name]' "$net/accounts.json")"
  done
}

status() {
  local i pid
  count_validators
  if [ "$count" = 0 ]; then
    echo "no chain stands in $net"
    exit 3
  fi
  running
  echo "$chain in $net: ${#up[@]} of $count validator(s) run"
  for ((i = 0; i < count; i++)); do
    if pid=$(process $i); then
      echo "validator $i  process $pid  http://127.0.0.1:$(rpc_port $i)  $(rpc $i status | jq -r '.result.sync_info
        | "height \(.latest_block_height)  app \(.latest_app_hash[:16])" + if .catching_up then "  catching up" else "" end' ||
        echo 'does not answer')"
    else
      echo "validator $i  does not run"
    fi
  done
  [ ${#up[@]} -gt 0 ] || exit 3
  [ ${#up[@]} = "$count" ] || exit 1
}
