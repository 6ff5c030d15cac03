/** What the oracle answers: devices' numbers, outcomes of batches (docs/attestation.md, "Outcomes"). */
import { toBase64 } from '@cosmjs/encoding';
import type { Executed } from './base.js';
import type { OracleClient } from './generated/Oracle.client.js';
import type { DroppedItem, FirstOutcome, NewDevice, RefuseReason } from './generated/Oracle.types.js';

/** What became of a batch. */
export type Outcome =
  | { readonly accepted: { readonly items: number; readonly dropped: readonly DroppedItem[] } }
  | { readonly repeat: { readonly first: FirstOutcome } }
  | { readonly gap: { readonly expected: number } }
  | { readonly conflict: { readonly taken: string } }
  | { readonly stale: { readonly expected: number } }
  | { readonly refused: { readonly reason: RefuseReason } };

/** A transaction and what its first message's contract answered. */
export interface Answered<T> {
  readonly executed: Executed;
  readonly answer: T;
}

/** Response data of a message (the first by default), which the suite's contracts write as JSON. */
export function answerOf<T>(executed: Executed, message = 0): T {
  const data = executed.data[message];
  if (!data || data.length === 0)
    throw new Error(`message ${message} of ${executed.transactionHash} has no response data`);
  return JSON.parse(new TextDecoder().decode(data)) as T;
}

/** Relays sealed envelopes, at most 256; an outcome for each, in their order. Anyone may. */
export async function submitBatches(
  oracle: OracleClient,
  envelopes: readonly Uint8Array[],
): Promise<Answered<Outcome[]>> {
  const executed = await oracle.submitBatches({ batches: envelopes.map((envelope) => toBase64(envelope)) });
  return { executed, answer: answerOf<{ outcomes: Outcome[] }>(executed).outcomes };
}

/** Registers devices, at most 100; their numbers, in order. A registrar. */
export async function registerDevices(oracle: OracleClient, devices: NewDevice[]): Promise<Answered<number[]>> {
  const executed = await oracle.registerDevices({ devices });
  const { first } = answerOf<{ first: number }>(executed);
  return { executed, answer: devices.map((_, i) => first + i) };
}
