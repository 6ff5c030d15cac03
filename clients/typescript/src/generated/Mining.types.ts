// Generated from schema/mining.json by scripts/typescript with @cosmwasm/ts-codegen 1.14.1.
// Do not edit: change the contract, run scripts/schema, then scripts/typescript.

export type Uint128 = string;
export type Method = "platform" | "server" | "node" | "upload" | "content" | "streaming";
export interface InstantiateMsg {
  clock: Clock;
  expiry_days: number;
  hp: string;
  identity: string;
  oracle: string;
  owner: string;
  params: Params;
  raise_delay_days: number;
  vrs: string;
}
export interface Clock {
  close_after: number;
  day_seconds: number;
  final_after: number;
  start: number;
}
export interface Params {
  budgets: MethodBudget[];
  hp_per_window: Uint128;
  marginal: boolean;
  share_cap: number;
  view_steps: number[];
  vrs_per_window: Uint128;
  window_days: number;
}
export interface MethodBudget {
  hp: Uint128;
  method: Method;
  vrs: Uint128;
}
export type ExecuteMsg = {
  access: AccessMsg;
} | {
  attested: {
    deliveries: Delivery[];
  };
} | {
  receive: Cw20ReceiveMsg;
} | {
  fund_hp: {
    amount: Uint128;
  };
} | {
  set_products: {
    products: Product[];
  };
} | {
  set_params: {
    params: Params;
  };
} | {
  cut_budget: {
    budget: MethodBudget;
  };
} | {
  refill: {
    amount: Uint128;
    pool: MiningPool;
  };
} | {
  claim: {};
} | {
  claim_for: {
    members: number[];
  };
} | {
  take_back: {
    account: number;
    day: number;
    methods: Method[];
  };
} | {
  prune: {
    limit?: number | null;
    what: PruneWhat;
  };
};
export type AccessMsg = {
  update_ownership: OwnershipMsg;
} | {
  grant_role: {
    account: string;
    role: Role;
  };
} | {
  revoke_role: {
    account: string;
    role: Role;
  };
} | {
  pause: {};
} | {
  pause_until: {
    until: number;
  };
} | {
  unpause: {};
};
export type OwnershipMsg = {
  transfer_ownership: {
    expiry: Expiration;
    new_owner: string;
  };
} | {
  accept_ownership: {};
} | {
  withdraw_offer: {};
};
export type Expiration = {
  at_height: number;
} | {
  at_time: Timestamp;
} | {
  never: {};
};
export type Uint64 = string;
export type Role = "registrar" | "verifier" | "assessor" | "arbiter" | "guardian" | "brief_guardian";
export type Binary = string;
export type MiningPool = "hp" | "vrs";
export type PruneWhat = {
  scores: {
    start_after?: [number, number] | null;
  };
} | {
  readings: {
    start_after?: [number, number, Method, Uint64] | null;
  };
};
export interface Delivery {
  day: number;
  device: number;
  leaves: Binary;
  sequence: number;
  subject?: number | null;
}
export interface Cw20ReceiveMsg {
  amount: Uint128;
  msg: Binary;
  sender: string;
}
export interface Product {
  factor_e9: number;
  id: number;
}
export type QueryMsg = {
  ownership: {};
} | {
  roles: {
    limit?: number | null;
    start_after?: RolesStartAfter | null;
  };
} | {
  paused: {};
} | {
  config: {};
} | {
  pools: {};
} | {
  day: {
    day: number;
  };
} | {
  days: {
    limit?: number | null;
    start_after?: number | null;
  };
} | {
  scores: {
    account?: number | null;
    limit?: number | null;
    start_after?: ScoresStartAfter | null;
  };
} | {
  readings: {
    account?: number | null;
    limit?: number | null;
    start_after?: ReadingsStartAfter | null;
  };
} | {
  products: {
    limit?: number | null;
    start_after?: number | null;
  };
} | {
  simulate_claim: {
    member: number;
  };
};
export type RolesStartAfter = [Role, string];
export type ScoresStartAfter = [number, number];
export type ReadingsStartAfter = [number, number, Method, Uint64];
export interface MigrateMsg {}
export type Addr = string;
export interface ConfigResponse {
  clock: Clock;
  expiry_days: number;
  hp: Addr;
  identity: Addr;
  oracle: Addr;
  params: Params;
  planned?: [number, Params] | null;
  raise_delay_days: number;
  vrs: Addr;
}
export type Stage = "ahead" | "open" | "closing" | "provisional" | "final";
export interface DayResponse {
  day: number;
  participants: number;
  reserved: [string, Uint128][];
  stage: Stage;
  tranches: Tranche[];
}
export interface Tranche {
  budget: Uint128;
  cap?: Uint128 | null;
  pool: string;
  share_bps: number;
  total: Uint128;
  track: string;
}
export interface MiningDaysResponse {
  days: DayResponse[];
  more: boolean;
}
export type Timestamp = Uint64;
export interface OwnershipForString {
  owner?: string | null;
  pending_expiry?: Expiration | null;
  pending_owner?: string | null;
}
export interface PausedResponse {
  paused: boolean;
  until?: number | null;
}
export interface PoolsResponse {
  pools: Pool[];
}
export interface Pool {
  asset: Addr;
  claimable: Uint128;
  funded: Uint128;
  name: string;
  paid: Uint128;
  recovered: Uint128;
  remaining: Uint128;
}
export interface ProductsResponse {
  more: boolean;
  products: Product[];
}
export interface ReadingsResponse {
  more: boolean;
  readings: ReadingInfo[];
}
export interface ReadingInfo {
  account: number;
  day: number;
  method: Method;
  quantities: Uint64[];
  unit: Uint64;
}
export interface RolesResponse {
  more: boolean;
  roles: RoleHolder[];
}
export interface RoleHolder {
  account: Addr;
  role: Role;
}
export interface ScoresResponse {
  days: AccountDay[];
  more: boolean;
}
export interface AccountDay {
  account: number;
  claimed: boolean;
  day: number;
  methods: MethodScore[];
}
export interface MethodScore {
  method: Method;
  reward_hp: Uint128;
  reward_vrs: Uint128;
  score: Uint128;
  taken_back: boolean;
}
export interface SimulateClaimResponse {
  amounts: [string, Uint128][];
  more: boolean;
  through: number;
}
