/** Lists of any length, page by page, as async generators: `for await (const device of devices(suite.oracle)) ...`. */
import type { IdentityQueryClient } from './generated/Identity.client.js';
import type { MemberResponse } from './generated/Identity.types.js';
import type { MerchantQueryClient } from './generated/Merchant.client.js';
import type { CustomerDay, MerchantDay, TradeDayResponse, Visit } from './generated/Merchant.types.js';
import type { MiningQueryClient } from './generated/Mining.client.js';
import type { AccountDay, DayResponse, ReadingInfo } from './generated/Mining.types.js';
import type { OracleQueryClient } from './generated/Oracle.client.js';
import type { BatchResponse, DeviceResponse } from './generated/Oracle.types.js';
import type { TokenQueryClient } from './generated/Token.client.js';
import type { HistoryEntry } from './generated/Token.types.js';

/** A page of a list, as every list query of the suite answers it: it tells whether more is left. */
export interface Page {
  readonly more: boolean;
}

/**
 * Walks a list: `ask` gets a page behind a key, `items` are the page's entries, `key` is an entry's key. It asks for
 * the next page when the last one is used up, and never again once none is left.
 */
export async function* walk<P extends Page, I, K>(
  ask: (startAfter: K | undefined) => Promise<P>,
  items: (page: P) => readonly I[],
  key: (item: I) => K,
): AsyncGenerator<I, void> {
  for (let after: K | undefined; ;) {
    const page = await ask(after);
    const entries = items(page);
    yield* entries;
    const last = entries.at(-1);
    if (!page.more || last === undefined) return;
    after = key(last);
  }
}

/** `startAfter` where there is one: a parameter that is there but undefined is left out of the message. */
const behind = <K>(startAfter: K | undefined) => (startAfter === undefined ? {} : { startAfter });
const of = <N extends string>(name: N, member: number | undefined) =>
  (member === undefined ? {} : { [name]: member }) as { [X in N]?: number };

export const members = (identity: IdentityQueryClient, limit?: number): AsyncGenerator<MemberResponse, void> =>
  walk(
    (after: number | undefined) => identity.members({ ...behind(after), ...of('limit', limit) }),
    (page) => page.members,
    (one) => one.member,
  );

export const devices = (oracle: OracleQueryClient, limit?: number): AsyncGenerator<DeviceResponse, void> =>
  walk(
    (after: number | undefined) => oracle.devices({ ...behind(after), ...of('limit', limit) }),
    (page) => page.devices,
    (one) => one.device,
  );

/** What the oracle took of a device. */
export const batches = (oracle: OracleQueryClient, device: number): AsyncGenerator<BatchResponse, void> =>
  walk(
    (after: number | undefined) => oracle.batches({ device, ...behind(after) }),
    (page) => page.batches,
    (one) => one.sequence,
  );

/** Days with an order. */
export const tradeDays = (merchant: MerchantQueryClient): AsyncGenerator<TradeDayResponse, void> =>
  walk(
    (after: number | undefined) => merchant.days(behind(after)),
    (page) => page.days,
    (one) => one.day,
  );

/** Days of one merchant, or of all. */
export const merchantDays = (merchant: MerchantQueryClient, whose?: number): AsyncGenerator<MerchantDay, void> =>
  walk(
    (after: [number, number] | undefined) => merchant.merchantDays({ ...of('merchant', whose), ...behind(after) }),
    (page) => page.days,
    (one): [number, number] => [one.merchant, one.day],
  );

/** Days of one customer, or of all. */
export const customerDays = (merchant: MerchantQueryClient, whose?: number): AsyncGenerator<CustomerDay, void> =>
  walk(
    (after: [number, number] | undefined) => merchant.customerDays({ ...of('customer', whose), ...behind(after) }),
    (page) => page.days,
    (one): [number, number] => [one.customer, one.day],
  );

/** What one customer, or each, bought where and when. */
export const visits = (merchant: MerchantQueryClient, whose?: number): AsyncGenerator<Visit, void> =>
  walk(
    (after: [number, number, number] | undefined) => merchant.visits({ ...of('customer', whose), ...behind(after) }),
    (page) => page.visits,
    (one): [number, number, number] => [one.customer, one.merchant, one.day],
  );

/** Days with a reading. */
export const miningDays = (mining: MiningQueryClient): AsyncGenerator<DayResponse, void> =>
  walk(
    (after: number | undefined) => mining.days(behind(after)),
    (page) => page.days,
    (one) => one.day,
  );

/** Scores and rewards of one account, or of all. */
export const scores = (mining: MiningQueryClient, whose?: number): AsyncGenerator<AccountDay, void> =>
  walk(
    (after: [number, number] | undefined) => mining.scores({ ...of('account', whose), ...behind(after) }),
    (page) => page.days,
    (one): [number, number] => [one.account, one.day],
  );

/** The readings behind them. */
export const readings = (mining: MiningQueryClient, whose?: number): AsyncGenerator<ReadingInfo, void> =>
  walk(
    (after: [number, number, ReadingInfo['method'], string] | undefined) =>
      mining.readings({ ...of('account', whose), ...behind(after) }),
    (page) => page.readings,
    (one): [number, number, ReadingInfo['method'], string] => [one.account, one.day, one.method, one.unit],
  );

/** Days on which an account's tokens moved. */
export const history = (token: TokenQueryClient, address: string): AsyncGenerator<HistoryEntry, void> =>
  walk(
    (after: number | undefined) => token.history({ address, ...behind(after) }),
    (page) => page.entries,
    (one) => one.day,
  );
