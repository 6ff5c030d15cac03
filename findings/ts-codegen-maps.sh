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
            "required": ["shares"],
            "properties": {
              "shares": {"type": "object", "additionalProperties": {"type": "integer", "format": "uint32", "minimum": 0.0}}
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
if node generate.mjs >generate.log 2>&1; then echo 'changed: the client is written'; exit 1; fi
message='getPropertySignatureFromProp() contact maintainer'
grep -qF "$message" generate.log || { echo 'changed: another error'; cat generate.log; exit 1; }
[ -s out/Box.types.ts ] || { echo 'changed: no types file'; exit 1; }
[ ! -e out/Box.client.ts ] || { echo 'changed: a client file'; exit 1; }
echo "error: $message"
echo 'as described: Box.types.ts is written, Box.client.ts is not'
