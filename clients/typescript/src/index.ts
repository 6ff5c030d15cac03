/** Typed clients of the VRS suite. README.md tells how; docs/ of the repository what the contracts do. */
export { connect, type ExecuteClients, type QueryClients, type Reader, type Suite, type SuiteCall } from './connect.js';
export { Connection, Wallet, type Call } from './connection.js';
export type { Coin, Executed, ICosmWasmClient, ISigningCosmWasmClient, StdFee } from './base.js';
export {
  ConfigError,
  CONTRACTS,
  CONTRACT_NAMES,
  parseChain,
  parseDeployment,
  type Chain,
  type ContractName,
  type Deployment,
} from './chain.js';
export * from './days.js';
export * from './errors.js';
export type { Signed } from './sending.js';
export { testWallet, TEST_ACCOUNTS, wallet } from './wallet.js';
export { answerOf, registerDevices, submitBatches, type Answered, type Outcome } from './submit.js';
export * as pages from './pages.js';
export {
  parseEvent,
  type Attribute,
  type Origin,
  type Position,
  type RawEvent,
  type SuiteEvent,
  type Told,
  type UnknownEvent,
} from './events/parse.js';
export type { FollowOptions } from './events/follow.js';
export { PrunedError } from './events/history.js';
export { FieldError } from './attestation/bytes.js';
export * from './attestation/envelope.js';
export {
  KINDS,
  type Kind,
  type Leaves,
  type Method,
  type Price,
  type Reading,
  type Receipt,
} from './attestation/leaves.js';
export { provesLeaf, type Proof } from './attestation/merkle.js';
export * as identity from './generated/Identity.types.js';
export * as merchant from './generated/Merchant.types.js';
export * as mining from './generated/Mining.types.js';
export * as oracle from './generated/Oracle.types.js';
export * as points from './generated/Points.types.js';
export * as token from './generated/Token.types.js';
