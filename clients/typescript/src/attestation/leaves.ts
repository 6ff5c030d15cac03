/** What a batch holds: receipts, readings, prices (docs/attestation.md, "Leaves"). */
import { FieldError, Writer } from './bytes.js';

/** What a device is, and so what its batches hold: number in envelopes, width of a leaf. */
export const KINDS = {
  terminal: { number: 1, width: 25 },
  meter: { number: 2, width: 53 },
  price: { number: 5, width: 24 },
} as const;
export type Kind = keyof typeof KINDS;

/** One sale. */
export interface Receipt {
  /** Member number of the customer. */
  readonly customer: number;
  /** Number of the receipt; a terminal signs each number once, ever. */
  readonly number: number | bigint;
  /** Minor units of money. */
  readonly amount: number | bigint;
  /** Part of the day, 0 to 86,399: `days.part()`. */
  readonly time: number;
  readonly channel: 'store' | 'external';
}

const METHODS = ['platform', 'server', 'node', 'upload', 'content', 'streaming'] as const;
export type Method = (typeof METHODS)[number];

/** One day's reading of one device or file. */
export interface Reading {
  readonly method: Method;
  /** Member number for whom it counts. */
  readonly account: number;
  /** Number of the metered device or file. */
  readonly unit: number | bigint;
  /** By method, in the order of the table in docs/attestation.md; at most five. */
  readonly quantities: readonly (number | bigint)[];
}

/** One price. */
export interface Price {
  /** The pair's number in the oracle. */
  readonly symbol: number;
  /** 18 decimals: 10n ** 18n is 1. */
  readonly price: bigint;
  /** Part of the day. */
  readonly time: number;
}

/** A leaf of each kind. */
export interface Leaves {
  terminal: Receipt;
  meter: Reading;
  price: Price;
}

function time(value: number): number {
  if (!(value >= 0 && value < 86_400)) throw new FieldError(`time: expected 0 to 86399, got ${value}`);
  return value;
}

export function receiptLeaf({ customer, number, amount, time: at, channel }: Receipt): Uint8Array {
  return new Writer()
    .uint(4, customer, 'customer')
    .uint(8, number, 'number')
    .uint(8, amount, 'amount')
    .uint(4, time(at), 'time')
    .uint(1, channel === 'store' ? 1 : 2, 'channel')
    .end();
}

export function readingLeaf({ method, account, unit, quantities }: Reading): Uint8Array {
  if (quantities.length > 5) throw new FieldError(`quantities: expected at most 5, got ${quantities.length}`);
  const writer = new Writer()
    .uint(1, METHODS.indexOf(method) + 1, 'method')
    .uint(4, account, 'account')
    .uint(8, unit, 'unit');
  for (let i = 0; i < 5; i++) writer.uint(8, quantities[i] ?? 0, `quantity ${i + 1}`);
  return writer.end();
}

export function priceLeaf({ symbol, price, time: at }: Price): Uint8Array {
  return new Writer().uint(4, symbol, 'symbol').uint(16, price, 'price').uint(4, time(at), 'time').end();
}

const ENCODERS: { [K in Kind]: (leaf: Leaves[K]) => Uint8Array } = {
  terminal: receiptLeaf,
  meter: readingLeaf,
  price: priceLeaf,
};

/** A leaf's bytes. */
export function leafBytes<K extends Kind>(kind: K, leaf: Leaves[K]): Uint8Array {
  return ENCODERS[kind](leaf);
}
