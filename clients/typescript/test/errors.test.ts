import assert from 'node:assert/strict';
import { test } from 'node:test';
import { BroadcastTxError, TimeoutError } from '@cosmjs/stargate';
import {
  ContractError,
  FundsError,
  LateError,
  NodeError,
  OutOfGasError,
  RejectedError,
  SequenceError,
  MempoolFullError,
} from '../src/index.js';
import { refusal, typed } from '../src/errors.js';

test('a contract speaks in its own words, in a block, a simulation and a query', () => {
  const words = 'paused: claims are stopped';
  for (const [log, index] of [
    [`failed to execute message; message index: 2: ${words}: execute wasm contract failed`, 2],
    [
      `rpc error: code = Unknown desc = failed to execute message; message index: 0: ${words}: execute wasm contract failed [a/b@v1/keeper.go:430] with gas used: '12': unknown request`,
      0,
    ],
    [`rpc error: code = Unknown desc = ${words}: query wasm contract failed: unknown request`, 0],
  ] as const) {
    const error = refusal({ log });
    assert.ok(error instanceof ContractError, log);
    assert.deepEqual([error.reason, error.index, error.message, error.passing], [words, index, words, false]);
  }
});

test('other refusals have classes of their own', () => {
  const sequence = typed(
    new BroadcastTxError(32, 'sdk', 'account sequence mismatch, expected 7, got 5: incorrect account sequence'),
  );
  assert.ok(sequence instanceof SequenceError && sequence.passing);
  assert.deepEqual([sequence.expected, sequence.actual], [7, 5]);
  const gas = refusal({
    code: 11,
    log: 'out of gas in location: WritePerByte; gasWanted: 5, gasUsed: 9: out of gas',
    transactionHash: 'AB',
  });
  assert.ok(gas instanceof OutOfGasError);
  assert.deepEqual([gas.wanted, gas.used, gas.transactionHash], [5, 9, 'AB']);
  assert.ok(
    refusal({ log: 'spendable balance 0ufee is smaller than 5ufee: insufficient funds' }) instanceof FundsError,
  );
  assert.ok(refusal({ log: 'mempool is full: number of txs 5' }) instanceof MempoolFullError);
  const other = typed(new BroadcastTxError(4, 'sdk', 'signature verification failed'));
  assert.ok(other instanceof RejectedError);
  assert.equal(other.message, 'sdk 4: signature verification failed');
});

test('what never came, and a node that is away', () => {
  const late = typed(new TimeoutError('not found', 'AB'));
  assert.ok(late instanceof LateError && late.transactionHash === 'AB');
  const away = typed(Object.assign(new TypeError('fetch failed'), { cause: { code: 'ECONNREFUSED' } }));
  assert.ok(away instanceof NodeError && away.passing);
  const ours = new RangeError('ours');
  assert.equal(typed(ours), ours);
});

test('whatever a message fails of is that message\'s fault, except out of gas', () => {
  for (const [code, words] of [
    [21, 'attribute key cannot be empty: invalid event'],
    [22, 'no such contract: address wasm1x'],
    [29, 'wasmvm error: Error calling the VM: RuntimeError: unreachable: wasmvm error'],
    [30, 'max call depth exceeded'],
  ] as const) {
    const error = refusal({ codespace: 'wasm', code, log: `failed to execute message; message index: 3: ${words}` });
    assert.ok(error instanceof ContractError, words);
    assert.deepEqual([error.reason, error.index, error.passing], [words, 3, false]);
  }
  const log =
    'failed to execute message; message index: 0: out of gas in location: wasm contract; gasWanted: 5, gasUsed: 9: out of gas';
  assert.ok(refusal({ code: 11, log }) instanceof OutOfGasError);
});

test('a fee grant that does not cover it has its class and its reason', () => {
  for (const reason of [
    'fee-grant not found: not found',
    'basic allowance: fee limit exceeded',
    '/cosmos.bank.v1beta1.MsgSend does not exist in allowed messages: message not allowed',
  ]) {
    const error = refusal({ log: `\ufffd\u0001<r does not allow to pay fees for R_\ufffd: ${reason}` });
    assert.ok(error instanceof FundsError, reason);
    assert.equal(error.message, `the fee grant does not cover it: ${reason}`);
  }
});

test('a rate limit and a broken body are passing', () => {
  for (const message of ['Bad status on response: 429', 'Bad status on response: 408', 'Bad status on response: 502']) {
    const error = typed(new Error(message));
    assert.ok(error instanceof NodeError && error.passing, message);
  }
  assert.ok(typed(new SyntaxError('Unexpected end of JSON input')) instanceof NodeError);
});
