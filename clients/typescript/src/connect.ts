/** All ten contracts of a deployment, typed, for who reads and for who signs. */
import type { OfflineSigner } from '@cosmjs/proto-signing';
import type { Executed, StdFee } from './base.js';
import { ConfigError, CONTRACT_NAMES, CONTRACTS, type Chain, type ContractName, type Deployment } from './chain.js';
import { Connection, Wallet } from './connection.js';
import { Days } from './days.js';
import { follow, past, type FollowOptions } from './events/follow.js';
import { bookOf, eventsOf, type SuiteEvent } from './events/parse.js';
import { IdentityClient, IdentityQueryClient } from './generated/Identity.client.js';
import { MerchantClient, MerchantQueryClient } from './generated/Merchant.client.js';
import { MiningClient, MiningQueryClient } from './generated/Mining.client.js';
import { OracleClient, OracleQueryClient } from './generated/Oracle.client.js';
import { PointsClient, PointsQueryClient } from './generated/Points.client.js';
import { TokenClient, TokenQueryClient } from './generated/Token.client.js';
import type { ExecuteMsg as Identity } from './generated/Identity.types.js';
import type { ExecuteMsg as Merchant } from './generated/Merchant.types.js';
import type { ExecuteMsg as Mining } from './generated/Mining.types.js';
import type { ExecuteMsg as Oracle } from './generated/Oracle.types.js';
import type { ExecuteMsg as Points } from './generated/Points.types.js';
import type { ExecuteMsg as Token } from './generated/Token.types.js';

const QUERIES = {
  token: TokenQueryClient,
  points: PointsQueryClient,
  identity: IdentityQueryClient,
  oracle: OracleQueryClient,
  merchant: MerchantQueryClient,
  mining: MiningQueryClient,
};

const EXECUTES = {
  token: TokenClient,
  points: PointsClient,
  identity: IdentityClient,
  oracle: OracleClient,
  merchant: MerchantClient,
  mining: MiningClient,
};

type Codes = typeof CONTRACTS;
/** The contracts, for who reads: `suite.vrs.balance(...)`. */
export type QueryClients = { readonly [N in ContractName]: InstanceType<(typeof QUERIES)[Codes[N]]> };
/** The contracts, for who signs: `suite.vrs.transfer(...)` as well. */
export type ExecuteClients = { readonly [N in ContractName]: InstanceType<(typeof EXECUTES)[Codes[N]]> };

interface Messages {
  token: Token;
  points: Points;
  identity: Identity;
  oracle: Oracle;
  merchant: Merchant;
  mining: Mining;
}
/** One message to one of the contracts. */
export type SuiteCall = { [N in ContractName]: { readonly to: N; readonly message: Messages[Codes[N]] } }[ContractName];

/** What every suite has beside its contracts. */
class Base<C extends Connection> {
  /** The programme's days. */
  readonly days: Days;

  constructor(
    readonly connection: C,
    readonly deployment: Deployment,
  ) {
    this.days = new Days(deployment.clock);
  }

  /** The events of all contracts, or of some, as they come; see `follow`. */
  events({ contracts = CONTRACT_NAMES, ...options }: FollowOptions & { contracts?: readonly ContractName[] } = {}) {
    const { comet, chain } = this.connection;
    return follow(comet, chain.rpc, bookOf(this.deployment, contracts), options);
  }

  /** Those of blocks `from` to `to`, both included. */
  past(from: number, to: number, contracts: readonly ContractName[] = CONTRACT_NAMES) {
    return past(this.connection.comet, bookOf(this.deployment, contracts), from, to);
  }

  /** What the suite told in a transaction. */
  told({ height, txIndex, transactionHash, events }: Executed): SuiteEvent[] {
    return eventsOf({ height, tx: txIndex, transaction: transactionHash, events }, bookOf(this.deployment));
  }

  /** Ends the connection. */
  close(): void {
    this.connection.close();
  }
}

class Signing extends Base<Wallet> {
  /** The account that signs. */
  get address(): string {
    return this.connection.address;
  }

  /** Messages to any of the contracts in one transaction: all of them, or none. */
  transaction(calls: readonly SuiteCall[], fee: StdFee | 'auto' | number = 'auto', memo = ''): Promise<Executed> {
    const addressed = calls.map(({ to, message }) => ({ contract: this.deployment.contracts[to].address, message }));
    return this.connection.transaction(addressed, fee, memo);
  }
}

/** A deployment that is read. */
export type Reader = Base<Connection> & QueryClients;
/** A deployment that a wallet acts on. */
export type Suite = Signing & ExecuteClients;

const clients = <T>(make: (name: ContractName) => unknown): T =>
  Object.fromEntries(CONTRACT_NAMES.map((name) => [name, make(name)])) as T;

/**
 * Connects to a deployment: its contracts by name, for reading, or with a wallet for signing too.
 *
 * In Node `chain` may be the path of a chain file and `deployment` that of a record; without one it is the record that
 * `vrs deploy` wrote for that chain file.
 */
export async function connect(chain: Chain | string, deployment?: Deployment | string): Promise<Reader>;
export async function connect(
  chain: Chain | string,
  deployment: Deployment | string | undefined,
  signer: OfflineSigner,
): Promise<Suite>;
export async function connect(
  chain: Chain | string,
  deployment?: Deployment | string,
  signer?: OfflineSigner,
): Promise<Reader | Suite> {
  const [to, of] = await load(chain, deployment);
  if (of.chain_id !== to.id) throw new ConfigError(`the deployment is of ${of.chain_id}, the chain is ${to.id}`);
  const address = (name: ContractName) => of.contracts[name].address;
  if (!signer) {
    const connection = await Connection.open(to);
    const contracts = clients<QueryClients>((name) => new QUERIES[CONTRACTS[name]](connection, address(name)));
    return Object.assign(new Base(connection, of), contracts);
  }
  const wallet = await Wallet.openWith(to, signer);
  const contracts = clients<ExecuteClients>(
    (name) => new EXECUTES[CONTRACTS[name]](wallet, wallet.address, address(name)),
  );
  return Object.assign(new Signing(wallet, of), contracts);
}

async function load(chain: Chain | string, deployment: Deployment | string | undefined): Promise<[Chain, Deployment]> {
  if (typeof chain !== 'string' && typeof deployment === 'object') return [chain, deployment];
  const files = await import('./files.js');
  const to = typeof chain === 'string' ? await files.readChain(chain) : chain;
  if (typeof deployment === 'object') return [to, deployment];
  return [to, deployment === undefined ? await files.deploymentOf(to) : await files.readDeployment(deployment)];
}
