/** Hands a signed transaction to a node, and reads blocks until it is known what became of it. */
import { fixUint8Array, toHex } from '@cosmjs/encoding';
import { fromTendermintEvent, type IndexedTx } from '@cosmjs/stargate';
import type { CometClient } from '@cosmjs/tendermint-rpc';
import { sha256 } from '@noble/hashes/sha2';
import { TxMsgData } from 'cosmjs-types/cosmos/base/abci/v1beta1/abci';
import { TxBody, TxRaw } from 'cosmjs-types/cosmos/tx/v1beta1/tx';
import { ChainError, LateError, NeverError, refusal, SequenceError } from './errors.js';
import { call, pause, reading } from './reading.js';

/** A signed transaction, known before any node has it. */
export interface Signed {
  readonly hash: string;
  readonly bytes: Uint8Array;
  /** It is in no block up to this one. */
  readonly after: number;
  /** The last block that may take it; 0: any. */
  readonly until: number;
}

/** What a node says of a transaction that it has not taken. After any other words it may have. */
const REFUSED = /mempool is full|too large|too big|catching up|Invalid params|Parse error|Bad status on response: 4(?!08|29)/;

export function hashOf(bytes: Uint8Array): string {
  return toHex(sha256(bytes)).toUpperCase();
}

export function signed(raw: TxRaw, after: number): Signed {
  const bytes = TxRaw.encode(raw).finish();
  // As it was signed: a wallet may change what it is given.
  return { hash: hashOf(bytes), bytes, after, until: Number(TxBody.decode(raw.bodyBytes).timeoutHeight) };
}

/** Whether the node is known to have it. Throws where it is known not to. */
async function offer(comet: CometClient, { bytes, hash }: Signed): Promise<boolean> {
  let answer;
  try {
    answer = await call(() => comet.broadcastTxSync({ tx: bytes }));
  } catch (error) {
    const { message } = error as Error;
    if (message.includes('already exists in cache')) return true;
    if (REFUSED.test(message)) throw error instanceof ChainError ? error : refusal({ log: message });
    return false;
  }
  if (answer.code)
    throw refusal({
      code: answer.code,
      codespace: answer.codespace ?? '',
      log: answer.log ?? '',
      transactionHash: hash,
    });
  return true;
}

async function inBlock(comet: CometClient, hash: string, height: number): Promise<IndexedTx | undefined> {
  const { block } = await reading(() => comet.block(height));
  const txIndex = block.txs.findIndex((tx) => hashOf(tx) === hash);
  if (txIndex < 0) return undefined;
  const { results } = await reading(async () => comet.blockResults(height));
  const result = results[txIndex];
  if (!result) throw new Error(`block ${height}: expected ${block.txs.length} results, got ${results.length}`);
  return {
    height,
    txIndex,
    hash,
    code: result.code,
    events: result.events.map((event) => fromTendermintEvent(event)),
    rawLog: result.log ?? '',
    tx: fixUint8Array(block.txs[txIndex] as Uint8Array),
    msgResponses: TxMsgData.decode(result.data ?? new Uint8Array()).msgResponses.map(({ typeUrl, value }) => ({
      typeUrl,
      value: fixUint8Array(value),
    })),
    gasUsed: result.gasUsed,
    gasWanted: result.gasWanted,
  };
}

/**
 * The transaction in its block, where it may have failed. The same bytes are handed over until then: nothing is to be
 * signed in their place after a `LateError`; after a `NeverError` it may.
 */
export async function settle(comet: CometClient, tx: Signed, seconds: number): Promise<IndexedTx> {
  let isThere = await offer(comet, tx);
  const end = Date.now() + seconds * 1000;
  const last = tx.until || Number.MAX_SAFE_INTEGER;
  let next = tx.after + 1;
  let trouble: unknown;
  for (let wait = 200, looks = 1; ; wait = Math.min(wait * 1.5, 2000), looks++) {
    try {
      const { syncInfo } = await reading(() => comet.status());
      for (; next <= Math.min(syncInfo.latestBlockHeight, last); next++) {
        const found = await inBlock(comet, tx.hash, next);
        if (found) return found;
      }
      if (next > last)
        throw new NeverError(
          `${tx.hash} did not happen: it is in no block up to ${last}, and no later one may take it`,
          tx.hash,
        );
      if (!isThere || looks % 5 === 0) isThere = await offer(comet, tx);
    } catch (error) {
      if (error instanceof NeverError) throw error;
      // A sequence that is used up: perhaps by this very transaction, in a block that is not read yet.
      if (!(error instanceof SequenceError)) trouble = error;
    }
    if (Date.now() >= end) break;
    await pause(wait);
  }
  const until = tx.until ? `, until block ${tx.until}` : '';
  const why = trouble ? ` (${(trouble as Error).message})` : '';
  throw new LateError(
    `${tx.hash} may still happen${until}: nothing is known of it after ${seconds} s${why}; look for it before sending it again`,
    tx.hash,
    tx.until,
  );
}

/** What became of a transaction that was sent before; throws as `settle` does where it is in no block. */
export async function lookFor(comet: CometClient, { hash, after, until }: Omit<Signed, 'bytes'>): Promise<IndexedTx> {
  const { syncInfo } = await reading(() => comet.status());
  const last = until || Number.MAX_SAFE_INTEGER;
  for (let height = after + 1; height <= Math.min(syncInfo.latestBlockHeight, last); height++) {
    const found = await inBlock(comet, hash, height);
    if (found) return found;
  }
  if (syncInfo.latestBlockHeight >= last)
    throw new NeverError(`${hash} did not happen: it is in no block up to ${last}`, hash);
  throw new LateError(`${hash} may still happen, until block ${until}`, hash, until);
}
