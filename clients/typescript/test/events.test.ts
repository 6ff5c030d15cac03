/** The tables know every event that the contracts' golden tests freeze, and every attribute of it. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseEvent, type Attribute, type RawEvent } from '../src/events/parse.js';
import { eventsOf, order } from '../src/events/parse.js';
import { TABLES } from '../src/events/tables.js';
import { readRepository } from './support.js';

/** `type v=1 action=x a=1 b=two words` as an event. */
function event(line: string): RawEvent {
  const [, type, rest] = /^(\w+):? (.*)$/.exec(line.replaceAll('\\"', '"')) ?? [];
  assert.ok(type && rest, line);
  const attributes = rest.split(/ (?=[a-z_0-9]+=)/).map((pair): Attribute => {
    const at = pair.indexOf('=');
    return { key: pair.slice(0, at), value: pair.slice(at + 1) };
  });
  return { type: type === 'wasm' ? type : `wasm-${type}`, attributes };
}

/** The golden lines of a contract, whichever way its test writes them. */
function golden(contract: string): RawEvent[] {
  const source = readRepository(`contracts/${contract}/src/tests/events.rs`);
  const lines = [...source.matchAll(/^\s*"?((?:vrs_\w+:? v=1|wasm) action=.*?)"?,?$/gm)].map(([, line]) =>
    event(line as string),
  );
  if (contract === 'token') {
    const attributes = [...source.matchAll(/vec!\[\s*(\("action"[\s\S]*?)\s*,?\s*\]/g)].map(([, list]) => ({
      type: 'wasm',
      attributes: [...(list as string).matchAll(/\("(\w+)", "?(\w+)"?\)/g)].map(([, key, value]) => ({
        key: key as string,
        value: value as string,
      })),
    }));
    return [...attributes, ...lines];
  }
  if (contract === 'oracle') {
    const batch = /const BATCH: &str =\s*"(.*)";/.exec(source)?.[1];
    const told = [...source.matchAll(/"(v=1 action=.*|outcome=.*)"/g)].map(([, line]) => line as string);
    return told
      .filter((line) => line !== batch)
      .map((line) => event(`vrs_oracle ${line.startsWith('outcome=') ? `${batch} ${line}` : line}`));
  }
  return lines;
}

/** Told by contracts though not in their golden tests. */
const NOT_GOLDEN: Record<string, string[]> = {
  vrs_oracle: ['grant_role', 'revoke_role', 'unpause', 'update_ownership', 'pause_until'],
  vrs_merchant: ['grant_role', 'revoke_role', 'unpause', 'update_ownership', 'pause_until'],
  vrs_identity: ['update_ownership', 'pause_until'],
  vrs_mining: ['update_ownership', 'revoke_role', 'pause_until'],
  vrs_points: ['update_ownership', 'revoke_role', 'pause_until'],
};

const all = ['token', 'points', 'identity', 'oracle', 'merchant', 'mining'].flatMap(golden);

test('every golden event is known, with all its attributes', () => {
  assert.ok(all.length >= 100, `${all.length} golden lines found`);
  for (const raw of all) {
    const told = parseEvent(raw);
    assert.notEqual(told.type, 'unknown', JSON.stringify(raw));
    for (const { key } of raw.attributes) {
      if (key !== 'v') assert.ok(key in told, `${told.type} ${told.action}: ${key} is not in the tables`);
    }
  }
});

test('the tables hold no event that no contract tells', () => {
  const told = new Set(all.map(parseEvent).map(({ type, action }) => `${type} ${action}`));
  for (const [type, table] of Object.entries(TABLES)) {
    for (const action of Object.keys(table)) {
      if (!NOT_GOLDEN[type]?.includes(action)) assert.ok(told.has(`${type} ${action}`), `${type} ${action}`);
    }
  }
});

test('values have their types', () => {
  const claimed = parseEvent(
    event(
      'vrs_merchant v=1 action=claimed side=customers member=1 amount=340282366920938463463374607431768211455 through=3',
    ),
  );
  assert.deepEqual(claimed, {
    type: 'vrs_merchant',
    action: 'claimed',
    side: 'customers',
    member: 1,
    amount: 2n ** 128n - 1n,
    through: 3,
  });
  const batch = parseEvent(
    event(
      'vrs_oracle v=1 action=batch position=0 device=7 sequence=1 day=3 outcome=accepted items=5 dropped=0:zero_amount,3:trade_limit',
    ),
  );
  assert.ok(batch.type === 'vrs_oracle' && batch.action === 'batch');
  assert.deepEqual(batch.dropped, [
    { item: 0, reason: 'zero_amount' },
    { item: 3, reason: 'trade_limit' },
  ]);
  assert.equal(batch.root, undefined);
});

test('an event that the tables do not know is passed on unchanged', () => {
  for (const line of [
    'vrs_merchant v=2 action=claimed side=customers member=1 amount=2 through=3',
    'vrs_merchant v=1 action=danced how=well',
    'vrs_merchant v=1 action=claimed side=customers member=one amount=2 through=3',
    'vrs_merchant v=1 action=toString',
  ]) {
    const raw = event(line);
    const told = parseEvent(raw);
    assert.ok(told.type === 'unknown', line);
    assert.deepEqual([told.event, told.attributes], [raw.type, raw.attributes]);
  }
});

test('events are told with their origin, those of strangers are not', () => {
  const at = (address: string, raw: RawEvent): RawEvent => ({
    type: raw.type,
    attributes: [{ key: '_contract_address', value: address }, ...raw.attributes, { key: 'msg_index', value: '0' }],
  });
  const fund = event('vrs_mining v=1 action=fund pool=hp amount=5 funded=9');
  const events = [{ type: 'tx', attributes: [] }, at('wasm1stranger', fund), at('wasm1mining', fund)];
  const told = eventsOf({ height: 9, tx: 2, transaction: 'AB', events }, new Map([['wasm1mining', 'mining']]));
  assert.equal(told.length, 1);
  assert.deepEqual(told[0]?.origin, {
    contract: 'mining',
    address: 'wasm1mining',
    transaction: 'AB',
    position: { height: 9, tx: 2, event: 2 },
  });
  const place = (height: number, tx: number, index: number) => ({ height, tx, event: index });
  assert.ok(
    order(place(1, 9, 9), place(2, 0, 0)) < 0 &&
      order(place(2, 1, 0), place(2, 0, 7)) > 0 &&
      order(place(2, 1, 1), place(2, 1, 1)) === 0,
  );
});

test('of two equal keys the first value counts, as in the Rust client', () => {
  const [raw] = all.filter(({ type }) => type === 'wasm-vrs_mining') as [RawEvent];
  const twice = { ...raw, attributes: [...raw.attributes, { key: 'action', value: 'other' }, { key: 'v', value: '9' }] };
  assert.deepEqual(parseEvent(twice), parseEvent(raw));
  assert.notEqual(parseEvent(twice).type, 'unknown');
});

test('a contract may have an attribute `mode`: wasmd adds none', () => {
  const told = parseEvent({ type: 'wasm-vrs_mining', attributes: [{ key: 'mode', value: 'x' }] });
  assert.deepEqual(told, {
    type: 'unknown',
    action: '',
    event: 'wasm-vrs_mining',
    attributes: [{ key: 'mode', value: 'x' }],
  });
});
