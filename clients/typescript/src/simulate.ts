/** cosmjs's signing client, with gas asked for by the application's own path. */
import { SigningCosmWasmClient, type SigningCosmWasmClientOptions } from '@cosmjs/cosmwasm';
import { encodeSecp256k1Pubkey } from '@cosmjs/amino';
import { encodePubkey, type EncodeObject, type OfflineSigner } from '@cosmjs/proto-signing';
import type { CometClient } from '@cosmjs/tendermint-rpc';
import { SignMode } from 'cosmjs-types/cosmos/tx/signing/v1beta1/signing';
import { Tx } from 'cosmjs-types/cosmos/tx/v1beta1/tx';
import { refusal } from './errors.js';

/**
 * cosmjs simulates by the gRPC service, which a node's RPC answers only where the node serves gRPC too. `/app/simulate`
 * is the same, on every node.
 */
export class SimulatingClient extends SigningCosmWasmClient {
  constructor(
    private readonly rpc: CometClient,
    private readonly wallet: OfflineSigner,
    options: SigningCosmWasmClientOptions,
  ) {
    super(rpc, wallet, options);
  }

  override async simulate(
    address: string,
    messages: readonly EncodeObject[],
    memo: string | undefined,
  ): Promise<number> {
    const account = (await this.wallet.getAccounts()).find((one) => one.address === address);
    if (!account) throw new Error(`the wallet does not sign for ${address}`);
    const { sequence } = await this.getSequence(address);
    const tx = Tx.fromPartial({
      body: { messages: messages.map((message) => this.registry.encodeAsAny(message)), memo: memo ?? '' },
      authInfo: {
        fee: {},
        signerInfos: [
          {
            publicKey: encodePubkey(encodeSecp256k1Pubkey(account.pubkey)),
            sequence: BigInt(sequence),
            modeInfo: { single: { mode: SignMode.SIGN_MODE_UNSPECIFIED } },
          },
        ],
      },
      signatures: [new Uint8Array()],
    });
    const { code, codespace, log, value } = await this.rpc.abciQuery({
      path: '/app/simulate',
      data: Tx.encode(tx).finish(),
    });
    if (code) throw refusal({ codespace, code, log: log ?? '' });
    const { gas_info } = JSON.parse(new TextDecoder().decode(value)) as { gas_info: { gas_used: string } };
    return Number(gas_info.gas_used);
  }
}
