/** What the generated clients need of a chain; `Connection` in connection.ts is it. */
import type { Coin, Event, StdFee } from '@cosmjs/stargate';

export type { Coin, StdFee };

/** A transaction that was carried out. */
export interface Executed {
  readonly transactionHash: string;
  /** The block that took it. */
  readonly height: number;
  /** Its place in the block. */
  readonly txIndex: number;
  readonly gasUsed: bigint;
  readonly gasWanted: bigint;
  /** As the chain tells them; `suite.told(executed)` gives the suite's own, typed. */
  readonly events: readonly Event[];
  /** Response data of each message's contract, in order; empty where it gave none. */
  readonly data: readonly Uint8Array[];
}

/** Asks contracts. */
export interface ICosmWasmClient {
  // What a contract answers is typed by the generated method that asks.
  queryContractSmart(contract: string, query: object): Promise<any>;
}

/** Asks contracts, and signs what they are to do. */
export interface ISigningCosmWasmClient extends ICosmWasmClient {
  /** `fee`: "auto" simulates and adds the chain's margin, a number simulates and multiplies with it. */
  execute(
    sender: string,
    contract: string,
    message: object,
    fee: StdFee | 'auto' | number,
    memo?: string,
    funds?: readonly Coin[],
  ): Promise<Executed>;
}
