/** Questions to a node, asked again where it fails in passing: a limit of its rate, a fault of a proxy, a broken body. */
import { NodeError, typed } from './errors.js';

const TRIES = 11;

export const pause = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds));

/** Runs a call of the libraries below and throws what it throws as the classes of errors.ts. */
export async function call<T>(what: () => Promise<T>): Promise<T> {
  try {
    return await what();
  } catch (error) {
    throw typed(error);
  }
}

/** The same for what changes nothing, with growing pauses, some 20 seconds in all. */
export async function reading<T>(what: () => Promise<T>): Promise<T> {
  for (let tries = 1, wait = 50; ; tries++, wait = Math.min(wait * 2, 5000)) {
    try {
      return await call(what);
    } catch (error) {
      if (!(error instanceof NodeError) || tries === TRIES) throw error;
    }
    await pause(wait);
  }
}
