// Generated from schema/merchant.json by scripts/typescript with @cosmwasm/ts-codegen 1.14.1.
// Do not edit: change the contract, run scripts/schema, then scripts/typescript.

export type Uint128 = string;
export interface InstantiateMsg {
  bzky: string;
  clock: Clock;
  expiry_days: number;
  horizon_days: number;
  identity: string;
  oracle: string;
  owner: string;
  params: Params;
  raise_delay_days: number;
  time: string;
}
export interface Clock {
  close_after: number;
  day_seconds: number;
  final_after: number;
  start: number;
}
export interface Params {
  customers: Budget;
  level_bounds: Uint128[];
  max_order: number;
  merchants: Budget;
  min_order: number;
  month_days: number;
  power_bps: number[];
  share_cap: number;
  weight_days: number;
}
export interface Budget {
  max: Uint128;
  per_head: Uint128;
  per_window: Uint128;
  window_days: number;
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
  fund_time: {
    amount: Uint128;
  };
} | {
  set_profiles: {
    profiles: Profile[];
  };
} | {
  set_districts: {
    rates: Rate[];
  };
} | {
  set_trades: {
    rates: Rate[];
  };
} | {
  set_params: {
    params: Params;
  };
} | {
  cut_budget: {
    budget: Budget;
    side: Side;
  };
} | {
  refill: {
    amount: Uint128;
    side: Side;
  };
} | {
  claim: {};
} | {
  claim_for: {
    members: number[];
    side: Side;
  };
} | {
  take_back: {
    customers: number[];
    day: number;
    merchant: number;
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
export type Side = "merchants" | "customers";
export type PruneWhat = {
  merchants: {
    start_after?: [number, number] | null;
  };
} | {
  customers: {
    start_after?: [number, number] | null;
  };
} | {
  visits: {
    start_after?: [number, number, number] | null;
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
export interface Profile {
  area: number;
  district: number;
  merchant: number;
  staff: number;
  trade: number;
}
export interface Rate {
  amount: number;
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
  merchant_day: {
    day: number;
    merchant: number;
  };
} | {
  merchant_days: {
    limit?: number | null;
    merchant?: number | null;
    start_after?: MerchantDaysStartAfter | null;
  };
} | {
  customer_days: {
    customer?: number | null;
    limit?: number | null;
    start_after?: CustomerDaysStartAfter | null;
  };
} | {
  visits: {
    customer?: number | null;
    limit?: number | null;
    start_after?: VisitsStartAfter | null;
  };
} | {
  profile: {
    day?: number | null;
    merchant: number;
  };
} | {
  simulate_claim: {
    member: number;
    side: Side;
  };
};
export type RolesStartAfter = [Role, string];
export type MerchantDaysStartAfter = [number, number];
export type CustomerDaysStartAfter = [number, number];
export type VisitsStartAfter = [number, number, number];
export interface MigrateMsg {}
export type Addr = string;
export interface ConfigResponse {
  bzky: Addr;
  clock: Clock;
  expiry_days: number;
  horizon_days: number;
  identity: Addr;
  oracle: Addr;
  params: Params;
  planned?: [number, Params] | null;
  raise_delay_days: number;
  time: Addr;
}
export interface CustomerDaysResponse {
  days: CustomerDay[];
  more: boolean;
}
export interface CustomerDay {
  claimed: boolean;
  customer: number;
  day: number;
  reward: Uint128;
  spending: Uint64;
  taken_back: Uint64;
}
export type Stage = "ahead" | "open" | "closing" | "provisional" | "final";
export interface TradeDayResponse {
  bizpower: Uint128;
  budget_customers: Uint128;
  budget_merchants: Uint128;
  customer_programme: DayResponse;
  customers: number;
  day: number;
  holding: Uint128;
  merchant_programme: DayResponse;
  merchants: number;
  orders: number;
  spending: Uint128;
}
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
export interface TradeDaysResponse {
  days: TradeDayResponse[];
  more: boolean;
}
export type NullableMerchantDay = MerchantDay | null;
export interface MerchantDay {
  bizpower: Uint128;
  claimed: boolean;
  close: Uint128;
  cost: Uint128;
  day: number;
  external: number;
  external_orders: number;
  external_sum: Uint64;
  first: number;
  high: Uint128;
  holding: Uint128;
  level: number;
  low: Uint128;
  merchant: number;
  open: Uint128;
  orders: number;
  repeat: number;
  revenue: Uint64;
  reward: Uint128;
  store_orders: number;
  store_sum: Uint64;
  taken_back: boolean;
  window: [number, number, number];
}
export interface MerchantDaysResponse {
  days: MerchantDay[];
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
export interface ProfileResponse {
  cost?: Uint128 | null;
  profile?: Profile | null;
  rent?: Uint64 | null;
  wage?: Uint64 | null;
}
export interface RolesResponse {
  more: boolean;
  roles: RoleHolder[];
}
export interface RoleHolder {
  account: Addr;
  role: Role;
}
export interface SimulateClaimResponse {
  amounts: [string, Uint128][];
  more: boolean;
  through: number;
}
export interface VisitsResponse {
  more: boolean;
  visits: Visit[];
}
export interface Visit {
  customer: number;
  day: number;
  external_orders: number;
  external_sum: Uint64;
  known: boolean;
  merchant: number;
  small_orders: number;
  small_sum: Uint64;
  store_orders: number;
  store_sum: Uint64;
  taken_back: boolean;
}
