# shellcheck shell=bash
# What the findings about @cosmwasm/ts-codegen share: the pinned package in a temporary folder, the schema of a contract
# `box` with one execute message `put` that has one field, and the generator called on it. Needs node and npm.
set -euo pipefail

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
echo '{"private": true}' >package.json
npm install --silent --no-audit --no-fund --ignore-scripts @cosmwasm/ts-codegen@1.14.1 >npm.log 2>&1 || { cat npm.log >&2; exit 1; }
echo "@cosmwasm/ts-codegen $(node -p 'require("@cosmwasm/ts-codegen/package.json").version')"

# generate FIELD TYPE: types and client into out/, what is said into generate.log; TYPE is the field's schema, as
# cosmwasm-schema 2.3 writes it. Fails as the generator does.
generate() {
  mkdir schema
  cat >schema/box.json <<SCHEMA
{
  "contract_name": "box",
  "contract_version": "0.1.0",
  "idl_version": "1.0.0",
  "instantiate": {"\$schema": "http://json-schema.org/draft-07/schema#", "title": "InstantiateMsg", "type": "object", "additionalProperties": false},
  "execute": {
    "\$schema": "http://json-schema.org/draft-07/schema#",
    "title": "ExecuteMsg",
    "oneOf": [
      {
        "type": "object",
        "required": ["put"],
        "properties": {
          "put": {"type": "object", "required": ["$1"], "properties": {"$1": $2}, "additionalProperties": false}
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
  node generate.mjs >generate.log 2>&1
}

# shown FILE TEXT: prints the line of out/FILE that holds the text; fails where none does.
shown() {
  local line
  line=$(grep -m1 -F -- "$2" "out/$1") || { printf 'changed: out/%s lacks: %s\n' "$1" "$2"; cat "out/$1"; exit 1; }
  printf '%-14s %s\n' "$1" "${line#"${line%%[! ]*}"}"
}
