/**
 * Every event of the suite: type on chain, action, attributes. The contracts' `src/events.rs` are the source; a unit
 * test reads their golden tests and fails when these tables miss an event or an attribute.
 */
import { big, bool, dropped, int, maybe, next, text, word, words } from './fields.js';

const role = word('registrar', 'verifier', 'assessor', 'arbiter', 'guardian', 'brief_guardian');
const kind = word('terminal', 'meter', 'company', 'bank', 'price', 'health');
const side = word('merchants', 'customers');
const pool = word('hp', 'vrs');
const address = word('account', 'payout');

/** Of every contract that has an owner. */
const access = {
  update_ownership: { owner: text, pending_owner: text, pending_expiry: text },
  grant_role: { role, account: text },
  revoke_role: { role, account: text },
  pause: {},
  pause_until: { until: int },
  unpause: {},
};

const migrate = { from: text, to: text };

/** Tokens' and points' attributes of the event `wasm`, as cw20-base names them. */
const cw20 = {
  transfer: { from: text, to: text, amount: big },
  transfer_many: { from: text, payments: int, amount: big },
  send: { from: text, to: text, amount: big },
  transfer_from: { from: text, to: text, by: text, amount: big },
  send_from: { from: text, to: text, by: text, amount: big },
  burn: { from: text, amount: big },
  burn_from: { from: text, by: text, amount: big },
  increase_allowance: { owner: text, spender: text, amount: big },
  decrease_allowance: { owner: text, spender: text, amount: big },
  update_marketing: {},
  upload_logo: {},
  prune_history: { looked: int, removed: int, next },
};

/** Each payment of `transfer_many`, in the words of a transfer. */
const token = {
  transfer: cw20.transfer,
};

const points = {
  ...access,
  create: { owner: text, identity: text },
  set_issuer: {
    issuer: text,
    window_days: int,
    per_window: big,
    total: big,
    planned_from: maybe(int),
    planned_window_days: maybe(int),
    planned_per_window: maybe(big),
    planned_total: maybe(big),
  },
  lower_issuer: { issuer: text, window_days: int, per_window: big, total: big },
  set_acceptor: { acceptor: text, accepts: bool },
  reserve: { issuer: text, day: int, amount: big },
  release: { issuer: text, amount: big },
  mint: { issuer: text, to: text, amount: big },
  migrate,
};

const identity = {
  ...access,
  create: { owner: text },
  register: {
    member: int,
    kind: word('individual', 'merchant', 'company', 'instructor', 'institution', 'investor'),
    level: int,
    account: text,
    payout: maybe(text),
    by: text,
  },
  propose_address: { member: int, role: address, address: text, until: int },
  withdraw_proposal: { member: int },
  accept_address: { member: int, role: address, address: text },
  add_claim: { member: int, topic: text, hash: text, until: maybe(int), by: text },
  revoke_claim: { member: int, topic: text, by: text },
  set_level: { member: int, level: int, by: text },
  mark: {
    member: int,
    mark: int,
    severity: int,
    reason: text,
    until: maybe(int),
    penalty: word('none', 'lower_rank', 'lower_level', 'trade_limit', 'removal'),
    lower_by: maybe(int),
    max: maybe(big),
    by: text,
  },
  lift_mark: { member: int, mark: int, by: text },
  appeal: { member: int, mark: int, statement: text },
  resolve_appeal: { member: int, mark: int, upheld: bool, by: text },
  migrate,
};

const oracle = {
  ...access,
  instantiate: { owner: text, history_days: int },
  register_device: {
    device: int,
    kind,
    subject: maybe(int),
    owner: text,
    scheme: word('ed25519', 'secp256k1'),
    key: text,
  },
  rotate_key: { device: int, from: int, scheme: word('ed25519', 'secp256k1'), key: text },
  revoke_device: { device: int, by: text },
  set_caps: { device: int, items: int, amount: big },
  set_consumer: { kind, contract: maybe(text) },
  set_feed: { symbol: int, name: text, max_age: int, max_jump_bps: int, min_sources: int },
  set_feed_source: { symbol: int, device: int, feeds: bool },
  price: { symbol: int, device: int, price: big, time: int },
  batch: {
    position: int,
    device: maybe(int),
    sequence: maybe(int),
    day: maybe(int),
    root: maybe(text),
    outcome: word('accepted', 'repeat', 'gap', 'conflict', 'stale', 'refused'),
    items: maybe(int),
    dropped,
    reason: maybe(text),
    expected: maybe(int),
    taken: maybe(text),
  },
  prune: { looked: int, removed: int, next },
};

const merchant = {
  ...access,
  create: { owner: text, identity: text, oracle: text, bzky: text, time: text },
  attested: { day: int, merchant: int, orders: int, bizpower: big, device: int, sequence: int },
  dropped: { device: int, sequence: int, item: int, reason: text },
  day_closed: { side, day: int, participants: int, budget: big, reserved: big },
  claimed: { side, member: int, amount: big, through: int },
  taken_back: { side, member: int, merchant: int, day: int, amount: big },
  funded: { side, amount: big, funded: big },
  refilled: { side, amount: big },
  profile_set: { merchant: int, area: int, staff: int, district: int, trade: int, from: int },
  rate_set: { kind: word('district', 'trade'), id: int, amount: big, from: int },
  params_set: { from: int, dropped: maybe(int) },
  budget_cut: { side, per_head: big, max: big, window_days: int, per_window: big },
  pruned: { what: text, removed: int, unclaimed: int, next },
  migrate,
};

const mining = {
  ...access,
  create: { owner: text },
  count: { device: int, day: int, sequence: int, readings: int, dropped },
  close_day: { day: int, hp: big, vrs: big },
  fund: { pool, amount: big, funded: big },
  set_product: { product: int, factor_e9: big, from: int },
  set_params: { from: int, raised: bool, dropped: maybe(int) },
  cut_budget: { method: text, hp: big, vrs: big },
  refill: { pool, amount: big },
  claim: { member: int, to: text, hp: big, vrs: big, days: int, through: int, more: bool },
  take_back: { account: int, day: int, methods: words, hp: big, vrs: big },
  prune_scores: { removed: int, unclaimed: int, next },
  prune_readings: { removed: int, next },
  migrate,
};

/** By the event's type, without wasmd's `wasm-`; what stands in the plain `wasm` event is `cw20`. */
export const TABLES = {
  cw20,
  vrs_token: token,
  vrs_points: points,
  vrs_identity: identity,
  vrs_oracle: oracle,
  vrs_merchant: merchant,
  vrs_mining: mining,
};
