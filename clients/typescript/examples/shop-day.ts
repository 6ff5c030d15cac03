/**
 * A shop's first receipts, on a test chain: registers a shop, a customer and a till, signs a batch as the till does, lets
 * a relayer submit it, asks for the shop's day, and prints the suite's events as they come.
 *
 *   npm run example [-- CHAIN_FILE [DEPLOYMENT]]        ../../chains/local.toml
 */
import { randomBytes } from 'node:crypto';
import { DirectSecp256k1HdWallet } from '@cosmjs/proto-signing';
import {
  answerOf,
  connect,
  ContractError,
  deviceKey,
  deviceSigner,
  registerDevices,
  seal,
  submitBatches,
  testWallet,
  type Suite,
} from '../src/index.js';
import { readChain } from '../src/files.js';

const [file = '../../chains/local.toml', record] = process.argv.slice(2);
const chain = await readChain(file);
const operator = await connect(file, record, await testWallet(chain, 'operator'));
const relayer = await connect(file, record, await testWallet(chain, 'relayer'));

// Events, printed until we are done.
const stop = new AbortController();
const printing = (async () => {
  for await (const { origin, type, action, ...said } of operator.events({ signal: stop.signal })) {
    console.log(
      `  block ${origin.position.height} ${origin.contract} ${action}`,
      JSON.stringify(said, (_, v) => (typeof v === 'bigint' ? String(v) : v)),
    );
  }
})();

// Members: in real life a verifier checks a person's or a shop's papers and puts a salted hash of them on chain.
const [shop, customer] = await registerMembers(operator);
console.log(`shop ${shop}, customer ${customer}`);

// What a shop's BizPower is divided by: 500 square feet at 200.00, four people at 10,000.00.
await operator.transaction([
  { to: 'merchant', message: { set_districts: { rates: [{ id: 4_000_000_001, amount: 20_000 }] } } },
  { to: 'merchant', message: { set_trades: { rates: [{ id: 4_000_000_001, amount: 1_000_000 }] } } },
  {
    to: 'merchant',
    message: {
      set_profiles: {
        profiles: [{ merchant: shop, area: 500, staff: 4, district: 4_000_000_001, trade: 4_000_000_001 }],
      },
    },
  },
]);

// The till makes its key and keeps it; the registrar registers the public half.
const till = deviceSigner('ed25519');
const today = operator.days.day(await operator.connection.now());
const { answer } = await registerDevices(operator.oracle, [
  {
    kind: 'terminal',
    subject: shop,
    owner: operator.address,
    key: deviceKey(till),
    valid_from: today,
    valid_until: null,
    caps: { items: 10_000, amount: 100_000_000 },
  },
]);
const device = answer[0] as number;

// Two sales. A real till writes the envelope to disk before it leaves (docs/attestation.md, "What the device keeps").
const now = await operator.connection.now();
const context = { chainId: chain.id, oracle: operator.deployment.contracts.oracle.address };
const envelope = await seal(context, till, {
  kind: 'terminal',
  device,
  day: operator.days.day(now),
  sequence: (await operator.oracle.device({ device })).next_sequence,
  leaves: [
    { customer, number: 1, amount: 1_995, time: operator.days.part(now), channel: 'store' },
    { customer, number: 2, amount: 2_005, time: operator.days.part(now), channel: 'external' },
  ],
});
const { executed, answer: outcomes } = await submitBatches(relayer.oracle, [envelope]);
console.log(`${executed.transactionHash} used ${executed.gasUsed} gas:`, JSON.stringify(outcomes));

const day = await operator.merchant.merchantDay({ merchant: shop, day: operator.days.day(now) });
console.log(
  `the shop's day ${day?.day}: ${day?.orders} orders, revenue ${day?.revenue}, BizPower ${day?.bizpower} / 10^18`,
);

// A contract that refuses does so in its own words.
try {
  await relayer.merchant.fundTime({ amount: '1' });
} catch (error) {
  if (!(error instanceof ContractError)) throw error;
  console.log(`refused: ${error.reason}`);
}

stop.abort();
await printing;
operator.close();
relayer.close();

async function registerMembers(registrar: Suite): Promise<[number, number]> {
  const member = async (kind: 'merchant' | 'individual') => {
    const wallet = await DirectSecp256k1HdWallet.generate(12, { prefix: chain.prefix });
    const account = (await wallet.getAccounts())[0]?.address as string;
    return {
      kind,
      account,
      payout: null, // payments follow the account
      level: 0,
      identity: { topic: 'identity', hash: randomBytes(32).toString('base64'), until: null },
    } as const;
  };
  const executed = await registrar.identity.registerMembers({
    members: [await member('merchant'), await member('individual')],
  });
  const { first } = answerOf<{ first: number }>(executed);
  return [first, first + 1];
}
