// Generated from schema/token.json by scripts/typescript with @cosmwasm/ts-codegen 1.14.1.
// Do not edit: change the contract, run scripts/schema, then scripts/typescript.

export type Uint128 = string;
export type Logo = {
  url: string;
} | {
  embedded: EmbeddedLogo;
};
export type EmbeddedLogo = {
  svg: Binary;
} | {
  png: Binary;
};
export type Binary = string;
export interface InstantiateMsg {
  allocations: Allocation[];
  clock: Clock;
  decimals: number;
  history_days: number;
  marketing?: Marketing | null;
  name: string;
  supply: Uint128;
  symbol: string;
}
export interface Allocation {
  account: string;
  amount: Uint128;
}
export interface Clock {
  close_after: number;
  day_seconds: number;
  final_after: number;
  start: number;
}
export interface Marketing {
  description?: string | null;
  logo?: Logo | null;
  marketing?: string | null;
  project?: string | null;
}
export type ExecuteMsg = {
  transfer: {
    amount: Uint128;
    recipient: string;
  };
} | {
  transfer_many: {
    payments: Payment[];
  };
} | {
  burn: {
    amount: Uint128;
  };
} | {
  send: {
    amount: Uint128;
    contract: string;
    msg: Binary;
  };
} | {
  increase_allowance: {
    amount: Uint128;
    expires?: Expiration | null;
    spender: string;
  };
} | {
  decrease_allowance: {
    amount: Uint128;
    expires?: Expiration | null;
    spender: string;
  };
} | {
  transfer_from: {
    amount: Uint128;
    owner: string;
    recipient: string;
  };
} | {
  send_from: {
    amount: Uint128;
    contract: string;
    msg: Binary;
    owner: string;
  };
} | {
  burn_from: {
    amount: Uint128;
    owner: string;
  };
} | {
  update_marketing: {
    description?: string | null;
    marketing?: string | null;
    project?: string | null;
  };
} | {
  upload_logo: Logo;
} | {
  prune_history: {
    limit?: number | null;
    start_after?: PruneHistoryStartAfter | null;
  };
};
export type Expiration = {
  at_height: number;
} | {
  at_time: Timestamp;
} | {
  never: {};
};
export type Uint64 = string;
export type PruneHistoryStartAfter = [string, number];
export interface Payment {
  amount: Uint128;
  recipient: string;
}
export type QueryMsg = {
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
  all_allowances: {
    limit?: number | null;
    owner: string;
    start_after?: string | null;
  };
} | {
  all_spender_allowances: {
    limit?: number | null;
    spender: string;
    start_after?: string | null;
  };
} | {
  all_accounts: {
    limit?: number | null;
    start_after?: string | null;
  };
} | {
  marketing_info: {};
} | {
  download_logo: {};
} | {
  balance_at: {
    address: string;
    day: number;
  };
} | {
  total_at: {
    day: number;
  };
} | {
  lowest_on: {
    address: string;
    day: number;
  };
} | {
  lowest_on_many: {
    of: LowestOnManyOf[];
  };
} | {
  history: {
    address: string;
    limit?: number | null;
    start_after?: number | null;
  };
} | {
  config: {};
} | {
  paused: {};
};
export type LowestOnManyOf = [Addr, number];
export type Addr = string;
export interface MigrateMsg {}
export interface AllAccountsResponse {
  accounts: string[];
}
export type Timestamp = Uint64;
export interface AllAllowancesResponse {
  allowances: AllowanceInfo[];
}
export interface AllowanceInfo {
  allowance: Uint128;
  expires: Expiration;
  spender: string;
}
export interface AllSpenderAllowancesResponse {
  allowances: SpenderAllowanceInfo[];
}
export interface SpenderAllowanceInfo {
  allowance: Uint128;
  expires: Expiration;
  owner: string;
}
export interface AllowanceResponse {
  allowance: Uint128;
  expires: Expiration;
}
export interface BalanceResponse {
  balance: Uint128;
}
export interface ConfigResponse {
  clock: Clock;
  history_days: number;
  supply_at_birth: Uint128;
}
export interface DownloadLogoResponse {
  data: Binary;
  mime_type: string;
}
export interface HistoryResponse {
  entries: HistoryEntry[];
  more: boolean;
}
export interface HistoryEntry {
  closing: Uint128;
  day: number;
  lowest: Uint128;
}
export interface LowestOnManyResponse {
  lowest: Uint128[];
}
export type LogoInfo = {
  url: string;
} | "embedded";
export interface MarketingInfoResponse {
  description?: string | null;
  logo?: LogoInfo | null;
  marketing?: Addr | null;
  project?: string | null;
}
export type NullableMinterResponse = MinterResponse | null;
export interface MinterResponse {
  cap?: Uint128 | null;
  minter: string;
}
export interface PausedResponse {
  paused: boolean;
  until?: number | null;
}
export interface TokenInfoResponse {
  decimals: number;
  name: string;
  symbol: string;
  total_supply: Uint128;
}
export interface TotalAtResponse {
  total: Uint128;
}
