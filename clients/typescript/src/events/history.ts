/** The transactions of a range of blocks that touched some contracts, in their order and without a hole. */
import { sha256 } from '@noble/hashes/sha2';
import { bytesToHex } from '@noble/hashes/utils';
import type { Comet38Client, CometClient } from '@cosmjs/tendermint-rpc';
import { ChainError } from '../errors.js';
import type { Book, RawEvent, Taken } from './parse.js';

/** Blocks that are always read one by one: the node's index of transactions may be some moments behind. */
const TAIL = 20;
/** Blocks that one search covers. */
const WINDOW = 5_000;
const PAGE = 100;

/** The node keeps these blocks no longer: ask another one, an archive. */
export class PrunedError extends ChainError {}

// The union of cosmjs's clients cannot be called where their parameters differ in the type of a date; what is used
// here is alike in all of them.
type Comet = Pick<Comet38Client, 'block' | 'blockResults' | 'txSearch' | 'status'>;

const touches = (events: readonly RawEvent[], book: Book): boolean =>
  events.some(({ attributes }) => attributes.some(({ key, value }) => key === '_contract_address' && book.has(value)));

/** One block's. */
async function ofBlock(comet: Comet, book: Book, height: number): Promise<Taken[]> {
  const { results } = await comet.blockResults(height).catch(explain);
  const mine = results.flatMap(({ code, events }, tx) => (code === 0 && touches(events, book) ? [{ tx, events }] : []));
  if (mine.length === 0) return [];
  const { block } = await comet.block(height).catch(explain);
  return mine.map(({ tx, events }) => {
    const transaction = bytesToHex(sha256(block.txs[tx] as Uint8Array)).toUpperCase();
    return { height, tx, transaction, events };
  });
}

function explain(error: unknown): never {
  if (error instanceof Error && /is not available, lowest height is/.test(error.message)) {
    throw new PrunedError(error.message, undefined, { cause: error });
  }
  throw error;
}

/** Those of blocks `from` to `to` by the node's index. */
async function search(comet: Comet, book: Book, from: number, to: number): Promise<Taken[]> {
  const found = new Map<string, Taken>();
  for (const address of book.keys()) {
    for (const event of ['execute', 'instantiate', 'migrate']) {
      const query = `${event}._contract_address='${address}' AND tx.height >= ${from} AND tx.height <= ${to}`;
      for (let page = 1, seen = 0, total = 1; seen < total; page++) {
        const answer = await comet.txSearch({ query, page, per_page: PAGE });
        for (const { hash, height, index, result } of answer.txs) {
          const transaction = bytesToHex(hash).toUpperCase();
          if (result.code === 0) found.set(transaction, { height, tx: index, transaction, events: result.events });
        }
        if (answer.txs.length === 0) break;
        seen += answer.txs.length;
        total = answer.totalCount;
      }
    }
  }
  return [...found.values()].sort((a, b) => a.height - b.height || a.tx - b.tx);
}

/** What one step through history found. */
export interface Step {
  /** All blocks up to here are through. */
  readonly through: number;
  readonly taken: readonly Taken[];
}

/** Walks blocks `from` to `to`: long ranges by searching, the last blocks one by one. */
export async function* walk(client: CometClient, book: Book, from: number, to: number): AsyncGenerator<Step> {
  const comet = client as Comet;
  let next = from;
  const last = to - TAIL;
  if (last - next > TAIL && (await isIndexed(comet))) {
    while (next <= last) {
      const through = Math.min(next + WINDOW - 1, last);
      yield { through, taken: await search(comet, book, next, through) };
      next = through + 1;
    }
  }
  for (; next <= to; next++) yield { through: next, taken: await ofBlock(comet, book, next) };
}

/** Whether the node finds transactions at all. */
async function isIndexed(comet: Comet): Promise<boolean> {
  const { nodeInfo } = await comet.status();
  return nodeInfo.other.get('tx_index') === 'on';
}
