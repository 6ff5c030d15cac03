/**
 * What a device signs and sends (docs/attestation.md). A sealed envelope may be carried to the chain by anyone.
 *
 * Write the envelope durably before it leaves the device: the seed stands in it, and signing a second batch under the
 * same number is the one thing a device must never do.
 */
import { ed25519 } from '@noble/curves/ed25519';
import { secp256k1 } from '@noble/curves/secp256k1';
import { sha256 } from '@noble/hashes/sha2';
import { concatBytes, randomBytes } from '@noble/hashes/utils';
import type { DeviceKey } from '../generated/Oracle.types.js';
import { FieldError, readUint, utf8, Writer } from './bytes.js';
import { toBase64 } from '@cosmjs/encoding';
import { KINDS, leafBytes, type Kind, type Leaves } from './leaves.js';
import { leafHash, leafSalt, merklePath, merkleRoot, type Proof } from './merkle.js';

const VERSION = 1;
const HEADER = 30;
const SIGNATURE = 64;
const MOST_LEAVES = 1024;

/** Signs for a device; the private key may stay in hardware. */
export interface DeviceSigner {
  readonly scheme: 'ed25519' | 'secp256k1';
  /** 32 bytes, or 33 compressed. */
  readonly publicKey: Uint8Array;
  /** Signature of 64 bytes: ed25519 of the message, secp256k1 (r, s, low s) of its sha256. */
  sign(message: Uint8Array): Uint8Array | Promise<Uint8Array>;
}

/** A signer from 32 secret bytes; without them a new key. */
export function deviceSigner(scheme: DeviceSigner['scheme'], secret?: Uint8Array): DeviceSigner {
  if (scheme === 'ed25519') {
    const key = secret ?? ed25519.utils.randomPrivateKey();
    return { scheme, publicKey: ed25519.getPublicKey(key), sign: (message) => ed25519.sign(message, key) };
  }
  const key = secret ?? secp256k1.utils.randomPrivateKey();
  return {
    scheme,
    publicKey: secp256k1.getPublicKey(key, true),
    sign: (message) => secp256k1.sign(sha256(message), key, { lowS: true }).toCompactRawBytes(),
  };
}

/** A device's key as `register_devices` takes it. */
export function deviceKey({ scheme, publicKey }: DeviceSigner): DeviceKey {
  const key = toBase64(publicKey);
  return scheme === 'ed25519' ? { ed25519: key } : { secp256k1: key };
}

/** For whom a signature is good. */
export interface Context {
  /** Chain id, as the oracle's `config` query gives it. */
  readonly chainId: string;
  /** The oracle's address. */
  readonly oracle: string;
}

/** What is to be signed. */
export interface Batch<K extends Kind> {
  readonly kind: K;
  /** The device's number in the oracle's registry. */
  readonly device: number;
  /** Programme day of every leaf. */
  readonly day: number;
  /** The device's running number of batches, from 1, without holes. */
  readonly sequence: number;
  /** 1 to 1,024, in the order in which they happened. */
  readonly leaves: readonly Leaves[K][];
  /** 16 random bytes; for tests alone. */
  readonly seed?: Uint8Array;
}

/** A batch without its signature: header and leaves, the root over them, and the message to sign. */
export interface Unsigned {
  readonly bytes: Uint8Array;
  readonly root: Uint8Array;
  readonly message: Uint8Array;
}

/** Lays a batch out. */
export function layOut<K extends Kind>(context: Context, batch: Batch<K>): Unsigned {
  const { kind, device, day, sequence, leaves } = batch;
  if (leaves.length < 1 || leaves.length > MOST_LEAVES) {
    throw new FieldError(`leaves: expected 1 to ${MOST_LEAVES}, got ${leaves.length}`);
  }
  const seed = batch.seed ?? randomBytes(16);
  if (seed.length !== 16) throw new FieldError(`seed: expected 16 bytes, got ${seed.length}`);
  const encoded = leaves.map((leaf) => leafBytes(kind, leaf));
  const root = merkleRoot(encoded.map((leaf, i) => leafHash(leafSalt(seed, i), leaf)));
  const header = new Writer()
    .uint(1, VERSION, 'version')
    .uint(1, KINDS[kind].number, 'kind')
    .uint(4, device, 'device')
    .uint(4, day, 'day')
    .uint(4, sequence, 'sequence')
    .bytes(seed)
    .end();
  return {
    bytes: concatBytes(header, ...encoded),
    root,
    message: signedMessage(context, { kind: KINDS[kind].number, device, day, sequence, count: leaves.length, root }),
  };
}

interface Statement {
  readonly kind: number;
  readonly device: number;
  readonly day: number;
  readonly sequence: number;
  readonly count: number;
  readonly root: Uint8Array;
}

/** The signed bytes. Mind the order: in the envelope kind stands before device, here behind it. */
function signedMessage(
  { chainId, oracle }: Context,
  { kind, device, day, sequence, count, root }: Statement,
): Uint8Array {
  const [chain, contract] = [utf8(chainId), utf8(oracle)];
  if (chain.length === 0 || contract.length === 0) throw new FieldError('chain id and oracle: expected text');
  return new Writer()
    .bytes(utf8('vrs/batch/1'))
    .uint(1, chain.length, 'length of the chain id')
    .bytes(chain)
    .uint(1, contract.length, "length of the oracle's address")
    .bytes(contract)
    .uint(4, device, 'device')
    .uint(1, kind, 'kind')
    .uint(4, day, 'day')
    .uint(4, sequence, 'sequence')
    .uint(4, count, 'number of leaves')
    .bytes(root)
    .end();
}

/** Signs a batch: the envelope to keep, and to send. */
export async function seal<K extends Kind>(
  context: Context,
  signer: DeviceSigner,
  batch: Batch<K>,
): Promise<Uint8Array> {
  const { bytes, message } = layOut(context, batch);
  const signature = await signer.sign(message);
  if (signature.length !== SIGNATURE)
    throw new FieldError(`signature: expected ${SIGNATURE} bytes, got ${signature.length}`);
  return concatBytes(bytes, signature);
}

/** An envelope taken apart. */
export interface Opened {
  readonly kind: Kind;
  readonly device: number;
  readonly day: number;
  readonly sequence: number;
  readonly seed: Uint8Array;
  /** Bytes of each leaf. */
  readonly leaves: readonly Uint8Array[];
  readonly signature: Uint8Array;
  readonly root: Uint8Array;
}

/** Takes an envelope apart, without looking at its signature. */
export function open(envelope: Uint8Array): Opened {
  const [version, number] = envelope;
  const kind = (Object.keys(KINDS) as Kind[]).find((name) => KINDS[name].number === number);
  if (version !== VERSION || !kind)
    throw new FieldError(`envelope: expected version 1 and a known kind, got ${version}, ${number}`);
  const { width } = KINDS[kind];
  const count = (envelope.length - HEADER - SIGNATURE) / width;
  if (!Number.isInteger(count) || count < 1 || count > MOST_LEAVES) {
    throw new FieldError(`envelope: ${envelope.length} bytes are no whole number of leaves from 1 to ${MOST_LEAVES}`);
  }
  const at = (offset: number) => Number(readUint(envelope, offset, 4));
  const seed = envelope.slice(14, HEADER);
  const leaves = Array.from({ length: count }, (_, i) => envelope.slice(HEADER + i * width, HEADER + (i + 1) * width));
  const root = merkleRoot(leaves.map((leaf, i) => leafHash(leafSalt(seed, i), leaf)));
  return {
    kind,
    device: at(2),
    day: at(6),
    sequence: at(10),
    seed,
    leaves,
    signature: envelope.slice(-SIGNATURE),
    root,
  };
}

/** Whether the envelope's signature is the key's, by the oracle's rules. */
export function signedBy(
  context: Context,
  envelope: Uint8Array,
  key: Pick<DeviceSigner, 'scheme' | 'publicKey'>,
): boolean {
  const { kind, device, day, sequence, leaves, signature, root } = open(envelope);
  const message = signedMessage(context, {
    kind: KINDS[kind].number,
    device,
    day,
    sequence,
    count: leaves.length,
    root,
  });
  try {
    return key.scheme === 'ed25519'
      ? ed25519.verify(signature, message, key.publicKey, { zip215: false })
      : secp256k1.verify(signature, sha256(message), key.publicKey, { lowS: true });
  } catch {
    return false; // neither a key nor a signature
  }
}

/** Proof of one leaf of an envelope; it never shows the seed, from which the other salts follow. */
export function prove(envelope: Uint8Array, index: number): Proof {
  const { seed, leaves } = open(envelope);
  const leaf = leaves[index];
  if (!leaf) throw new FieldError(`index: expected 0 to ${leaves.length - 1}, got ${index}`);
  const hashes = leaves.map((bytes, i) => leafHash(leafSalt(seed, i), bytes));
  return { index, salt: leafSalt(seed, index), leaf, path: merklePath(hashes, index) };
}
