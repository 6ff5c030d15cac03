# The node's program. Sourced by scripts/localnet.
# shellcheck shell=bash disable=SC2154 # chain, net, offset, count, up, down: scripts/localnet sets them

version=$(awk '$1 == "github.com/CosmWasm/wasmd" { print substr($2, 2) }' scripts/wasmd/go.mod)
[ -n "$version" ] || die 'scripts/wasmd/go.mod names no version of wasmd'
home=$cache/wasmd-$version
wasmd=$home/wasmd

# Builds wasmd from the Go module proxy alone, once. It finds the VM's shared library beside itself, so that it works
# on when Go's module cache is cleared, or handed from one CI machine to the next without it.
build() {
  need jq 'On Debian: apt-get install jq'
  need curl 'On Debian: apt-get install curl'
  [ ! -x "$wasmd" ] || return 0
  mkdir -p "$cache"
  (
    flock 8
    [ ! -x "$wasmd" ] || exit 0 # another has built it while this one waited
    compile
  ) 8>"$cache/wasmd.lock"
}

# Not with the tag libsecp256k1_sdk, which checks signatures in C: go-ethereum brings symbols of the same names.
compile() {
  local fresh library
  need go 'Install Go 1.25 or later: https://go.dev/dl'
  need cc 'On Debian: apt-get install gcc libc6-dev'
  say "building wasmd $version into $home: some five minutes and 2 GB of Go modules, once"
  fresh=$(mktemp -d "$cache/wasmd.XXXXXX")
  # shellcheck disable=SC2064 # as it is now
  trap "rm -rf '$fresh'" EXIT
  (
    cd scripts/wasmd || exit 1
    # shellcheck disable=SC2016 # $ORIGIN is the loader's
    CGO_ENABLED=1 go build -mod=readonly -trimpath -tags netgo -o "$fresh/wasmd" -ldflags "-w -s \
      -X github.com/cosmos/cosmos-sdk/version.Name=wasm -X github.com/cosmos/cosmos-sdk/version.AppName=wasmd \
      -X github.com/cosmos/cosmos-sdk/version.Version=$version -extldflags '"'-Wl,-rpath,$ORIGIN'"'" \
      github.com/CosmWasm/wasmd/cmd/wasmd
    library=$(go list -mod=readonly -f '{{.Dir}}' -m github.com/CosmWasm/wasmvm/v3)/internal/api
    cp "$library/libwasmvm.$(uname -m).so" "$fresh/"
  )
  chmod 755 "$fresh" "$fresh"/*
  "$fresh/wasmd" version >/dev/null 2>&1 || die "what was built does not run; see $fresh/wasmd version"
  rm -rf "$home"
  mv "$fresh" "$home" # only now: half a build is none
}
