// Generated from schema/merchant.json by scripts/typescript with @cosmwasm/ts-codegen 1.14.1.
// Do not edit: change the contract, run scripts/schema, then scripts/typescript.

import type { ICosmWasmClient, ISigningCosmWasmClient, Executed } from "../base.js";
import type { Coin, StdFee } from "../base.js";
import type { Uint128, Params, Budget, AccessMsg, Binary, Side, PruneWhat, Delivery, Profile, Rate, RolesStartAfter, MerchantDaysStartAfter, CustomerDaysStartAfter, VisitsStartAfter, ConfigResponse, CustomerDaysResponse, TradeDayResponse, TradeDaysResponse, NullableMerchantDay, MerchantDaysResponse, OwnershipForString, PausedResponse, PoolsResponse, ProfileResponse, RolesResponse, SimulateClaimResponse, VisitsResponse } from "./Merchant.types.js";

export interface MerchantReadOnlyInterface {
  contractAddress: string;
  ownership: () => Promise<OwnershipForString>;
  roles: ({
    limit,
    startAfter
  }: {
    limit?: number;
    startAfter?: RolesStartAfter;
  }) => Promise<RolesResponse>;
  paused: () => Promise<PausedResponse>;
  config: () => Promise<ConfigResponse>;
  pools: () => Promise<PoolsResponse>;
  day: ({
    day
  }: {
    day: number;
  }) => Promise<TradeDayResponse>;
  days: ({
    limit,
    startAfter
  }: {
    limit?: number;
    startAfter?: number;
  }) => Promise<TradeDaysResponse>;
  merchantDay: ({
    day,
    merchant
  }: {
    day: number;
    merchant: number;
  }) => Promise<NullableMerchantDay>;
  merchantDays: ({
    limit,
    merchant,
    startAfter
  }: {
    limit?: number;
    merchant?: number;
    startAfter?: MerchantDaysStartAfter;
  }) => Promise<MerchantDaysResponse>;
  customerDays: ({
    customer,
    limit,
    startAfter
  }: {
    customer?: number;
    limit?: number;
    startAfter?: CustomerDaysStartAfter;
  }) => Promise<CustomerDaysResponse>;
  visits: ({
    customer,
    limit,
    startAfter
  }: {
    customer?: number;
    limit?: number;
    startAfter?: VisitsStartAfter;
  }) => Promise<VisitsResponse>;
  profile: ({
    day,
    merchant
  }: {
    day?: number;
    merchant: number;
  }) => Promise<ProfileResponse>;
  simulateClaim: ({
    member,
    side
  }: {
    member: number;
    side: Side;
  }) => Promise<SimulateClaimResponse>;
}
export class MerchantQueryClient implements MerchantReadOnlyInterface {
  client: ICosmWasmClient;
  contractAddress: string;
  constructor(client: ICosmWasmClient, contractAddress: string) {
    this.client = client;
    this.contractAddress = contractAddress;
    this.ownership = this.ownership.bind(this);
    this.roles = this.roles.bind(this);
    this.paused = this.paused.bind(this);
    this.config = this.config.bind(this);
    this.pools = this.pools.bind(this);
    this.day = this.day.bind(this);
    this.days = this.days.bind(this);
    this.merchantDay = this.merchantDay.bind(this);
    this.merchantDays = this.merchantDays.bind(this);
    this.customerDays = this.customerDays.bind(this);
    this.visits = this.visits.bind(this);
    this.profile = this.profile.bind(this);
    this.simulateClaim = this.simulateClaim.bind(this);
  }
  ownership = async (): Promise<OwnershipForString> => {
    return this.client.queryContractSmart(this.contractAddress, {
      ownership: {}
    });
  };
  roles = async ({
    limit,
    startAfter
  }: {
    limit?: number;
    startAfter?: RolesStartAfter;
  }): Promise<RolesResponse> => {
    return this.client.queryContractSmart(this.contractAddress, {
      roles: {
        limit,
        start_after: startAfter
      }
    });
  };
  paused = async (): Promise<PausedResponse> => {
    return this.client.queryContractSmart(this.contractAddress, {
      paused: {}
    });
  };
  config = async (): Promise<ConfigResponse> => {
    return this.client.queryContractSmart(this.contractAddress, {
      config: {}
    });
  };
  pools = async (): Promise<PoolsResponse> => {
    return this.client.queryContractSmart(this.contractAddress, {
      pools: {}
    });
  };
  day = async ({
    day
  }: {
    day: number;
  }): Promise<TradeDayResponse> => {
    return this.client.queryContractSmart(this.contractAddress, {
      day: {
        day
      }
    });
  };
  days = async ({
    limit,
    startAfter
  }: {
    limit?: number;
    startAfter?: number;
  }): Promise<TradeDaysResponse> => {
    return this.client.queryContractSmart(this.contractAddress, {
      days: {
        limit,
        start_after: startAfter
      }
    });
  };
  merchantDay = async ({
    day,
    merchant
  }: {
    day: number;
    merchant: number;
  }): Promise<NullableMerchantDay> => {
    return this.client.queryContractSmart(this.contractAddress, {
      merchant_day: {
        day,
        merchant
      }
    });
  };
  merchantDays = async ({
    limit,
    merchant,
    startAfter
  }: {
    limit?: number;
    merchant?: number;
    startAfter?: MerchantDaysStartAfter;
  }): Promise<MerchantDaysResponse> => {
    return this.client.queryContractSmart(this.contractAddress, {
      merchant_days: {
        limit,
        merchant,
        start_after: startAfter
      }
    });
  };
  customerDays = async ({
    customer,
    limit,
    startAfter
  }: {
    customer?: number;
    limit?: number;
    startAfter?: CustomerDaysStartAfter;
  }): Promise<CustomerDaysResponse> => {
    return this.client.queryContractSmart(this.contractAddress, {
      customer_days: {
        customer,
        limit,
        start_after: startAfter
      }
    });
  };
  visits = async ({
    customer,
    limit,
    startAfter
  }: {
    customer?: number;
    limit?: number;
    startAfter?: VisitsStartAfter;
  }): Promise<VisitsResponse> => {
    return this.client.queryContractSmart(this.contractAddress, {
      visits: {
        customer,
        limit,
        start_after: startAfter
      }
    });
  };
  profile = async ({
    day,
    merchant
  }: {
    day?: number;
    merchant: number;
  }): Promise<ProfileResponse> => {
    return this.client.queryContractSmart(this.contractAddress, {
      profile: {
        day,
        merchant
      }
    });
  };
  simulateClaim = async ({
    member,
    side
  }: {
    member: number;
    side: Side;
  }): Promise<SimulateClaimResponse> => {
    return this.client.queryContractSmart(this.contractAddress, {
      simulate_claim: {
        member,
        side
      }
    });
  };
}
export interface MerchantInterface extends MerchantReadOnlyInterface {
  contractAddress: string;
  sender: string;
  access: (accessMsg: AccessMsg, fee_?: number | StdFee | "auto", memo_?: string, funds_?: Coin[]) => Promise<Executed>;
  attested: ({
    deliveries
  }: {
    deliveries: Delivery[];
  }, fee_?: number | StdFee | "auto", memo_?: string, funds_?: Coin[]) => Promise<Executed>;
  receive: ({
    amount,
    msg,
    sender
  }: {
    amount: Uint128;
    msg: Binary;
    sender: string;
  }, fee_?: number | StdFee | "auto", memo_?: string, funds_?: Coin[]) => Promise<Executed>;
  fundTime: ({
    amount
  }: {
    amount: Uint128;
  }, fee_?: number | StdFee | "auto", memo_?: string, funds_?: Coin[]) => Promise<Executed>;
  setProfiles: ({
    profiles
  }: {
    profiles: Profile[];
  }, fee_?: number | StdFee | "auto", memo_?: string, funds_?: Coin[]) => Promise<Executed>;
  setDistricts: ({
    rates
  }: {
    rates: Rate[];
  }, fee_?: number | StdFee | "auto", memo_?: string, funds_?: Coin[]) => Promise<Executed>;
  setTrades: ({
    rates
  }: {
    rates: Rate[];
  }, fee_?: number | StdFee | "auto", memo_?: string, funds_?: Coin[]) => Promise<Executed>;
  setParams: ({
    params
  }: {
    params: Params;
  }, fee_?: number | StdFee | "auto", memo_?: string, funds_?: Coin[]) => Promise<Executed>;
  cutBudget: ({
    budget,
    side
  }: {
    budget: Budget;
    side: Side;
  }, fee_?: number | StdFee | "auto", memo_?: string, funds_?: Coin[]) => Promise<Executed>;
  refill: ({
    amount,
    side
  }: {
    amount: Uint128;
    side: Side;
  }, fee_?: number | StdFee | "auto", memo_?: string, funds_?: Coin[]) => Promise<Executed>;
  claim: (fee_?: number | StdFee | "auto", memo_?: string, funds_?: Coin[]) => Promise<Executed>;
  claimFor: ({
    members,
    side
  }: {
    members: number[];
    side: Side;
  }, fee_?: number | StdFee | "auto", memo_?: string, funds_?: Coin[]) => Promise<Executed>;
  takeBack: ({
    customers,
    day,
    merchant
  }: {
    customers: number[];
    day: number;
    merchant: number;
  }, fee_?: number | StdFee | "auto", memo_?: string, funds_?: Coin[]) => Promise<Executed>;
  prune: ({
    limit,
    what
  }: {
    limit?: number;
    what: PruneWhat;
  }, fee_?: number | StdFee | "auto", memo_?: string, funds_?: Coin[]) => Promise<Executed>;
}
export class MerchantClient extends MerchantQueryClient implements MerchantInterface {
  override client: ISigningCosmWasmClient;
  sender: string;
  override contractAddress: string;
  constructor(client: ISigningCosmWasmClient, sender: string, contractAddress: string) {
    super(client, contractAddress);
    this.client = client;
    this.sender = sender;
    this.contractAddress = contractAddress;
    this.access = this.access.bind(this);
    this.attested = this.attested.bind(this);
    this.receive = this.receive.bind(this);
    this.fundTime = this.fundTime.bind(this);
    this.setProfiles = this.setProfiles.bind(this);
    this.setDistricts = this.setDistricts.bind(this);
    this.setTrades = this.setTrades.bind(this);
    this.setParams = this.setParams.bind(this);
    this.cutBudget = this.cutBudget.bind(this);
    this.refill = this.refill.bind(this);
    this.claim = this.claim.bind(this);
    this.claimFor = this.claimFor.bind(this);
    this.takeBack = this.takeBack.bind(this);
    this.prune = this.prune.bind(this);
  }
  access = async (accessMsg: AccessMsg, fee_: number | StdFee | "auto" = "auto", memo_?: string, funds_?: Coin[]): Promise<Executed> => {
    return await this.client.execute(this.sender, this.contractAddress, {
      access: accessMsg
    }, fee_, memo_, funds_);
  };
  attested = async ({
    deliveries
  }: {
    deliveries: Delivery[];
  }, fee_: number | StdFee | "auto" = "auto", memo_?: string, funds_?: Coin[]): Promise<Executed> => {
    return await this.client.execute(this.sender, this.contractAddress, {
      attested: {
        deliveries
      }
    }, fee_, memo_, funds_);
  };
  receive = async ({
    amount,
    msg,
    sender
  }: {
    amount: Uint128;
    msg: Binary;
    sender: string;
  }, fee_: number | StdFee | "auto" = "auto", memo_?: string, funds_?: Coin[]): Promise<Executed> => {
    return await this.client.execute(this.sender, this.contractAddress, {
      receive: {
        amount,
        msg,
        sender
      }
    }, fee_, memo_, funds_);
  };
  fundTime = async ({
    amount
  }: {
    amount: Uint128;
  }, fee_: number | StdFee | "auto" = "auto", memo_?: string, funds_?: Coin[]): Promise<Executed> => {
    return await this.client.execute(this.sender, this.contractAddress, {
      fund_time: {
        amount
      }
    }, fee_, memo_, funds_);
  };
  setProfiles = async ({
    profiles
  }: {
    profiles: Profile[];
  }, fee_: number | StdFee | "auto" = "auto", memo_?: string, funds_?: Coin[]): Promise<Executed> => {
    return await this.client.execute(this.sender, this.contractAddress, {
      set_profiles: {
        profiles
      }
    }, fee_, memo_, funds_);
  };
  setDistricts = async ({
    rates
  }: {
    rates: Rate[];
  }, fee_: number | StdFee | "auto" = "auto", memo_?: string, funds_?: Coin[]): Promise<Executed> => {
    return await this.client.execute(this.sender, this.contractAddress, {
      set_districts: {
        rates
      }
    }, fee_, memo_, funds_);
  };
  setTrades = async ({
    rates
  }: {
    rates: Rate[];
  }, fee_: number | StdFee | "auto" = "auto", memo_?: string, funds_?: Coin[]): Promise<Executed> => {
    return await this.client.execute(this.sender, this.contractAddress, {
      set_trades: {
        rates
      }
    }, fee_, memo_, funds_);
  };
  setParams = async ({
    params
  }: {
    params: Params;
  }, fee_: number | StdFee | "auto" = "auto", memo_?: string, funds_?: Coin[]): Promise<Executed> => {
    return await this.client.execute(this.sender, this.contractAddress, {
      set_params: {
        params
      }
    }, fee_, memo_, funds_);
  };
  cutBudget = async ({
    budget,
    side
  }: {
    budget: Budget;
    side: Side;
  }, fee_: number | StdFee | "auto" = "auto", memo_?: string, funds_?: Coin[]): Promise<Executed> => {
    return await this.client.execute(this.sender, this.contractAddress, {
      cut_budget: {
        budget,
        side
      }
    }, fee_, memo_, funds_);
  };
  refill = async ({
    amount,
    side
  }: {
    amount: Uint128;
    side: Side;
  }, fee_: number | StdFee | "auto" = "auto", memo_?: string, funds_?: Coin[]): Promise<Executed> => {
    return await this.client.execute(this.sender, this.contractAddress, {
      refill: {
        amount,
        side
      }
    }, fee_, memo_, funds_);
  };
  claim = async (fee_: number | StdFee | "auto" = "auto", memo_?: string, funds_?: Coin[]): Promise<Executed> => {
    return await this.client.execute(this.sender, this.contractAddress, {
      claim: {}
    }, fee_, memo_, funds_);
  };
  claimFor = async ({
    members,
    side
  }: {
    members: number[];
    side: Side;
  }, fee_: number | StdFee | "auto" = "auto", memo_?: string, funds_?: Coin[]): Promise<Executed> => {
    return await this.client.execute(this.sender, this.contractAddress, {
      claim_for: {
        members,
        side
      }
    }, fee_, memo_, funds_);
  };
  takeBack = async ({
    customers,
    day,
    merchant
  }: {
    customers: number[];
    day: number;
    merchant: number;
  }, fee_: number | StdFee | "auto" = "auto", memo_?: string, funds_?: Coin[]): Promise<Executed> => {
    return await this.client.execute(this.sender, this.contractAddress, {
      take_back: {
        customers,
        day,
        merchant
      }
    }, fee_, memo_, funds_);
  };
  prune = async ({
    limit,
    what
  }: {
    limit?: number;
    what: PruneWhat;
  }, fee_: number | StdFee | "auto" = "auto", memo_?: string, funds_?: Coin[]): Promise<Executed> => {
    return await this.client.execute(this.sender, this.contractAddress, {
      prune: {
        limit,
        what
      }
    }, fee_, memo_, funds_);
  };
}
