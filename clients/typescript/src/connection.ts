/** The way to a chain: asks contracts, and with a wallet signs, sends and waits for what they are to do. */
import { CosmWasmClient, type MsgExecuteContractEncodeObject, type SigningCosmWasmClient } from '@cosmjs/cosmwasm';
import type { EncodeObject, OfflineSigner } from '@cosmjs/proto-signing';
import { calculateFee, GasPrice, type IndexedTx } from '@cosmjs/stargate';
import { connectComet, type CometClient } from '@cosmjs/tendermint-rpc';
import { MsgExecuteContract, MsgExecuteContractResponse } from 'cosmjs-types/cosmwasm/wasm/v1/tx';
import type { Coin, Executed, ICosmWasmClient, ISigningCosmWasmClient, StdFee } from './base.js';
import type { Chain } from './chain.js';
import { RejectedError, refusal } from './errors.js';
import { reading } from './reading.js';
import { lookFor, settle, signed, type Signed } from './sending.js';
import { SimulatingClient } from './simulate.js';

/** A chain that is read. */
export class Connection implements ICosmWasmClient {
  protected constructor(
    readonly chain: Chain,
    /** CometBFT's RPC. */
    readonly comet: CometClient,
    /** All else that cosmjs can ask. */
    readonly client: CosmWasmClient,
  ) {}

  /** Connects, and makes sure that the node is of the chain that was asked for. */
  static async open(chain: Chain): Promise<Connection> {
    const comet = await Connection.dial(chain);
    return new Connection(chain, comet, CosmWasmClient.create(comet));
  }

  protected static async dial(chain: Chain): Promise<CometClient> {
    const comet = await reading(() => connectComet(chain.rpc));
    const { nodeInfo } = await reading(() => comet.status());
    if (nodeInfo.network !== chain.id) {
      comet.disconnect();
      throw new RejectedError('chain', 0, `${chain.rpc} is a node of ${nodeInfo.network}, expected ${chain.id}`);
    }
    return comet;
  }

  async queryContractSmart(contract: string, query: object) {
    return reading(() => this.client.queryContractSmart(contract, query));
  }

  /** Time of the last block, Unix seconds: what contracts take for now. */
  async now(): Promise<number> {
    const { syncInfo } = await reading(() => this.comet.status());
    return Math.floor(syncInfo.latestBlockTime.getTime() / 1000);
  }

  /** What became of a transaction that was sent before: its block, or `NeverError`, or `LateError`. */
  async transactionOf(sent: Omit<Signed, 'bytes'>): Promise<IndexedTx> {
    return lookFor(this.comet, sent);
  }

  close(): void {
    this.client.disconnect();
  }
}

/** One message to a contract. */
export interface Call {
  readonly contract: string;
  readonly message: object;
  readonly funds?: readonly Coin[];
}

/** A chain that is written to, by one account. Transactions follow one another, so that their sequence holds. */
export class Wallet extends Connection implements ISigningCosmWasmClient {
  private last: Promise<unknown> = Promise.resolve();
  /** Called with each transaction before a node has it: keep its hash, `after` and `until` where your program may end. */
  onSigned: (tx: Signed) => void | Promise<void> = () => undefined;

  private constructor(
    chain: Chain,
    comet: CometClient,
    readonly signing: SigningCosmWasmClient,
    /** The account. */
    readonly address: string,
  ) {
    super(chain, comet, signing);
  }

  static async openWith(chain: Chain, signer: OfflineSigner): Promise<Wallet> {
    const [account] = await signer.getAccounts();
    if (!account) throw new Error('the wallet has no account');
    const comet = await Connection.dial(chain);
    const gasPrice = GasPrice.fromString(`${chain.gasPrice}${chain.feeDenom}`);
    return new Wallet(chain, comet, new SimulatingClient(comet, signer, { gasPrice }), account.address);
  }

  async execute(
    sender: string,
    contract: string,
    message: object,
    fee: StdFee | 'auto' | number = 'auto',
    memo = '',
    funds: readonly Coin[] = [],
  ): Promise<Executed> {
    if (sender !== this.address) throw new Error(`the wallet signs for ${this.address}, not for ${sender}`);
    return this.transaction([{ contract, message, funds }], fee, memo);
  }

  /** Several messages in one transaction: all of them, or none. */
  async transaction(calls: readonly Call[], fee: StdFee | 'auto' | number = 'auto', memo = ''): Promise<Executed> {
    const messages = calls.map(({ contract, message, funds = [] }): MsgExecuteContractEncodeObject => ({
      typeUrl: '/cosmwasm.wasm.v1.MsgExecuteContract',
      value: MsgExecuteContract.fromPartial({
        sender: this.address,
        contract,
        msg: new TextEncoder().encode(JSON.stringify(message)),
        funds: [...funds],
      }),
    }));
    const taken = await this.send(messages, fee, memo);
    const data = taken.msgResponses.map(({ value }) => MsgExecuteContractResponse.decode(value).data);
    const { hash: transactionHash, height, txIndex, gasUsed, gasWanted, events } = taken;
    return { transactionHash, height, txIndex, gasUsed, gasWanted, events, data };
  }

  /** Any messages of the chain; answers when they are carried out in a block. */
  async send(messages: readonly EncodeObject[], fee: StdFee | 'auto' | number = 'auto', memo = ''): Promise<IndexedTx> {
    const mine = this.last.then(() => this.sendNow(messages, fee, memo));
    this.last = mine.catch(() => undefined);
    return mine;
  }

  private async sendNow(
    messages: readonly EncodeObject[],
    fee: StdFee | 'auto' | number,
    memo: string,
  ): Promise<IndexedTx> {
    const { syncInfo } = await reading(() => this.comet.status());
    const after = syncInfo.latestBlockHeight;
    const paid = await this.fee(messages, fee, memo);
    const account = await reading(() => this.signing.getSequence(this.address));
    const timeout = BigInt(after + this.chain.timeoutBlocks);
    const data = { ...account, chainId: this.chain.id };
    const raw = await this.signing.sign(this.address, messages, paid, memo, data, timeout);
    const tx = signed(raw, after);
    await this.onSigned(tx);
    const taken = await settle(this.comet, tx, this.chain.timeoutSeconds);
    if (taken.code !== 0) throw refusal({ code: taken.code, log: taken.rawLog, transactionHash: tx.hash });
    return taken;
  }

  private async fee(messages: readonly EncodeObject[], fee: StdFee | 'auto' | number, memo: string): Promise<StdFee> {
    if (typeof fee === 'object') return fee;
    const gas = await reading(() => this.signing.simulate(this.address, messages, memo));
    const price = GasPrice.fromString(`${this.chain.gasPrice}${this.chain.feeDenom}`);
    return calculateFee(Math.ceil(gas * (fee === 'auto' ? this.chain.gasAdjustment : fee)), price);
  }
}
