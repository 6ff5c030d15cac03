/** Typed queries, tokens and errors on a real chain. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import {
  connect,
  ConfigError,
  CONTRACT_NAMES,
  ContractError,
  FundsError,
  NodeError,
  OutOfGasError,
  pages,
  RejectedError,
} from '../src/index.js';
import { fresh, newWallet, world, type World } from './world.js';

let it: World;
before(async () => {
  it = await world();
});
after(() => it?.close());

test('every contract answers typed queries', async () => {
  const { reader, chain, deployment } = it;
  assert.equal((await reader.vrs.tokenInfo()).decimals, 6);
  assert.equal((await reader.mvp.tokenInfo()).decimals, 0);
  for (const name of CONTRACT_NAMES) assert.deepEqual((await reader[name].config()).clock, deployment.clock, name);
  assert.equal((await reader.oracle.config()).chain_id, chain.id);
  assert.deepEqual(
    (await reader.merchant.pools()).pools.map(({ name }) => name),
    ['bzky_merchants', 'time_customers'],
  );
  assert.equal((await reader.merchant.config()).bzky, deployment.contracts.bzky.address);
  // Tuples are typed: an account and a day that is over.
  const yesterday = reader.days.day(await reader.connection.now()) - 1;
  const of: [string, number][] = yesterday > 0 ? [[it.holder.address, yesterday]] : [];
  assert.equal((await reader.bzky.lowestOnMany({ of })).lowest.length, of.length);
  for await (const { device, next_sequence } of pages.devices(reader.oracle, 1))
    assert.ok(device > 0 && next_sequence > 0);
});

test('a token moves by a signed transaction, and the transaction tells of it', async () => {
  const { holder, reader, chain } = it;
  const recipient = await fresh(chain);
  const executed = await holder.vrs.transfer({ recipient, amount: '1234567' });
  assert.equal((await reader.vrs.balance({ address: recipient })).balance, '1234567');
  assert.ok(executed.gasUsed > 0n && executed.gasUsed <= executed.gasWanted);
  const [told] = holder.told(executed);
  assert.ok(told?.type === 'cw20' && told.action === 'transfer');
  assert.deepEqual([told.from, told.to, told.amount], [holder.address, recipient, 1_234_567n]);
  assert.deepEqual([told.origin.contract, told.origin.transaction], ['vrs', executed.transactionHash]);
});

test('parallel calls of one wallet keep their sequence', async () => {
  const { holder, reader, chain } = it;
  const recipients = await Promise.all(Array.from({ length: 3 }, () => fresh(chain)));
  await Promise.all(recipients.map((recipient) => holder.vrs.transfer({ recipient, amount: '1' })));
  for (const address of recipients) assert.equal((await reader.vrs.balance({ address })).balance, '1');
});

test('several messages go in one transaction, all or none', async () => {
  const { holder, reader, chain } = it;
  const [one, two] = [await fresh(chain), await fresh(chain)];
  const send = (recipient: string, amount: string) =>
    ({ to: 'vrs', message: { transfer: { recipient, amount } } }) as const;
  const { data } = await holder.transaction([send(one, '5'), send(two, '6')]);
  assert.equal(data.length, 2);
  const refused = holder.transaction([send(one, '5'), send(two, '0')]);
  await assert.rejects(refused, (error) => error instanceof ContractError && error.index === 1);
  assert.equal((await reader.vrs.balance({ address: one })).balance, '5');
});

test("a contract's words arrive as a typed error, from a message and from a query", async () => {
  const { member, reader } = it;
  const message = member.vrs.transfer({ recipient: it.holder.address, amount: (2n ** 100n).toString() });
  await assert.rejects(message, (error) => {
    assert.ok(error instanceof ContractError);
    assert.match(error.reason, new RegExp(`${2n ** 100n}`)); // expected and actual value
    assert.doesNotMatch(error.reason, /wasm contract failed|rpc error/);
    return true;
  });
  const role = member.oracle.setConsumer({ kind: 'terminal', contract: null });
  await assert.rejects(role, (error) => error instanceof ContractError && /owner/i.test(error.reason));
  const query = reader.oracle.device({ device: 4_000_000_000 });
  await assert.rejects(query, (error) => error instanceof ContractError && /4000000000/.test(error.reason));
});

test('refusals of the chain itself are typed too', async () => {
  const { holder, chain, deployment } = it;
  const recipient = await fresh(chain);
  const fee = { amount: [{ denom: chain.feeDenom, amount: '2500' }], gas: '100000' };
  const short = holder.vrs.transfer({ recipient, amount: '1' }, fee);
  await assert.rejects(short, (error) => {
    assert.ok(error instanceof OutOfGasError, String(error));
    assert.ok(error.wanted === 100_000 && error.used > error.wanted && error.transactionHash);
    return true;
  });
  const { signer } = await newWallet(chain);
  const poor = await connect(chain, deployment, signer);
  await assert.rejects(poor.vrs.transfer({ recipient, amount: '1' }, fee), FundsError);
  poor.close();
});

test('a node that is away, a node or a record of another chain are refused', async () => {
  const { chain, deployment } = it;
  await assert.rejects(connect({ ...chain, rpc: 'http://127.0.0.1:9' }, deployment), NodeError);
  await assert.rejects(
    connect({ ...chain, id: 'c-1' }, { ...deployment, chain_id: 'c-1' }),
    (error) => error instanceof RejectedError && /expected c-1/.test(error.message),
  );
  await assert.rejects(connect(chain, { ...deployment, chain_id: 'c-1' }), ConfigError);
});
