#!/usr/bin/env bash
# A list of tuples has two types: the right one in the types file, another in the client.
#
# Package: @cosmwasm/ts-codegen 1.14.1, which writes TypeScript types and a client from the JSON schema of a contract.
# Input: an execute message with a list of (string, u32), as cosmwasm-schema 2.3 writes `Vec<(String, u32)>`:
#   `items` is a list of two schemas, minItems and maxItems are 2.
# Expected: `[string, number][]` in both files.
# Seen: Box.types.ts has `[string, number][]`; the parameter of the client's method is `string[][]`, the type of the first
#   part for all parts. TypeScript refuses `[["a", 1]]`, which the contract takes, and lets `[["a", "1"]]` pass, which it refuses.
# For us: clients/typescript/generate.mjs gives tuples in messages names before the generator reads them.
#
# Exits 0 while the behaviour is as described, 1 where it has changed.
# shellcheck source=findings/lib/ts-codegen.sh
. "$(dirname "${BASH_SOURCE[0]}")/lib/ts-codegen.sh"

generate pairs '{
  "type": "array",
  "items": {
    "type": "array",
    "items": [{"type": "string"}, {"type": "integer", "format": "uint32", "minimum": 0.0}],
    "maxItems": 2,
    "minItems": 2
  }
}' || { cat generate.log; exit 1; }

shown Box.types.ts 'pairs: [string, number][];'
shown Box.client.ts 'pairs: string[][];'
echo 'as described: the client asks for other values than its own types file and the contract'
