#!/usr/bin/env bash
# A field that must be written and may be null can not be null in the client.
#
# Package: @cosmwasm/ts-codegen 1.14.1, which writes TypeScript types and a client from the JSON schema of a contract.
# Input: an execute message whose field `until` is listed in `required` and has the type ["string", "null"]: a contract
#   that refuses a message without the field, so that nobody means "for ever" by a slip.
# Expected: `until: string | null` in the types file and in the client.
# Seen: Box.types.ts has `string | null`; the parameter of the client's method is `string`. Under `strict` TypeScript null
#   can not be passed, and to leave it out is refused by the contract.
# For us: clients/typescript/generate.mjs puts the null back behind such parameters.
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
            "required": ["until"],
            "properties": {
              "until": {"type": ["string", "null"]}
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
  line=$(grep -m1 -F -- "$2" "out/$1") || { echo "changed: out/$1 has no \`$2\`:"; grep -n 'until' "out/$1"; exit 1; }
  printf '%-14s %s\n' "$1" "${line#"${line%%[! ]*}"}"
}

shown Box.types.ts 'until: string | null;'
shown Box.client.ts 'until: string;'
echo 'as described: null, which the contract asks for, is no value for the parameter'
