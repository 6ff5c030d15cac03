// Generated from schema/points.json by scripts/typescript with @cosmwasm/ts-codegen 1.14.1.
// Do not edit: change the contract, run scripts/schema, then scripts/typescript.

export type Uint128 = string;
export interface InstantiateMsg {
  clock: Clock;
  decimals: number;
  identity: string;
  max_supply: Uint128 | null;
  name: string;
  owner: string;
  raise_delay_days: number;
  symbol: string;
  verified_only: boolean;
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
  transfer: {
    amount: Uint128;
    recipient: string;
  };
} | {
  send: {
    amount: Uint128;
    contract: string;
    msg: Binary;
  };
} | {
  burn: {
    amount: Uint128;
  };
} | {
  set_issuer: {
    issuer: string;
    limit: IssuerLimit;
  };
} | {
  lower_issuer: {
    issuer: string;
    limit: IssuerLimit;
  };
} | {
  set_acceptor: {
    acceptor: string;
    accepts: boolean;
  };
} | {
  reserve: {
    amount: Uint128;
    day: number;
  };
} | {
  release: {
    amount: Uint128;
  };
} | {
  mint: {
    mints: Mint[];
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
export type Addr = string;
export interface IssuerLimit {
  per_window: Uint128;
  total: Uint128;
  window_days: number;
}
export interface Mint {
  amount: Uint128;
  to: Addr;
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
  balance: {
    address: string;
  };
} | {
  token_info: {};
} | {
  minter: {};
} | {
  allowance: {
    owner: string;
    spender: string;
  };
} | {
  all_accounts: {
    limit?: number | null;
    start_after?: string | null;
  };
} | {
  issuer: {
    day: number;
    issuer: string;
  };
} | {
  issuers: {
    limit?: number | null;
    start_after?: string | null;
  };
} | {
  acceptors: {
    limit?: number | null;
    start_after?: string | null;
  };
};
export type RolesStartAfter = [Role, string];
export interface MigrateMsg {}
export interface AcceptorsResponse {
  acceptors: Addr[];
  more: boolean;
}
export interface AllAccountsResponse {
  accounts: string[];
}
export type Timestamp = Uint64;
export interface AllowanceResponse {
  allowance: Uint128;
  expires: Expiration;
}
export interface BalanceResponse {
  balance: Uint128;
}
export interface ConfigResponse {
  burned: Uint128;
  clock: Clock;
  identity: Addr;
  max_supply?: Uint128 | null;
  minted: Uint128;
  raise_delay_days: number;
  reserved: Uint128;
  verified_only: boolean;
}
export interface IssuerResponse {
  available: Uint128;
  issuer: Addr;
  limit: IssuerLimit;
  minted: Uint128;
  planned?: [number, IssuerLimit] | null;
  reserved: Uint128;
  used_in_total: Uint128;
  used_in_window: Uint128;
}
export interface IssuersResponse {
  issuers: IssuerResponse[];
  more: boolean;
}
export type NullableMinterResponse = MinterResponse | null;
export interface MinterResponse {
  cap?: Uint128 | null;
  minter: string;
}
export interface OwnershipForString {
  owner?: string | null;
  pending_expiry?: Expiration | null;
  pending_owner?: string | null;
}
export interface PausedResponse {
  paused: boolean;
  until?: number | null;
}
export interface RolesResponse {
  more: boolean;
  roles: RoleHolder[];
}
export interface RoleHolder {
  account: Addr;
  role: Role;
}
export interface TokenInfoResponse {
  decimals: number;
  name: string;
  symbol: string;
  total_supply: Uint128;
}
