/** Wallets from a mnemonic. Any other `OfflineSigner` of cosmjs does as well: a browser's wallet, a ledger. */
import { DirectSecp256k1HdWallet, makeCosmoshubPath, type OfflineDirectSigner } from '@cosmjs/proto-signing';
import { ConfigError, type Chain } from './chain.js';

/** The wallet of account `index` of a mnemonic, at m/44'/118'/0'/0/`index`. */
export async function wallet(mnemonic: string, prefix: string, index = 0): Promise<OfflineDirectSigner> {
  return DirectSecp256k1HdWallet.fromMnemonic(mnemonic, { prefix, hdPaths: [makeCosmoshubPath(index)] });
}

/** Accounts of a test chain whose file names a mnemonic, by their index. */
export const TEST_ACCOUNTS = { owner: 0, operator: 1, treasury: 2, relayer: 3, member: 4 } as const;

/** A known account of such a test chain. */
export async function testWallet(chain: Chain, name: keyof typeof TEST_ACCOUNTS): Promise<OfflineDirectSigner> {
  if (!chain.mnemonicFile)
    throw new ConfigError(`${chain.id}: its chain file names no keys.mnemonic; it is no test chain`);
  const { readMnemonic } = await import('./files.js');
  return wallet(await readMnemonic(chain.mnemonicFile), chain.prefix, TEST_ACCOUNTS[name]);
}
