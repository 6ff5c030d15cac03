/** Byte for byte what packages/attestation/vectors.json publishes. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { bytesToHex, hexToBytes } from '@noble/hashes/utils';
import {
  deviceSigner,
  FieldError,
  KINDS,
  layOut,
  open,
  prove,
  provesLeaf,
  seal,
  signedBy,
  type Kind,
  type Leaves,
} from '../src/index.js';
import { readRepository } from './support.js';

interface Vector {
  name: string;
  scheme: 'ed25519' | 'secp256k1';
  kind: number;
  device: number;
  day: number;
  sequence: number;
  seed: string;
  leaves: { fields: Record<string, number | string | string[]>; bytes: string }[];
  count: number;
  root: string;
  unsigned: string;
  signing_bytes: string;
  signature: string;
  envelope: string;
  proofs: { index: number; salt: string; leaf: string; path: string[] }[];
}

const published = JSON.parse(readRepository('packages/attestation/vectors.json')) as {
  chain_id: string;
  contract: string;
  test_keys: { scheme: 'ed25519' | 'secp256k1'; private: string; public: string }[];
  batches: Vector[];
};
const context = { chainId: published.chain_id, oracle: published.contract };

function signerOf(scheme: Vector['scheme']) {
  const key = published.test_keys.find((one) => one.scheme === scheme);
  assert.ok(key);
  const signer = deviceSigner(scheme, hexToBytes(key.private));
  assert.equal(bytesToHex(signer.publicKey), key.public);
  return signer;
}

const METHODS = ['platform', 'server', 'node', 'upload', 'content', 'streaming'] as const;

function leafOf(kind: Kind, fields: Record<string, number | string | string[]>): Leaves[Kind] {
  const number = (name: string) => Number(fields[name]);
  const large = (name: string) => BigInt(fields[name] as string);
  if (kind === 'terminal') {
    const channel = fields['channel'] === 1 ? 'store' : 'external';
    return {
      customer: number('customer'),
      number: large('number'),
      amount: large('amount'),
      time: number('time'),
      channel,
    };
  }
  if (kind === 'price') return { symbol: number('symbol'), price: large('price'), time: number('time') };
  const method = METHODS[number('method') - 1];
  assert.ok(method);
  const quantities = (fields['quantities'] as string[]).map(BigInt);
  return { method, account: number('account'), unit: large('unit'), quantities };
}

function batchOf(vector: Vector) {
  const kind = (Object.keys(KINDS) as Kind[]).find((name) => KINDS[name].number === vector.kind);
  assert.ok(kind);
  const { device, day, sequence } = vector;
  const leaves = vector.leaves.map(({ fields }) => leafOf(kind, fields));
  return { kind, device, day, sequence, leaves, seed: hexToBytes(vector.seed) };
}

test('there are vectors of every kind and scheme', () => {
  const seen = new Set(published.batches.map(({ scheme, kind }) => `${scheme} ${kind}`));
  for (const one of ['ed25519 1', 'secp256k1 1', 'ed25519 2', 'secp256k1 5']) assert.ok(seen.has(one), one);
});

for (const vector of published.batches) {
  test(`vector ${vector.name}`, async () => {
    const signer = signerOf(vector.scheme);
    const batch = batchOf(vector);
    const { bytes, root, message } = layOut(context, batch);
    assert.equal(bytesToHex(bytes), vector.unsigned);
    assert.equal(bytesToHex(root), vector.root);
    assert.equal(bytesToHex(message), vector.signing_bytes);

    const envelope = await seal(context, signer, batch);
    assert.equal(bytesToHex(envelope), vector.envelope);
    assert.ok(signedBy(context, envelope, signer));
    assert.ok(!signedBy({ ...context, chainId: 'vrs-test-2' }, envelope, signer));

    const opened = open(envelope);
    assert.deepEqual(
      opened.leaves.map(bytesToHex),
      vector.leaves.map((leaf) => leaf.bytes),
    );
    assert.equal(bytesToHex(opened.signature), vector.signature);
    assert.equal(opened.sequence, vector.sequence);

    for (const expected of vector.proofs) {
      const proof = prove(envelope, expected.index);
      assert.equal(bytesToHex(proof.salt), expected.salt);
      assert.equal(bytesToHex(proof.leaf), expected.leaf);
      assert.deepEqual(proof.path.map(bytesToHex), expected.path);
      assert.ok(provesLeaf(proof, vector.count, root));
      assert.ok(!provesLeaf({ ...proof, index: expected.index + 1 }, vector.count, root));
      assert.ok(!provesLeaf(proof, vector.count + 8, root));
    }
  });
}

test('what has no place in a batch is refused by the name of its field', () => {
  const batch = batchOf(published.batches[0] as Vector) as {
    kind: 'terminal';
    leaves: Leaves['terminal'][];
  } & ReturnType<typeof batchOf>;
  const refused = (change: object, message: RegExp) =>
    assert.throws(
      () => layOut(context, { ...batch, ...change }),
      (error) => error instanceof FieldError && message.test(error.message),
    );
  const [receipt] = batch.leaves;
  refused({ leaves: [] }, /leaves: expected 1 to 1024, got 0/);
  refused({ leaves: Array(1025).fill(receipt) }, /leaves: expected 1 to 1024, got 1025/);
  refused({ leaves: [{ ...receipt, customer: 2 ** 32 }] }, /customer: expected 0 to 2\^32 - 1, got 4294967296/);
  refused({ leaves: [{ ...receipt, amount: 1.5 }] }, /amount: expected a whole number/);
  refused({ leaves: [{ ...receipt, time: 86_400 }] }, /time: expected 0 to 86399, got 86400/);
  refused({ seed: new Uint8Array(15) }, /seed: expected 16 bytes, got 15/);
});

test('a batch of the largest size can be sealed and shown', async () => {
  const leaves = Array.from({ length: 1024 }, (_, i) => ({
    customer: i,
    number: i,
    amount: 100,
    time: i,
    channel: 'store' as const,
  }));
  const signer = deviceSigner('ed25519');
  const envelope = await seal(context, signer, { kind: 'terminal', device: 1, day: 1, sequence: 1, leaves });
  assert.equal(envelope.length, 30 + 1024 * 25 + 64);
  const proof = prove(envelope, 1023);
  assert.equal(proof.path.length, 10);
  assert.ok(provesLeaf(proof, 1024, open(envelope).root));
});
