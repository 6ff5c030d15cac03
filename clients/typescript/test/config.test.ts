import assert from 'node:assert/strict';
import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { ConfigError, CONTRACT_NAMES, parseChain, parseDeployment } from '../src/index.js';
import { deploymentOf, readChain, readMnemonic } from '../src/files.js';

const LEAST = "id = 'c-1'\nrpc = 'http://127.0.0.1:26657'\nprefix = 'wasm'\nfee_denom = 'ufee'\ngas_price = '0.025'\n";

const refused = (read: () => unknown, message: string) =>
  assert.throws(read, (error) => error instanceof ConfigError && error.message === message);

test('a chain file is read, with what it leaves out', () => {
  assert.deepEqual(parseChain(LEAST), {
    id: 'c-1',
    rpc: 'http://127.0.0.1:26657',
    prefix: 'wasm',
    feeDenom: 'ufee',
    gasPrice: '0.025',
    gasAdjustment: 1.3,
    timeoutSeconds: 60,
    timeoutBlocks: 50,
  });
  const more = parseChain(
    `${LEAST}gas_adjustment = '1.5'\n[keys]\nmnemonic = '../localnet/mnemonic'\n[economy]\nday_seconds = 60\n`,
  );
  assert.deepEqual([more.gasAdjustment, more.mnemonicFile], [1.5, '../localnet/mnemonic']);
});

test('a chain file that cannot be used is refused by the name of the field', () => {
  refused(
    () => parseChain(LEAST.replace('http:', 'tcp:'), 'a.toml'),
    'a.toml: rpc: expected http:// or https://, got tcp://127.0.0.1:26657',
  );
  refused(() => parseChain(LEAST.replace('prefix', 'suffix'), 'a.toml'), 'a.toml: prefix is missing');
  refused(
    () => parseChain(LEAST.replace('0.025', 'cheap'), 'a.toml'),
    'a.toml: gas_price: expected 0 to 1.7976931348623157e+308, got cheap',
  );
  refused(
    () => parseChain(`${LEAST}gas_adjustment = '0.9'`, 'a.toml'),
    'a.toml: gas_adjustment: expected 1 to 10, got 0.9',
  );
});

test('a deployment must name all ten contracts and the clock', () => {
  const contracts = Object.fromEntries(CONTRACT_NAMES.map((name) => [name, { address: `wasm1${name}`, code_id: 1 }]));
  const record = { chain_id: 'c-1', contracts, clock: { start: 1, day_seconds: 60, close_after: 2, final_after: 3 } };
  assert.equal(parseDeployment(JSON.stringify(record)).contracts.hp.address, 'wasm1hp');
  const { mvp: _, ...nine } = contracts;
  refused(
    () => parseDeployment(JSON.stringify({ ...record, contracts: nine }), 'd.json'),
    'd.json: contracts: mvp is missing',
  );
  refused(
    () => parseDeployment(JSON.stringify({ ...record, clock: { start: 1 } }), 'd.json'),
    'd.json: clock: day_seconds is missing',
  );
});

test('paths count from the chain file; a mnemonic that others can read is refused', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'vrs-'));
  try {
    const file = join(folder, 'chain.toml');
    await writeFile(file, `${LEAST}[keys]\nmnemonic = 'mnemonic'\n`);
    assert.equal((await readChain(file)).mnemonicFile, join(folder, 'mnemonic'));
    await assert.rejects(
      deploymentOf(await readChain(file)),
      new RegExp(`${join(folder, '..', 'deployments', 'c-1.json')}: ENOENT`),
    );
    await writeFile(file, `deployments = 'records'\n${LEAST}`);
    await assert.rejects(
      deploymentOf(await readChain(file)),
      new RegExp(`${join(folder, 'records', 'c-1.json')}: ENOENT`),
    );
    await writeFile(file, `${LEAST}[keys]\nmnemonic = 'mnemonic'\n`);
    await writeFile(join(folder, 'mnemonic'), 'some words\n', { mode: 0o600 });
    assert.equal(await readMnemonic(join(folder, 'mnemonic')), 'some words');
    await chmod(join(folder, 'mnemonic'), 0o644);
    await assert.rejects(readMnemonic(join(folder, 'mnemonic')), /mnemonic: others can read it; chmod 600/);
  } finally {
    await rm(folder, { recursive: true });
  }
});
