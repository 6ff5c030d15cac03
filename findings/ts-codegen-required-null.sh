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
# Exits 0 while the behaviour is as described, 1 where it has changed.
# shellcheck source=findings/lib/ts-codegen.sh
. "$(dirname "${BASH_SOURCE[0]}")/lib/ts-codegen.sh"

generate until '{"type": ["string", "null"]}' || { cat generate.log; exit 1; }

shown Box.types.ts 'until: string | null;'
shown Box.client.ts 'until: string;'
echo 'as described: null, which the contract asks for, is no value for the parameter'
