import assert from 'node:assert/strict';
import { test } from 'node:test';
import { pages } from '../src/index.js';
import { OracleQueryClient } from '../src/generated/Oracle.client.js';

/** Lists 1 to `count`, `size` a page, and notes what it was asked for. */
function list(count: number, size: number) {
  const asked: (number | undefined)[] = [];
  const ask = async (after: number | undefined) => {
    asked.push(after);
    const first = (after ?? 0) + 1;
    const numbers = Array.from({ length: Math.max(0, Math.min(size, count - first + 1)) }, (_, i) => first + i);
    return { numbers, more: first + size <= count };
  };
  return {
    asked,
    all: pages.walk(
      ask,
      (page) => page.numbers,
      (one) => one,
    ),
  };
}

async function gather<T>(all: AsyncIterable<T>): Promise<T[]> {
  const items: T[] = [];
  for await (const item of all) items.push(item);
  return items;
}

test('a list is walked to its end, page by page', async () => {
  for (const [count, asked] of [
    [0, [undefined]],
    [3, [undefined]],
    [4, [undefined, 3]],
    [9, [undefined, 3, 6]],
  ] as const) {
    const walked = list(count, 3);
    assert.deepEqual(
      await gather(walked.all),
      Array.from({ length: count }, (_, i) => i + 1),
    );
    assert.deepEqual(walked.asked, asked);
  }
});

test('nothing is asked for that nobody takes', async () => {
  const walked = list(100, 3);
  for await (const one of walked.all) if (one === 2) break;
  assert.deepEqual(walked.asked, [undefined]);
});

test('a page without an entry ends the walk, whatever it says', async () => {
  assert.deepEqual(
    await gather(
      pages.walk(
        async () => ({ none: [], more: true }),
        (page) => page.none,
        () => 0,
      ),
    ),
    [],
  );
});

test('the ready-made ones ask as the contracts want to be asked', async () => {
  const queries: unknown[] = [];
  const oracle = new OracleQueryClient(
    {
      queryContractSmart: async (_, query) => {
        queries.push(JSON.parse(JSON.stringify(query)));
        return { devices: [{ device: queries.length }], more: queries.length < 2 };
      },
    },
    'wasm1oracle',
  );
  assert.equal((await gather(pages.devices(oracle, 1))).length, 2);
  assert.deepEqual(queries, [{ devices: { limit: 1 } }, { devices: { limit: 1, start_after: 1 } }]);
});
