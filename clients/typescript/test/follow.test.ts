/** Every event is delivered exactly once, even where the connection breaks. */
import assert from 'node:assert/strict';
import { test, type TestContext } from 'node:test';
import { follow, past, type FollowOptions } from '../src/events/follow.js';
import { PrunedError } from '../src/index.js';
import { BOOK, FakeNode } from './node.js';

async function started(t: TestContext): Promise<FakeNode> {
  const node = await FakeNode.start();
  t.after(() => node.stop());
  return node;
}

/** Heights that are told, up to `last`; `each` is called with every one. */
async function heights(
  node: FakeNode,
  last: number,
  options: FollowOptions,
  each: (height: number) => void = () => {},
): Promise<number[]> {
  const told: number[] = [];
  for await (const event of follow(node.comet, node.rpc, BOOK, { longestPause: 20, ...options })) {
    assert.ok(event.type === 'vrs_mining' && event.action === 'refill');
    assert.equal(event.amount, BigInt(event.origin.position.height));
    assert.deepEqual([event.origin.position.tx, event.origin.position.event], [2, 1]);
    told.push(event.origin.position.height);
    each(event.origin.position.height);
    if (event.origin.position.height === last) break;
  }
  return told;
}

const range = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, i) => from + i);

test('events are told as blocks come, from the next one on', async (t) => {
  const node = await started(t);
  node.grow(7);
  const timer = setInterval(() => node.grow(1), 10);
  t.after(() => clearInterval(timer));
  const told = await heights(node, 12, {});
  assert.ok((told[0] ?? 0) >= 8);
  assert.deepEqual(told, range(told[0] as number, 12));
});

test('what came while the connection was down is made up for', async (t) => {
  const node = await started(t);
  node.grow(1);
  const breaks: string[] = [];
  const told = await heights(node, 60, { from: 1, onBreak: (reason) => breaks.push(reason) }, (height) => {
    if (height % 10 === 0) {
      node.drop();
      node.grow(5);
    } else if (height === node.head) {
      setTimeout(() => node.grow(1), 1);
    }
  });
  assert.deepEqual(told, range(1, 60));
  assert.ok(node.connections >= 5 && breaks.length >= 4, `${node.connections} connections, ${breaks.length} breaks`);
});

test('a node that is silent is called again, one that fails is asked again', async (t) => {
  const node = await started(t);
  node.grow(3);
  node.talks = false;
  node.failing = 4;
  const breaks: string[] = [];
  setTimeout(() => (node.talks = true), 120);
  const told = await heights(node, 3, { from: 1, silence: 50, onBreak: (reason) => breaks.push(reason) });
  assert.deepEqual(told, [1, 2, 3]);
  assert.ok(breaks.includes('no block for 50 ms'), breaks.join());
  assert.ok(
    breaks.some((reason) => reason.includes('Internal error')),
    breaks.join(),
  );
});

test('who goes on behind an event gets the next one', async (t) => {
  const node = await started(t);
  node.grow(5);
  assert.deepEqual(await heights(node, 5, { after: { height: 3, tx: 2, event: 1 } }), [4, 5]);
  assert.deepEqual(await heights(node, 5, { after: { height: 3, tx: 2, event: 0 } }), [3, 4, 5]);
});

test('a long absence is searched, its end is read block by block', async (t) => {
  const node = await started(t);
  node.grow(5_520);
  assert.deepEqual(await heights(node, 5_520, { from: 1 }), range(1, 5_520));
  const { txSearch, blockResults } = node.asked;
  assert.equal(blockResults, 20);
  // 5,000 and 500 blocks of two transactions, 100 a page, and an empty answer to each of the other two queries a window.
  assert.equal(txSearch, 100 + 10 + 2 * 2);
});

test('a node without an index is read block by block', async (t) => {
  const node = await started(t);
  node.grow(150);
  node.indexed = false;
  assert.deepEqual(await heights(node, 150, { from: 1 }), range(1, 150));
  assert.equal(node.asked['txSearch'], undefined);
});

test('blocks that the node keeps no longer are told, not passed over', async (t) => {
  const node = await started(t);
  node.grow(30);
  node.lowest = 25;
  await assert.rejects(
    heights(node, 30, { from: 20 }),
    (error) => error instanceof PrunedError && /height 20 is not available/.test(error.message),
  );
  const told: number[] = [];
  for await (const { origin } of past(node.comet, BOOK, 25, 27)) told.push(origin.position.height);
  assert.deepEqual(told, [25, 26, 27]);
});

test('a signal ends it, before it began and while it waits', async (t) => {
  const node = await started(t);
  node.grow(2);
  const stop = new AbortController();
  const all = heights(node, 99, { from: 1, signal: stop.signal }, (height) => {
    if (height === 2) setTimeout(() => stop.abort(), 10);
  });
  assert.deepEqual(await all, [1, 2]);
  assert.deepEqual(await heights(node, 99, { from: 1, signal: stop.signal }), []);
});
