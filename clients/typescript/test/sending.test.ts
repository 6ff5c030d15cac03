import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { CometClient } from '@cosmjs/tendermint-rpc';
import { TxBody, TxRaw } from 'cosmjs-types/cosmos/tx/v1beta1/tx';
import { FundsError, LateError, NeverError } from '../src/index.js';
import { lookFor, settle, signed } from '../src/sending.js';

/** A node without an index: each look at its status makes a block. Answers to broadcasts are lost on their way. */
class Node {
  blocks: Uint8Array[][] = [[], [], []];
  mempool: Uint8Array[] = [];
  offered: Uint8Array[] = [];
  /** Answers that are lost. */
  lost = 0;
  /** Whether the mempool drops what it takes. */
  drops = false;

  readonly comet = {
    status: async () => {
      this.blocks.push(this.mempool);
      this.mempool = [];
      return { syncInfo: { latestBlockHeight: this.blocks.length } };
    },
    broadcastTxSync: async ({ tx }: { tx: Uint8Array }) => {
      this.offered.push(tx);
      const is = (other: Uint8Array) => Buffer.compare(other, tx) === 0;
      if (this.mempool.some(is) || this.blocks.flat().some(is))
        throw new Error('{"code":-32603,"message":"Internal error","data":"tx already exists in cache"}');
      if (!this.drops) this.mempool.push(tx);
      if (this.lost-- > 0) throw new TypeError('fetch failed');
      return { code: 0, hash: new Uint8Array() };
    },
    block: async (height: number) => ({ block: { txs: this.blocks[height - 1] } }),
    blockResults: async (height: number) => ({
      results: (this.blocks[height - 1] ?? []).map(() => ({ code: 0, events: [], gasUsed: 7n, gasWanted: 9n })),
    }),
  } as unknown as CometClient;

  done(): number {
    return this.blocks.flat().length;
  }
}

const tx = (after: number, blocks: number) =>
  signed(
    TxRaw.fromPartial({
      bodyBytes: TxBody.encode(TxBody.fromPartial({ timeoutHeight: BigInt(after + blocks) })).finish(),
    }),
    after,
  );

test('a broadcast whose answer is lost is carried out once, and the same bytes are handed over again', async () => {
  for (const drops of [false, true]) {
    const node = Object.assign(new Node(), { lost: 2, drops });
    const sent = tx(3, 50);
    setTimeout(() => (node.drops = false), 300);
    const taken = await settle(node.comet, sent, 10);
    assert.equal(node.done(), 1);
    assert.deepEqual([taken.hash, taken.code, taken.gasUsed], [sent.hash, 0, 7n]);
    assert.ok(node.offered.every((bytes) => Buffer.compare(bytes, sent.bytes) === 0));
    assert.equal((await lookFor(node.comet, sent)).height, taken.height);
  }
});

test('what is in no block up to its last one did not happen, and may be sent again', async () => {
  const node = Object.assign(new Node(), { drops: true });
  const sent = tx(3, 2);
  await assert.rejects(settle(node.comet, sent, 10), (error) => {
    assert.ok(error instanceof NeverError && error.passing);
    assert.equal(error.transactionHash, sent.hash);
    return true;
  });
  await assert.rejects(lookFor(node.comet, sent), NeverError);
});

test('what is not known in time may still happen, and is not passing', async () => {
  const node = Object.assign(new Node(), { drops: true, lost: 1_000 });
  const sent = tx(3, 1_000_000);
  await assert.rejects(settle(node.comet, sent, 1), (error) => {
    assert.ok(error instanceof LateError && !error.passing);
    assert.deepEqual([error.transactionHash, error.until], [sent.hash, 1_000_003]);
    return true;
  });
});

test('what the node refuses at once was not sent', async () => {
  const node = new Node();
  const refuse = async () => ({ code: 5, codespace: 'sdk', log: 'insufficient funds', hash: new Uint8Array() });
  Object.assign(node.comet, { broadcastTxSync: refuse });
  await assert.rejects(settle(node.comet, tx(3, 50), 10), FundsError);
});
