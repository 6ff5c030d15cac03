/** From a till's key to the shop's day, and the events that tell of it. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { sha256 } from '@noble/hashes/sha2';
import { toBase64 } from '@cosmjs/encoding';
import {
  answerOf,
  deviceKey,
  deviceSigner,
  open,
  pages,
  registerDevices,
  seal,
  submitBatches,
  type Receipt,
  type SuiteEvent,
} from '../src/index.js';
import { order } from '../src/events/parse.js';
import { fresh, world, type World } from './world.js';

let it: World;
before(async () => {
  it = await world();
});
after(() => it?.close());

/** Gathers events until one fits. */
async function gather(events: AsyncIterable<SuiteEvent>, last: (event: SuiteEvent) => boolean): Promise<SuiteEvent[]> {
  const all: SuiteEvent[] = [];
  for await (const event of events) {
    all.push(event);
    if (last(event)) return all;
  }
  return all;
}

/** A verified shop and its customer, by number. */
async function register(): Promise<[number, number]> {
  const claim = { topic: 'identity', hash: toBase64(sha256(crypto.getRandomValues(new Uint8Array(32)))), until: null } as const;
  const executed = await it.operator.identity.registerMembers({
    members: [
      { kind: 'merchant', account: await fresh(it.chain), payout: null, level: 0, identity: claim },
      { kind: 'individual', account: await fresh(it.chain), payout: null, level: 0, identity: claim },
    ],
  });
  const { first } = answerOf<{ first: number }>(executed);
  return [first, first + 1];
}

test('a signed batch becomes a day of the shop, and the websocket tells of it', { timeout: 120_000 }, async (t) => {
  const { operator, relayer, reader, chain, deployment } = it;
  const { days } = reader;
  const stop = new AbortController();
  t.after(() => stop.abort());
  const [shop, customer] = await register();

  // A shop's first costs count at once.
  const today = days.day(await reader.connection.now());
  const costs = await operator.transaction([
    { to: 'merchant', message: { set_districts: { rates: [{ id: 4_000_000_007, amount: 20_000 }] } } },
    { to: 'merchant', message: { set_trades: { rates: [{ id: 4_000_000_007, amount: 1_000_000 }] } } },
    {
      to: 'merchant',
      message: {
        set_profiles: {
          profiles: [{ merchant: shop, area: 500, staff: 4, district: 4_000_000_007, trade: 4_000_000_007 }],
        },
      },
    },
  ]);
  const profile = operator.told(costs).find((event) => event.type === 'vrs_merchant' && event.action === 'profile_set');
  assert.ok(profile && 'area' in profile && profile.area === 500);

  const heard = gather(
    operator.events({ signal: stop.signal, contracts: ['oracle', 'merchant'] }),
    (event) => event.type === 'vrs_oracle' && event.action === 'batch' && event.outcome === 'conflict',
  );
  await new Promise((resolve) => setTimeout(resolve, 1_000)); // the subscription stands

  const till = deviceSigner('secp256k1');
  const { answer: numbers } = await registerDevices(operator.oracle, [
    {
      kind: 'terminal',
      subject: shop,
      owner: operator.address,
      key: deviceKey(till),
      valid_from: today,
      valid_until: null,
      caps: { items: 1_000, amount: 1_000_000 },
    },
  ]);
  const device = numbers[0] as number;

  const day = days.day(await reader.connection.now());
  const context = { chainId: chain.id, oracle: deployment.contracts.oracle.address };
  const receipt: Receipt = { customer, number: 1n, amount: 1_995n, time: 100, channel: 'store' };
  const leaves = [
    receipt,
    { ...receipt, number: 2, amount: 0, time: 101 },
    { ...receipt, number: 3, amount: 2_005, channel: 'external' as const },
  ];
  const envelope = await seal(context, till, { kind: 'terminal', device, day, sequence: 1, leaves });
  const other = await seal(context, till, { kind: 'terminal', device, day, sequence: 1, leaves: [receipt] });
  const forged = await seal(context, deviceSigner('secp256k1'), {
    kind: 'terminal',
    device,
    day,
    sequence: 2,
    leaves: [receipt],
  });

  // Anyone relays.
  const first = await submitBatches(relayer.oracle, [envelope, forged]);
  assert.deepEqual(first.answer[1], { refused: { reason: 'bad_signature' } });
  const [outcome] = first.answer;
  assert.ok(outcome && 'accepted' in outcome, JSON.stringify(outcome));
  assert.equal(outcome.accepted.items, 3);
  const reasons = outcome.accepted.dropped.map(({ item, reason }) => `${item}:${reason}`);
  const again = await submitBatches(relayer.oracle, [envelope, other]);
  assert.ok(again.answer[0] && 'repeat' in again.answer[0]);
  assert.deepEqual(again.answer[1], { conflict: { taken: toBase64(open(envelope).root) } });

  const [kept] = await gatherAll(pages.batches(reader.oracle, device));
  assert.deepEqual([kept?.sequence, kept?.day, kept?.root], [1, day, toBase64(open(envelope).root)]);
  assert.deepEqual(reasons, ['1:zero_amount']);
  const shopDay = await reader.merchant.merchantDay({ merchant: shop, day });
  assert.deepEqual([shopDay?.orders, shopDay?.revenue, shopDay?.first, shopDay?.external], [2, '4000', 1, 1]);
  assert.ok(BigInt(shopDay?.bizpower ?? 0) > 0n);
  const [visit] = await gatherAll(pages.visits(reader.merchant, customer));
  assert.deepEqual([visit?.merchant, visit?.store_sum, visit?.external_sum], [shop, '1995', '2005']);

  // What came through the websocket is what the chain has, in its order, each once.
  const told = await heard;
  const registered = told.find(
    (event) => event.type === 'vrs_oracle' && event.action === 'register_device' && event.device === device,
  );
  assert.ok(registered, 'the registration was heard');
  const accepted = told.find(
    (event) => event.type === 'vrs_oracle' && event.action === 'batch' && event.device === device,
  );
  assert.ok(accepted && 'outcome' in accepted);
  assert.deepEqual(
    [accepted.outcome, accepted.items, accepted.dropped[0]],
    ['accepted', 3, { item: 1, reason: 'zero_amount' }],
  );
  const attested = told.find(
    (event) => event.type === 'vrs_merchant' && event.action === 'attested' && event.device === device,
  );
  assert.ok(attested && 'orders' in attested);
  assert.deepEqual([attested.merchant, attested.orders, attested.day], [shop, 2, day]);
  for (let i = 1; i < told.length; i++) assert.ok(order(told[i - 1]!.origin.position, told[i]!.origin.position) < 0);
  const [from, to] = [told[0]!.origin.position, told.at(-1)!.origin.position];
  const past = (await gatherAll(reader.past(from.height, to.height, ['oracle', 'merchant']))).filter(
    ({ origin }) => order(from, origin.position) <= 0 && order(origin.position, to) <= 0,
  );
  assert.deepEqual(past, told);

  // Who was away goes on behind the last event he dealt with.
  const middle = told[Math.floor(told.length / 2) - 1]!;
  const rest = await gather(
    reader.events({ after: middle.origin.position, signal: stop.signal, contracts: ['oracle', 'merchant'] }),
    ({ origin }) => order(origin.position, to) === 0,
  );
  assert.deepEqual(rest, told.slice(told.indexOf(middle) + 1));
});

test('a search over the whole chain finds what reading block by block finds', { timeout: 120_000 }, async () => {
  const { reader } = it;
  const head = await reader.connection.client.getHeight();
  const first = Math.max(1, head - 400);
  const searched = await gatherAll(reader.past(first, head));
  const read: SuiteEvent[] = [];
  for (let from = first; from <= head; from += 20) {
    read.push(...(await gatherAll(reader.past(from, Math.min(from + 19, head)))));
  }
  assert.ok(searched.length > 0);
  assert.deepEqual(searched, read);
});

async function gatherAll<T>(all: AsyncIterable<T>): Promise<T[]> {
  const items: T[] = [];
  for await (const item of all) items.push(item);
  return items;
}
