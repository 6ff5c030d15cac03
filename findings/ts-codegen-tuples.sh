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
# Needs node and npm. Exits 0 while the behaviour is as described, 1 where it has changed.
set -euo pipefail

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
echo '{"private": true}' >package.json
npm install --silent --no-audit --no-fund --ignore-scripts @cosmwasm/ts-codegen@1.14.1 >npm.log 2>&1 || { cat npm.log >&2; exit 1; }
echo "@cosmwasm/ts-codegen $(node -p 'require("@cosmwasm/ts-codegen/package.json").version')"

mkdir schema
cat >schema/box.json <<'SCHEMA'
{
  "contract_name": "box",
  "contract_version": "0.1.0",
  "idl_version": "1.0.0",
  "instantiate": {"$schema": "http://json-schema.org/draft-07/schema#", "title": "InstantiateMsg", "type": "object", "additionalProperties": false},
  "execute": {
    "$schema": "http://json-schema.org/draft-07/schema#",
    "title": "ExecuteMsg",
    "oneOf": [
      {
        "type": "object",
        "required": ["put"],
        "properties": {
          "put": {
            "type": "object",
            "required": ["pairs"],
            "properties": {
              "pairs": {
                "type": "array",
                "items": {
                  "type": "array",
                  "items": [{"type": "string"}, {"type": "integer", "format": "uint32", "minimum": 0.0}],
                  "maxItems": 2,
                  "minItems": 2
                }
              }
            },
            "additionalProperties": false
          }
        },
        "additionalProperties": false
      }
    ]
  },
  "query": null,
  "migrate": null,
  "sudo": null,
  "responses": {}
}
SCHEMA

cat >generate.mjs <<'JS'
import codegen from '@cosmwasm/ts-codegen';
await codegen.default({
  contracts: [{ name: 'Box', dir: './schema' }],
  outPath: './out',
  options: { bundle: { enabled: false }, types: { enabled: true }, client: { enabled: true } },
});
JS
node generate.mjs >generate.log 2>&1 || { cat generate.log; exit 1; }

# shown FILE TEXT: a line of the file holds the text; prints it.
shown() {
  local line
  line=$(grep -m1 -F -- "$2" "out/$1") || { echo "changed: out/$1 has no \`$2\`:"; grep -n 'pairs' "out/$1"; exit 1; }
  printf '%-14s %s\n' "$1" "${line#"${line%%[! ]*}"}"
}

shown Box.types.ts 'pairs: [string, number][];'
shown Box.client.ts 'pairs: string[][];'
echo 'as described: the client asks for other values than its own types file and the contract'
