/** How an attribute's text becomes a value. A field answers `undefined` to what it cannot read. */

/** Reads one attribute; it is given `undefined` where the attribute is absent. */
export type Field<T> = (text: string | undefined) => T | Unread;

/** The attribute is absent or not as expected. */
export const UNREAD = Symbol('unread');
export type Unread = typeof UNREAD;

export const text: Field<string> = (value) => value ?? UNREAD;

/** A whole number up to 2^53. */
export const int: Field<number> = (value) => {
  const number = value !== undefined && /^\d+$/.test(value) ? Number(value) : NaN;
  return Number.isSafeInteger(number) ? number : UNREAD;
};

/** An amount, score or 64-bit figure. */
export const big: Field<bigint> = (value) => (value !== undefined && /^\d+$/.test(value) ? BigInt(value) : UNREAD);

export const bool: Field<boolean> = (value) => (value === 'true' ? true : value === 'false' ? false : UNREAD);

/** One of some words. */
export const word =
  <const W extends string>(...words: readonly W[]): Field<W> =>
  (value) =>
    words.find((one) => one === value) ?? UNREAD;

/** Words by comma. */
export const words: Field<string[]> = (value) => (value === undefined ? UNREAD : value === '' ? [] : value.split(','));

/** An attribute that may be absent. */
export const maybe =
  <T>(field: Field<T>): Field<T | undefined> =>
  (value) =>
    value === undefined ? undefined : field(value);

/** Where a walk goes on: the next call's `start_after`; absent where it is through. */
export const next: Field<readonly (string | number)[] | undefined> = (value) => {
  if (value === undefined) return undefined;
  const place = /^(\d+)\/(\d+)$/.exec(value); // the oracle's: device/sequence
  if (place) return [Number(place[1]), Number(place[2])];
  try {
    const list = JSON.parse(value) as unknown;
    return Array.isArray(list) ? (list as (string | number)[]) : UNREAD;
  } catch {
    return UNREAD;
  }
};

/** An item that did not count. */
export interface Dropped {
  readonly item: number;
  readonly reason: string;
}

/** `0:zero_amount,3:trade_limit`; absent where nothing fell. */
export const dropped: Field<Dropped[]> = (value) => {
  const items = (value?.split(',') ?? []).map((part) => /^(\d+):(\w+)$/.exec(part));
  return items.every((item) => item !== null)
    ? items.map(([, item, reason]) => ({ item: Number(item), reason: reason as string }))
    : UNREAD;
};
