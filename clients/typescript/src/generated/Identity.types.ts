// Generated from schema/identity.json by scripts/typescript with @cosmwasm/ts-codegen 1.14.1.
// Do not edit: change the contract, run scripts/schema, then scripts/typescript.

export interface InstantiateMsg {
  clock: Clock;
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
  register: {
    kind: Kind;
  };
} | {
  register_members: {
    members: NewMember[];
  };
} | {
  propose_address: {
    address: string;
    role: AddressRole;
  };
} | {
  accept_address: {
    member: number;
  };
} | {
  add_claim: {
    claim: NewClaim;
    member: number;
  };
} | {
  revoke_claim: {
    member: number;
    topic: Topic;
  };
} | {
  set_level: {
    level: number;
    member: number;
  };
} | {
  mark: {
    member: number;
    penalty: Penalty;
    reason: string;
    severity: number;
    until: number | null;
  };
} | {
  lift_mark: {
    mark: number;
    member: number;
  };
} | {
  appeal: {
    mark: number;
    statement: Binary;
  };
} | {
  resolve_appeal: {
    mark: number;
    member: number;
    uphold: boolean;
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
export type Kind = "individual" | "merchant" | "company" | "instructor" | "institution" | "investor";
export type Binary = string;
export type Topic = "identity" | "licence" | "address" | "card" | "telephone" | "qualification";
export type AddressRole = "account" | "payout";
export type Penalty = {
  none: {};
} | {
  lower_rank: {
    by: number;
  };
} | {
  lower_level: {
    by: number;
  };
} | {
  trade_limit: {
    max: number;
  };
} | {
  removal: {};
};
export interface NewMember {
  account: string;
  identity: NewClaim | null;
  kind: Kind;
  level: number;
  payout: string | null;
}
export interface NewClaim {
  hash: Binary;
  topic: Topic;
  until: number | null;
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
  standings: {
    members: number[];
  };
} | {
  payouts: {
    members: number[];
  };
} | {
  member_of: {
    address: string;
  };
} | {
  member: {
    member: number;
  };
} | {
  members: {
    limit?: number | null;
    start_after?: number | null;
  };
} | {
  claims: {
    member: number;
  };
} | {
  marks: {
    limit?: number | null;
    member: number;
    start_after?: number | null;
  };
};
export type RolesStartAfter = [Role, string];
export interface MigrateMsg {}
export type Addr = string;
export interface ClaimsResponse {
  claims: ClaimInfo[];
}
export interface ClaimInfo {
  hash: Binary;
  live: boolean;
  since: number;
  topic: Topic;
  until?: number | null;
  verifier: Addr;
}
export interface ConfigResponse {
  clock: Clock;
  members: number;
}
export type AppealState = "none" | "open" | "upheld" | "granted";
export interface MarksResponse {
  marks: MarkInfo[];
  more: boolean;
}
export interface MarkInfo {
  appeal: AppealState;
  by: Addr;
  from: number;
  live: boolean;
  mark: number;
  penalty: Penalty;
  reason: string;
  severity: number;
  statement?: Binary | null;
  until?: number | null;
}
export interface MemberResponse {
  account: Addr;
  kind: Kind;
  level: number;
  member: number;
  payout: Addr;
  proposed?: [AddressRole, Addr] | null;
  rank_penalty: number;
  standing: Standing;
}
export interface Standing {
  kind?: Kind | null;
  level: number;
  removed: boolean;
  trade_limit?: number | null;
  verified: boolean;
}
export interface MemberOfResponse {
  member?: number | null;
  standing?: Standing | null;
}
export interface MembersResponse {
  members: MemberResponse[];
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
export interface PayoutsResponse {
  payouts: (Addr | null)[];
}
export interface RolesResponse {
  more: boolean;
  roles: RoleHolder[];
}
export interface RoleHolder {
  account: Addr;
  role: Role;
}
export interface StandingsResponse {
  standings: Standing[];
}
