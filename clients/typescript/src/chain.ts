/** The chain file and the deployment record, as values. Reading them from disk: files.ts. */
import { parse } from 'smol-toml';
import type { Clock } from './days.js';

/** Everything about a chain that is not on it. */
export interface Chain {
  /** Its id, as the node tells it. */
  readonly id: string;
  /** The node's RPC: `http://127.0.0.1:26657`. */
  readonly rpc: string;
  /** Prefix of its addresses. */
  readonly prefix: string;
  /** Denom in which gas is paid. */
  readonly feeDenom: string;
  /** Price of a unit of gas in that denom, as decimal text. */
  readonly gasPrice: string;
  /** What a simulated transaction's gas is multiplied with: 1 to 10. */
  readonly gasAdjustment: number;
  /** Seconds to wait until it is known what became of a transaction. */
  readonly timeoutSeconds: number;
  /** Blocks in which a transaction may be carried out, from the one after it was signed. */
  readonly timeoutBlocks: number;
  /** Test chains only: file with the mnemonic of the known accounts. */
  readonly mnemonicFile?: string;
  /** Folder of deployment records, where it is not `deployments` beside the chain file's folder. */
  readonly deploymentsFolder?: string;
}

/** The ten contracts and the code that each is an instance of. */
export const CONTRACTS = {
  vrs: 'token',
  mvc: 'token',
  bzky: 'token',
  hp: 'points',
  time: 'points',
  mvp: 'points',
  identity: 'identity',
  oracle: 'oracle',
  merchant: 'merchant',
  mining: 'mining',
} as const;

/** Name of a contract of the suite. */
export type ContractName = keyof typeof CONTRACTS;
export const CONTRACT_NAMES = Object.keys(CONTRACTS) as ContractName[];

/** A contract on the chain. */
export interface ContractEntry {
  readonly address: string;
  readonly code_id: number;
  /** The block that created it: nothing of it is older. */
  readonly height?: number;
}

/** What `vrs deploy` wrote down of one chain: `deployments/<chain-id>.json`. */
export interface Deployment {
  readonly chain_id: string;
  readonly contracts: Record<ContractName, ContractEntry>;
  readonly clock: Clock;
  readonly accounts?: Readonly<Record<string, string>>;
}

/** A chain file or a deployment record that cannot be used; the message says which field. */
export class ConfigError extends Error {
  override name = 'ConfigError';
}

type Table = Record<string, unknown>;

function field(table: Table, name: string, where: string): unknown {
  const value = table[name];
  if (value === undefined) throw new ConfigError(`${where}: ${name} is missing`);
  return value;
}

function text(table: Table, name: string, where: string): string {
  const value = field(table, name, where);
  if (typeof value !== 'string' || value === '')
    throw new ConfigError(`${where}: ${name}: expected text, got ${String(value)}`);
  return value;
}

function figure(value: unknown, name: string, where: string, min: number, max: number): number {
  const number = Number(value);
  if (value === '' || !(number >= min && number <= max)) {
    throw new ConfigError(`${where}: ${name}: expected ${min} to ${max}, got ${String(value)}`);
  }
  return number;
}

/** A chain from a chain file's text (`chains/local.toml`); `where` names it in errors. */
export function parseChain(toml: string, where = 'chain file'): Chain {
  let table: Table;
  try {
    table = parse(toml);
  } catch (error) {
    throw new ConfigError(`${where}: ${(error as Error).message}`);
  }
  const rpc = text(table, 'rpc', where);
  if (!/^https?:\/\//.test(rpc)) throw new ConfigError(`${where}: rpc: expected http:// or https://, got ${rpc}`);
  const gasPrice = String(field(table, 'gas_price', where));
  figure(gasPrice, 'gas_price', where, 0, Number.MAX_VALUE);
  const { mnemonic } = (table['keys'] ?? {}) as Table;
  const { deployments } = table;
  return {
    id: text(table, 'id', where),
    rpc,
    prefix: text(table, 'prefix', where),
    feeDenom: text(table, 'fee_denom', where),
    gasPrice,
    gasAdjustment: figure(table['gas_adjustment'] ?? 1.3, 'gas_adjustment', where, 1, 10),
    timeoutSeconds: figure(table['timeout_seconds'] ?? 60, 'timeout_seconds', where, 1, 86_400),
    timeoutBlocks: figure(table['timeout_blocks'] ?? 50, 'timeout_blocks', where, 1, Number.MAX_SAFE_INTEGER),
    ...(typeof mnemonic === 'string' ? { mnemonicFile: mnemonic } : {}),
    ...(typeof deployments === 'string' ? { deploymentsFolder: deployments } : {}),
  };
}

/** A deployment from its record's text; `where` names it in errors. */
export function parseDeployment(json: string, where = 'deployment'): Deployment {
  let record: Table;
  try {
    record = JSON.parse(json) as Table;
  } catch (error) {
    throw new ConfigError(`${where}: ${(error as Error).message}`);
  }
  const contracts = field(record, 'contracts', where) as Table;
  for (const name of CONTRACT_NAMES)
    text(field(contracts, name, `${where}: contracts`) as Table, 'address', `${where}: ${name}`);
  const clock = field(record, 'clock', where) as Table;
  for (const name of ['start', 'day_seconds', 'close_after', 'final_after']) {
    figure(field(clock, name, `${where}: clock`), name, `${where}: clock`, 0, Number.MAX_SAFE_INTEGER);
  }
  text(record, 'chain_id', where);
  return record as unknown as Deployment;
}
