#!/usr/bin/env bash
# A map in a message: the types are written, then the generator stops without a client.
#
# Package: @cosmwasm/ts-codegen 1.14.1, which writes TypeScript types and a client from the JSON schema of a contract.
# Input: an execute message with a map from text to u32, as cosmwasm-schema 2.3 writes `BTreeMap<String, u32>`: an object
#   whose `additionalProperties` is a schema.
# Expected: a parameter such as `{ [k: string]: number }`, as in the types file.
# Seen: the error "getPropertySignatureFromProp() contact maintainer", which names neither message nor field. Box.types.ts
#   is there, Box.client.ts is not: a build that looks only at the files of types goes on with an old client.
# For us: messages hold lists of records instead of maps.
#
# Exits 0 while the behaviour is as described, 1 where it has changed.
# shellcheck source=findings/lib/ts-codegen.sh
. "$(dirname "${BASH_SOURCE[0]}")/lib/ts-codegen.sh"

field='{"type": "object", "additionalProperties": {"type": "integer", "format": "uint32", "minimum": 0.0}}'
if generate shares "$field"; then echo 'changed: the client is written'; exit 1; fi
message='getPropertySignatureFromProp() contact maintainer'
grep -qF "$message" generate.log || { echo 'changed: another error'; cat generate.log; exit 1; }
[ -s out/Box.types.ts ] || { echo 'changed: no types file'; exit 1; }
[ ! -e out/Box.client.ts ] || { echo 'changed: a client file'; exit 1; }
echo "error: $message"
echo 'as described: Box.types.ts is written, Box.client.ts is not'
