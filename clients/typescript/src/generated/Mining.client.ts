// Generated from schema/mining.json by scripts/typescript with @cosmwasm/ts-codegen 1.14.1.
// Do not edit: change the contract, run scripts/schema, then scripts/typescript.

import type { ICosmWasmClient, ISigningCosmWasmClient, Executed } from "../base.js";
import type { Coin, StdFee } from "../base.js";
import type { Uint128, Method, Params, MethodBudget, AccessMsg, Binary, MiningPool, PruneWhat, Delivery, Product, RolesStartAfter, ScoresStartAfter, ReadingsStartAfter, ConfigResponse, DayResponse, MiningDaysResponse, OwnershipForString, PausedResponse, PoolsResponse, ProductsResponse, ReadingsResponse, RolesResponse, ScoresResponse, SimulateClaimResponse } from "./Mining.types.js";

export interface MiningReadOnlyInterface {
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
  }) => Promise<DayResponse>;
  days: ({
    limit,
    startAfter
  }: {
    limit?: number;
    startAfter?: number;
  }) => Promise<MiningDaysResponse>;
  scores: ({
    account,
    limit,
    startAfter
  }: {
    account?: number;
    limit?: number;
    startAfter?: ScoresStartAfter;
  }) => Promise<ScoresResponse>;
  readings: ({
    account,
    limit,
    startAfter
  }: {
    account?: number;
    limit?: number;
    startAfter?: ReadingsStartAfter;
  }) => Promise<ReadingsResponse>;
  products: ({
    limit,
    startAfter
  }: {
    limit?: number;
    startAfter?: number;
  }) => Promise<ProductsResponse>;
  simulateClaim: ({
    member
  }: {
    member: number;
  }) => Promise<SimulateClaimResponse>;
}
export class MiningQueryClient implements MiningReadOnlyInterface {
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
    this.scores = this.scores.bind(this);
    this.readings = this.readings.bind(this);
    this.products = this.products.bind(this);
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
  }): Promise<DayResponse> => {
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
  }): Promise<MiningDaysResponse> => {
    return this.client.queryContractSmart(this.contractAddress, {
      days: {
        limit,
        start_after: startAfter
      }
    });
  };
  scores = async ({
    account,
    limit,
    startAfter
  }: {
    account?: number;
    limit?: number;
    startAfter?: ScoresStartAfter;
  }): Promise<ScoresResponse> => {
    return this.client.queryContractSmart(this.contractAddress, {
      scores: {
        account,
        limit,
        start_after: startAfter
      }
    });
  };
  readings = async ({
    account,
    limit,
    startAfter
  }: {
    account?: number;
    limit?: number;
    startAfter?: ReadingsStartAfter;
  }): Promise<ReadingsResponse> => {
    return this.client.queryContractSmart(this.contractAddress, {
      readings: {
        account,
        limit,
        start_after: startAfter
      }
    });
  };
  products = async ({
    limit,
    startAfter
  }: {
    limit?: number;
    startAfter?: number;
  }): Promise<ProductsResponse> => {
    return this.client.queryContractSmart(this.contractAddress, {
      products: {
        limit,
        start_after: startAfter
      }
    });
  };
  simulateClaim = async ({
    member
  }: {
    member: number;
  }): Promise<SimulateClaimResponse> => {
    return this.client.queryContractSmart(this.contractAddress, {
      simulate_claim: {
        member
      }
    });
  };
}
export interface MiningInterface extends MiningReadOnlyInterface {
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
  fundHp: ({
    amount
  }: {
    amount: Uint128;
  }, fee_?: number | StdFee | "auto", memo_?: string, funds_?: Coin[]) => Promise<Executed>;
  setProducts: ({
    products
  }: {
    products: Product[];
  }, fee_?: number | StdFee | "auto", memo_?: string, funds_?: Coin[]) => Promise<Executed>;
  setParams: ({
    params
  }: {
    params: Params;
  }, fee_?: number | StdFee | "auto", memo_?: string, funds_?: Coin[]) => Promise<Executed>;
  cutBudget: ({
    budget
  }: {
    budget: MethodBudget;
  }, fee_?: number | StdFee | "auto", memo_?: string, funds_?: Coin[]) => Promise<Executed>;
  refill: ({
    amount,
    pool
  }: {
    amount: Uint128;
    pool: MiningPool;
  }, fee_?: number | StdFee | "auto", memo_?: string, funds_?: Coin[]) => Promise<Executed>;
  claim: (fee_?: number | StdFee | "auto", memo_?: string, funds_?: Coin[]) => Promise<Executed>;
  claimFor: ({
    members
  }: {
    members: number[];
  }, fee_?: number | StdFee | "auto", memo_?: string, funds_?: Coin[]) => Promise<Executed>;
  takeBack: ({
    account,
    day,
    methods
  }: {
    account: number;
    day: number;
    methods: Method[];
  }, fee_?: number | StdFee | "auto", memo_?: string, funds_?: Coin[]) => Promise<Executed>;
  prune: ({
    limit,
    what
  }: {
    limit?: number;
    what: PruneWhat;
  }, fee_?: number | StdFee | "auto", memo_?: string, funds_?: Coin[]) => Promise<Executed>;
}
export class MiningClient extends MiningQueryClient implements MiningInterface {
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
    this.fundHp = this.fundHp.bind(this);
    this.setProducts = this.setProducts.bind(this);
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
  fundHp = async ({
    amount
  }: {
    amount: Uint128;
  }, fee_: number | StdFee | "auto" = "auto", memo_?: string, funds_?: Coin[]): Promise<Executed> => {
    return await this.client.execute(this.sender, this.contractAddress, {
      fund_hp: {
        amount
      }
    }, fee_, memo_, funds_);
  };
  setProducts = async ({
    products
  }: {
    products: Product[];
  }, fee_: number | StdFee | "auto" = "auto", memo_?: string, funds_?: Coin[]): Promise<Executed> => {
    return await this.client.execute(this.sender, this.contractAddress, {
      set_products: {
        products
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
    budget
  }: {
    budget: MethodBudget;
  }, fee_: number | StdFee | "auto" = "auto", memo_?: string, funds_?: Coin[]): Promise<Executed> => {
    return await this.client.execute(this.sender, this.contractAddress, {
      cut_budget: {
        budget
      }
    }, fee_, memo_, funds_);
  };
  refill = async ({
    amount,
    pool
  }: {
    amount: Uint128;
    pool: MiningPool;
  }, fee_: number | StdFee | "auto" = "auto", memo_?: string, funds_?: Coin[]): Promise<Executed> => {
    return await this.client.execute(this.sender, this.contractAddress, {
      refill: {
        amount,
        pool
      }
    }, fee_, memo_, funds_);
  };
  claim = async (fee_: number | StdFee | "auto" = "auto", memo_?: string, funds_?: Coin[]): Promise<Executed> => {
    return await this.client.execute(this.sender, this.contractAddress, {
      claim: {}
    }, fee_, memo_, funds_);
  };
  claimFor = async ({
    members
  }: {
    members: number[];
  }, fee_: number | StdFee | "auto" = "auto", memo_?: string, funds_?: Coin[]): Promise<Executed> => {
    return await this.client.execute(this.sender, this.contractAddress, {
      claim_for: {
        members
      }
    }, fee_, memo_, funds_);
  };
  takeBack = async ({
    account,
    day,
    methods
  }: {
    account: number;
    day: number;
    methods: Method[];
  }, fee_: number | StdFee | "auto" = "auto", memo_?: string, funds_?: Coin[]): Promise<Executed> => {
    return await this.client.execute(this.sender, this.contractAddress, {
      take_back: {
        account,
        day,
        methods
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
