/** What is read from disk, in Node alone: chain files, deployment records, mnemonics. */
import { readFile, stat } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { ConfigError, parseChain, parseDeployment, type Chain, type Deployment } from './chain.js';

async function read(path: string): Promise<string> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    throw new ConfigError(`${path}: ${(error as Error).message}`);
  }
}

/** A chain file, `chains/local.toml`. Paths in it count from its own folder. */
export async function readChain(path: string): Promise<Chain> {
  const chain = parseChain(await read(path), path);
  const { mnemonicFile, deploymentsFolder = '../deployments' } = chain;
  const at = (relative: string) => resolve(dirname(path), relative);
  return {
    ...chain,
    deploymentsFolder: at(deploymentsFolder),
    ...(mnemonicFile ? { mnemonicFile: at(mnemonicFile) } : {}),
  };
}

/** A deployment record, `deployments/<chain-id>.json`. */
export async function readDeployment(path: string): Promise<Deployment> {
  return parseDeployment(await read(path), path);
}

/** The record that `vrs deploy` wrote of a chain whose file was read by `readChain`. */
export async function deploymentOf({ id, deploymentsFolder }: Chain): Promise<Deployment> {
  if (!deploymentsFolder) throw new ConfigError(`a deployment of ${id} is missing`);
  return readDeployment(join(deploymentsFolder, `${id}.json`));
}

/** A mnemonic from a file that only its owner can read. */
export async function readMnemonic(path: string): Promise<string> {
  const text = await read(path);
  const { mode } = await stat(path);
  if (process.platform !== 'win32' && (mode & 0o077) !== 0) {
    throw new ConfigError(`${path}: others can read it; chmod 600 ${path}`);
  }
  return text.trim();
}
