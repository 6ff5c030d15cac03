/** The suite's events as a discriminated union: `event.type`, then `event.action`. */
import { CONTRACT_NAMES, type ContractName, type Deployment } from '../chain.js';
import { UNREAD, type Field, type Unread } from './fields.js';
import { TABLES } from './tables.js';

type Tables = typeof TABLES;
type Value<F> = F extends Field<infer T> ? Exclude<T, Unread> : never;

/** What each event says, by type and action: `Told['vrs_merchant']['attested']`. */
export type Told = {
  [T in keyof Tables]: {
    [A in keyof Tables[T]]: { readonly type: T; readonly action: A } & {
      readonly [F in keyof Tables[T][A]]: Value<Tables[T][A][F]>;
    };
  };
};

/** Where an event stands. */
export interface Origin {
  /** Which contract of the suite told it. */
  readonly contract: ContractName;
  readonly address: string;
  /** Hash of the transaction. */
  readonly transaction: string;
  /** Names the event for ever; `follow` goes on behind it. */
  readonly position: Position;
}

/** A place in the chain's history. */
export interface Position {
  readonly height: number;
  /** Of the transaction in its block, from 0. */
  readonly tx: number;
  /** Of the event in its transaction, from 0. */
  readonly event: number;
}

/** Whether `a` comes before `b`, is `b`, or comes behind it: negative, 0, positive. */
export function order(a: Position, b: Position): number {
  return a.height - b.height || a.tx - b.tx || a.event - b.event;
}

/** An event of one of our contracts that this version of the client does not know. */
export interface UnknownEvent {
  readonly type: 'unknown';
  readonly action: string;
  /** Type on chain. */
  readonly event: string;
  readonly attributes: readonly Attribute[];
}

type Known = { [T in keyof Told]: Told[T][keyof Told[T]] }[keyof Told];

/** An event of the suite. */
export type SuiteEvent = (Known | UnknownEvent) & { readonly origin: Origin };

export interface Attribute {
  readonly key: string;
  readonly value: string;
}

/** An event as the chain tells it. */
export interface RawEvent {
  readonly type: string;
  readonly attributes: readonly Attribute[];
}

const VERSION = '1';
/** What wasmd adds to a contract's attributes. */
const ADDED = new Set(['_contract_address', 'msg_index']);

/** The first value of each key, as the Rust client reads them: nothing that comes later can change what an event says. */
function firsts(attributes: readonly Attribute[]): Map<string, string> {
  const given = new Map<string, string>();
  for (const { key, value } of attributes) if (!given.has(key)) given.set(key, value);
  return given;
}

/** Which contract stands at an address. */
export type Book = ReadonlyMap<string, ContractName>;

export function bookOf(deployment: Deployment, names: readonly ContractName[] = CONTRACT_NAMES): Book {
  return new Map(names.map((name) => [deployment.contracts[name].address, name]));
}

function tableOf(type: string): keyof Tables | undefined {
  if (type === 'wasm') return 'cw20';
  const name = type.replace(/^wasm-/, '');
  return name !== type && name !== 'cw20' && name in TABLES ? (name as keyof Tables) : undefined;
}

/** What an event says; `unknown` where the tables do not have it. */
export function parseEvent({ type, attributes }: RawEvent): Known | UnknownEvent {
  const given = firsts(attributes);
  const action = given.get('action') ?? '';
  const own = attributes.filter(({ key }) => !ADDED.has(key));
  const unknown: UnknownEvent = { type: 'unknown', action, event: type, attributes: own };
  const table = tableOf(type);
  if (!table || (table !== 'cw20' && given.get('v') !== VERSION) || !Object.hasOwn(TABLES[table], action))
    return unknown;
  const fields = (TABLES[table] as Record<string, Record<string, Field<unknown>>>)[action] ?? {};
  const told: Record<string, unknown> = { type: table, action };
  for (const [key, field] of Object.entries(fields)) {
    const value = field(given.get(key));
    if (value === UNREAD) return unknown;
    told[key] = value;
  }
  return told as unknown as Known;
}

/** A transaction that succeeded. */
export interface Taken {
  readonly height: number;
  /** Of the transaction in its block. */
  readonly tx: number;
  readonly transaction: string;
  readonly events: readonly RawEvent[];
}

/** The suite's events of a transaction, in their order. Other contracts' are left out. */
export function eventsOf({ height, tx, transaction, events }: Taken, book: Book): SuiteEvent[] {
  return events.flatMap((raw, event) => {
    if (raw.type !== 'wasm' && !raw.type.startsWith('wasm-')) return [];
    const address = raw.attributes.find(({ key }) => key === '_contract_address')?.value;
    const contract = address === undefined ? undefined : book.get(address);
    if (!address || !contract) return [];
    return [{ ...parseEvent(raw), origin: { contract, address, transaction, position: { height, tx, event } } }];
  });
}
