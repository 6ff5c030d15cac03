/** The suite's events as they come, none lost and none twice. */
import type { CometClient } from '@cosmjs/tendermint-rpc';
import { ChainError, typed } from '../errors.js';
import { Heads, type HeadsOptions } from './heads.js';
import { PrunedError, walk } from './history.js';
import { eventsOf, order, type Book, type Position, type SuiteEvent } from './parse.js';

/** Where to begin, and when to end. */
export interface FollowOptions extends HeadsOptions {
  /** Go on behind this event: the `origin.position` of the last one that was dealt with. */
  readonly after?: Position;
  /** Or begin with this block. Without either: with the next one. */
  readonly from?: number;
  /** Ends it. */
  readonly signal?: AbortSignal;
}

/**
 * Follows the chain. The websocket says that there is a block, its events are then read from the node: whatever was
 * missed while the connection was down is made up for in the same way, a long absence by `tx_search`. A node that does
 * not answer is asked again, with growing pauses, until it does.
 */
export async function* follow(
  comet: CometClient,
  rpc: string,
  book: Book,
  { after, from, signal, ...options }: FollowOptions = {},
): AsyncGenerator<SuiteEvent, void> {
  const heads = new Heads(rpc, options);
  const end = () => heads.close();
  signal?.addEventListener('abort', end);
  try {
    if (signal?.aborted) return;
    let through = after ? after.height - 1 : from !== undefined ? from - 1 : await heads.above(0);
    if (through === undefined) return;
    let failures = 0;
    for (let head = await heads.above(through); head !== undefined; head = await heads.above(through)) {
      try {
        for await (const step of walk(comet, book, through + 1, head)) {
          for (const taken of step.taken) {
            for (const event of eventsOf(taken, book)) {
              if (after && order(event.origin.position, after) <= 0) continue;
              after = event.origin.position;
              yield event;
              if (signal?.aborted) return;
            }
          }
          through = step.through;
          failures = 0;
        }
      } catch (error) {
        const cause = typed(error);
        // What remains are answers of a node that restarts or lags; they pass.
        if (cause instanceof PrunedError || cause instanceof TypeError || cause instanceof RangeError) throw cause;
        const reason = cause instanceof Error ? cause.message : String(cause);
        const pause = Math.min(250 * 2 ** failures++, options.longestPause ?? 30_000);
        options.onBreak?.(reason, pause);
        await rest(pause, signal);
      }
    }
  } finally {
    signal?.removeEventListener('abort', end);
    heads.close();
  }
}

/** The suite's events of blocks that are there already. */
export async function* past(
  comet: CometClient,
  book: Book,
  from: number,
  to: number,
): AsyncGenerator<SuiteEvent, void> {
  try {
    for await (const { taken } of walk(comet, book, from, to)) {
      for (const one of taken) yield* eventsOf(one, book);
    }
  } catch (error) {
    throw error instanceof ChainError ? error : typed(error);
  }
}

function rest(milliseconds: number, signal: AbortSignal | undefined): Promise<void> {
  return new Promise((resolve) => {
    const done = () => {
      clearTimeout(timer);
      signal?.removeEventListener('abort', done);
      resolve();
    };
    const timer = setTimeout(done, milliseconds);
    signal?.addEventListener('abort', done);
  });
}
