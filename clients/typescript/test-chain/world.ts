/** The deployment that the tests act on, and the accounts that act. */
import assert from 'node:assert/strict';
import {
  connect,
  testWallet,
  TEST_ACCOUNTS,
  type Chain,
  type Deployment,
  type Reader,
  type Suite,
} from '../src/index.js';
import { deploymentOf, readChain, readDeployment } from '../src/files.js';

export interface World {
  readonly chain: Chain;
  readonly deployment: Deployment;
  readonly reader: Reader;
  /** Registers members, devices and premises. */
  readonly operator: Suite;
  /** Carries batches. */
  readonly relayer: Suite;
  /** Nobody in particular. */
  readonly member: Suite;
  /** Holds VRS: the member or the treasury, as the economy allots it. */
  readonly holder: Suite;
  close(): void;
}

/** From VRS_CHAIN and VRS_DEPLOYMENT; without the latter from the record that belongs to the chain file. */
export async function world(): Promise<World> {
  const file = process.env['VRS_CHAIN'];
  assert.ok(file, 'VRS_CHAIN names no chain file; call scripts/typescript --chain');
  const chain = await readChain(file);
  const record = process.env['VRS_DEPLOYMENT'];
  const deployment = record ? await readDeployment(record) : await deploymentOf(chain);
  const as = async (name: keyof typeof TEST_ACCOUNTS) => connect(chain, deployment, await testWallet(chain, name));
  const [reader, operator, relayer, member, treasury] = await Promise.all([
    connect(chain, deployment),
    as('operator'),
    as('relayer'),
    as('member'),
    as('treasury'),
  ]);
  const { balance } = await reader.vrs.balance({ address: member.address });
  const holder = BigInt(balance) > 0n ? member : treasury;
  const close = () => [reader, operator, relayer, member, treasury].forEach((one) => one.close());
  return { chain, deployment, reader, operator, relayer, member, holder, close };
}

/** An address on which nobody acts yet. */
export function fresh(chain: Chain): Promise<string> {
  return newWallet(chain).then(({ address }) => address);
}

/** A new account without coins. */
export async function newWallet(chain: Chain) {
  const { DirectSecp256k1HdWallet } = await import('@cosmjs/proto-signing');
  const signer = await DirectSecp256k1HdWallet.generate(12, { prefix: chain.prefix });
  const [account] = await signer.getAccounts();
  assert.ok(account);
  return { signer, address: account.address };
}
