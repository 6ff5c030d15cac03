/** Why the chain did not do it, as classes: `catch (error) { if (error instanceof ContractError) ... }`. */

/** What a node or contract said when it refused, where it is known. */
export interface Refusal {
  readonly codespace?: string;
  readonly code?: number;
  readonly log: string;
  readonly transactionHash?: string | undefined;
}

/** The chain, or the way to it, refused. */
export class ChainError extends Error {
  /** The transaction, where it came into a block. */
  readonly transactionHash: string | undefined;
  /** Whether the same may succeed when it is tried again. */
  readonly passing: boolean = false;

  constructor(message: string, transactionHash?: string, options?: ErrorOptions) {
    super(message, options);
    this.name = new.target.name;
    this.transactionHash = transactionHash;
  }
}

/** A message or a query failed: a contract refused it, was aborted, or is not there. `reason` is its own text, or the chain's. */
export class ContractError extends ChainError {
  constructor(
    readonly reason: string,
    /** Which message of the transaction, from 0. */
    readonly index: number,
    transactionHash?: string,
    options?: ErrorOptions,
  ) {
    super(reason, transactionHash, options);
  }
}

/** It needs more gas than it was given. */
export class OutOfGasError extends ChainError {
  constructor(
    readonly wanted: number,
    readonly used: number,
    transactionHash?: string,
  ) {
    super(`out of gas: ${used} used, ${wanted} given`, transactionHash);
  }
}

/** Another transaction of the same account came first. */
export class SequenceError extends ChainError {
  override readonly passing = true;

  constructor(
    readonly expected: number,
    readonly actual: number,
  ) {
    super(`the account's next sequence is ${expected}, the transaction has ${actual}`);
  }
}

/** The account cannot pay. */
export class FundsError extends ChainError {}

/** The fee is below what the node asks for. */
export class FeeTooLowError extends ChainError {}

/** The node takes no more transactions at the moment. */
export class MempoolFullError extends ChainError {
  override readonly passing = true;
}

/** Nobody knows yet what became of it, and it may still happen: look for its hash before sending again. */
export class LateError extends ChainError {
  constructor(
    message: string,
    transactionHash: string,
    /** The last block that may take it; 0: any. */
    readonly until = 0,
    options?: ErrorOptions,
  ) {
    super(message, transactionHash, options);
  }
}

/** It is in no block up to the last one that could have taken it: it did not happen and never will. */
export class NeverError extends ChainError {
  override readonly passing = true;
}

/** The node gave no answer to a question. Of what was sent it is never thrown: that is `LateError`. */
export class NodeError extends ChainError {
  override readonly passing = true;
}

/** The chain refused for another reason. */
export class RejectedError extends ChainError {
  constructor(
    readonly codespace: string,
    readonly code: number,
    readonly log: string,
    transactionHash?: string,
  ) {
    super(`${codespace} ${code}: ${log}`, transactionHash);
  }
}

/**
 * `<words>` of `failed to execute message; message index: 2: <words>: execute wasm contract failed ...`: a contract's own
 * where it refused, else all that stands there, as of one that was aborted, or is not there.
 */
function messageWords(log: string): { reason: string; index: number } | undefined {
  const end = log.search(/: (execute|instantiate|migrate|query) wasm contract failed/);
  const words = end < 0 ? log : log.slice(0, end);
  const message = /failed to execute message; message index: (\d+): ([\s\S]*)$/.exec(words);
  if (message) return { index: Number(message[1]), reason: message[2] as string };
  return end < 0 ? undefined : { index: 0, reason: words.replace(/^[\s\S]*?\bdesc = /, '') };
}

/** The error that a refusal stands for, by its words: cosmjs does not tell the codespace of a transaction in a block. */
export function refusal({ codespace = '', code = 0, log, transactionHash: hash }: Refusal): ChainError {
  const sequence = /account sequence mismatch, expected (\d+), got (\d+)/.exec(log);
  if (sequence) return new SequenceError(Number(sequence[1]), Number(sequence[2]));
  const gas = /out of gas in location: [\s\S]*?gasWanted: (\d+), gasUsed: (\d+)/.exec(log);
  if (gas) return new OutOfGasError(Number(gas[1]), Number(gas[2]), hash);
  const words = messageWords(log);
  if (words) return new ContractError(words.reason, words.index, hash);
  // Both accounts stand before this as raw bytes.
  const grant = / does not allow to pay fees for (?:[\s\S]*?: )?([\s\S]*)$/.exec(log);
  if (grant) return new FundsError(`the fee grant does not cover it: ${grant[1]}`, hash);
  if (/insufficient funds/.test(log)) return new FundsError(log, hash);
  if (/insufficient fee/.test(log)) return new FeeTooLowError(log, hash);
  if (/mempool is full/.test(log)) return new MempoolFullError(log, hash);
  return new RejectedError(codespace, code, log, hash);
}

/** Whatever the libraries below throw, as one of the classes above where it is the chain's. */
export function typed(error: unknown): unknown {
  if (error instanceof ChainError || !(error instanceof Error)) return error;
  const given = error as Error & {
    code?: unknown;
    codespace?: unknown;
    log?: unknown;
    txId?: unknown;
    cause?: unknown;
  };
  // cosmjs: the node refused it before any block; it is in none after the time given.
  if (typeof given.code === 'number' && typeof given.log === 'string') {
    return refusal({ codespace: String(given.codespace), code: given.code, log: given.log });
  }
  if (typeof given.txId === 'string') return new LateError(error.message, given.txId, 0, { cause: error });
  // cosmjs: a query, simulations among them, that the node answered with a code.
  const query = /^Query failed with \((\d+)\): ([\s\S]*)$/.exec(error.message);
  if (query) return refusal({ codespace: 'query', code: Number(query[1]), log: query[2] as string });
  // cosmjs: an account that never had a coin.
  if (/does not exist on chain/.test(error.message)) return new FundsError(error.message, undefined, { cause: error });
  if (isNetwork(error)) return new NodeError(`the node gave no answer: ${error.message}`, undefined, { cause: error });
  return error;
}

function isNetwork(error: Error): boolean {
  const code = (error as { code?: unknown }).code ?? (error.cause as { code?: unknown } | undefined)?.code;
  return (
    error.message === 'fetch failed' ||
    (typeof code === 'string' && /^(ECONN|ENOTFOUND|ETIMEDOUT|EPIPE|UND_ERR)/.test(code)) ||
    /^Bad status on response: (5\d\d|408|429)$/.test(error.message) ||
    // A body that broke off.
    error instanceof SyntaxError ||
    error.message === 'terminated'
  );
}
