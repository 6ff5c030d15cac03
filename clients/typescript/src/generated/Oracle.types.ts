// Generated from schema/oracle.json by scripts/typescript with @cosmwasm/ts-codegen 1.14.1.
// Do not edit: change the contract, run scripts/schema, then scripts/typescript.

export interface InstantiateMsg {
  clock: Clock;
  history_days: number;
  owner: string;
}
export interface Clock {
  close_after: number;
  day_seconds: number;
  final_after: number;
  start: number;
}
export type ExecuteMsg = {
  access: AccessMsg;
} | {
  register_devices: {
    devices: NewDevice[];
  };
} | {
  rotate_key: {
    device: number;
    from: number;
    key: DeviceKey;
  };
} | {
  revoke_device: {
    device: number;
  };
} | {
  set_caps: {
    caps: DeviceCaps;
    device: number;
  };
} | {
  set_consumer: {
    contract: string | null;
    kind: DeviceKind;
  };
} | {
  set_feed: {
    name: string;
    params: FeedParams;
    symbol: number;
  };
} | {
  set_feed_source: {
    device: number;
    feeds: boolean;
    symbol: number;
  };
} | {
  submit_batches: {
    batches: Binary[];
  };
} | {
  prune: {
    limit?: number | null;
    start_after?: PruneStartAfter | null;
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
export type DeviceKey = {
  ed25519: Binary;
} | {
  secp256k1: Binary;
};
export type Binary = string;
export type DeviceKind = "terminal" | "meter" | "company" | "bank" | "price" | "health";
export type PruneStartAfter = [number, number];
export interface NewDevice {
  caps: DeviceCaps;
  key: DeviceKey;
  kind: DeviceKind;
  owner: string;
  subject: number | null;
  valid_from: number;
  valid_until: number | null;
}
export interface DeviceCaps {
  amount: number;
  items: number;
}
export interface FeedParams {
  max_age: number;
  max_jump_bps: number;
  min_sources: number;
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
  device: {
    device: number;
  };
} | {
  devices: {
    limit?: number | null;
    start_after?: number | null;
  };
} | {
  key_at: {
    day: number;
    device: number;
  };
} | {
  batch: {
    device: number;
    sequence: number;
  };
} | {
  batches: {
    device: number;
    limit?: number | null;
    start_after?: number | null;
  };
} | {
  price: {
    symbol: number;
  };
} | {
  feeds: {
    limit?: number | null;
    start_after?: number | null;
  };
};
export type RolesStartAfter = [Role, string];
export interface MigrateMsg {}
export type FirstOutcome = {
  accepted: {
    dropped: DroppedItem[];
    items: number;
  };
} | {
  refused: {
    reason: RefuseReason;
  };
};
export type DropReason = "zero_amount" | "amount_too_large" | "unknown_channel" | "time_outside_day" | "unknown_member" | "member_unverified" | "member_removed" | "merchant_unverified" | "merchant_removed" | "merchant_without_profile" | "trade_limit" | "self_sale" | "day_closed" | "unknown_method" | "quantity_out_of_range" | "duplicate_reading" | "unknown_product" | "wrong_subject" | "unknown_symbol" | "price_refused";
export type RefuseReason = "malformed" | "unknown_device" | "wrong_kind" | "bad_signature" | "revoked" | "no_consumer" | "day_ahead" | "day_closed" | "day_backwards" | "not_valid_on_day" | "item_cap" | "amount_cap";
export interface BatchResponse {
  day: number;
  device: number;
  outcome: FirstOutcome;
  root: Binary;
  sequence: number;
}
export interface DroppedItem {
  delivery: number;
  item: number;
  reason: DropReason;
}
export interface BatchesResponse {
  batches: BatchResponse[];
  more: boolean;
}
export type Addr = string;
export interface ConfigResponse {
  chain_id: string;
  clock: Clock;
  consumers: [DeviceKind, Addr][];
  devices: number;
  history_days: number;
}
export interface DeviceResponse {
  caps: DeviceCaps;
  device: number;
  key: DeviceKey;
  kind: DeviceKind;
  next_key?: [number, DeviceKey] | null;
  next_sequence: number;
  owner: Addr;
  revoked: boolean;
  subject?: number | null;
  valid_from: number;
  valid_until?: number | null;
}
export interface DevicesResponse {
  devices: DeviceResponse[];
  more: boolean;
}
export type Uint128 = string;
export interface FeedsResponse {
  feeds: FeedInfo[];
  more: boolean;
}
export interface FeedInfo {
  name: string;
  params: FeedParams;
  sources: SourceInfo[];
  symbol: number;
}
export interface SourceInfo {
  device: number;
  price?: Uint128 | null;
  time: number;
}
export interface KeyAtResponse {
  key: DeviceKey;
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
export interface PriceResponse {
  price: Uint128;
  sources: number;
  time: number;
}
export interface RolesResponse {
  more: boolean;
  roles: RoleHolder[];
}
export interface RoleHolder {
  account: Addr;
  role: Role;
}
