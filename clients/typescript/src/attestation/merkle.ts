/** Salts, root and proofs (docs/attestation.md, "Root" and "Showing one leaf"): the tree of RFC 6962. */
import { sha256 } from '@noble/hashes/sha2';
import { concatBytes } from '@noble/hashes/utils';
import { utf8, Writer } from './bytes.js';

/** First 16 bytes of sha256("vrs/salt/1" | seed | index). */
export function leafSalt(seed: Uint8Array, index: number): Uint8Array {
  const number = new Writer().uint(4, index, 'index').end();
  return sha256(concatBytes(utf8('vrs/salt/1'), seed, number)).slice(0, 16);
}

export const leafHash = (salt: Uint8Array, leaf: Uint8Array): Uint8Array =>
  sha256(concatBytes(Uint8Array.of(0), salt, leaf));

const nodeHash = (left: Uint8Array, right: Uint8Array): Uint8Array =>
  sha256(concatBytes(Uint8Array.of(1), left, right));

/** Where n leaves, two at least, split: the largest power of two less than n. */
function split(n: number): number {
  let at = 1;
  while (at * 2 < n) at *= 2;
  return at;
}

/** Root over leaf hashes, one at least. */
export function merkleRoot(hashes: readonly Uint8Array[]): Uint8Array {
  if (hashes.length <= 1) {
    const [only] = hashes;
    if (!only) throw new RangeError('a root needs a leaf');
    return only;
  }
  const at = split(hashes.length);
  return nodeHash(merkleRoot(hashes.slice(0, at)), merkleRoot(hashes.slice(at)));
}

/** Sibling hashes of a leaf, from the leaf up. */
export function merklePath(hashes: readonly Uint8Array[], index: number): Uint8Array[] {
  if (hashes.length === 1) return [];
  const at = split(hashes.length);
  const [left, right] = [hashes.slice(0, at), hashes.slice(at)];
  return index < at
    ? [...merklePath(left, index), merkleRoot(right)]
    : [...merklePath(right, index - at), merkleRoot(left)];
}

/** One leaf, shown without the others. */
export interface Proof {
  readonly index: number;
  readonly salt: Uint8Array;
  readonly leaf: Uint8Array;
  readonly path: readonly Uint8Array[];
}

/** Whether a leaf stands in the batch with this root; `count` and `root` must come from what was signed. */
export function provesLeaf({ index, salt, leaf, path }: Proof, count: number, root: Uint8Array): boolean {
  if (!(Number.isInteger(index) && index >= 0 && index < count)) return false;
  const climbed = climb(leafHash(salt, leaf), index, count, [...path]);
  return climbed !== undefined && climbed.length === root.length && climbed.every((byte, i) => byte === root[i]);
}

/** The root that a path leads to; none where it is not as long as index and count demand. */
function climb(hash: Uint8Array, index: number, count: number, path: Uint8Array[]): Uint8Array | undefined {
  if (count === 1) return path.length === 0 ? hash : undefined;
  const sibling = path.pop(); // of the uppermost split
  if (!sibling) return undefined;
  const at = split(count);
  const below = index < at ? climb(hash, index, at, path) : climb(hash, index - at, count - at, path);
  if (!below) return undefined;
  return index < at ? nodeHash(below, sibling) : nodeHash(sibling, below);
}
