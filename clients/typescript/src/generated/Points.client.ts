// Generated from schema/points.json by scripts/typescript with @cosmwasm/ts-codegen 1.14.1.
// Do not edit: change the contract, run scripts/schema, then scripts/typescript.

import type { ICosmWasmClient, ISigningCosmWasmClient, Executed } from "../base.js";
import type { Coin, StdFee } from "../base.js";
import type { Uint128, AccessMsg, Binary, IssuerLimit, Mint, RolesStartAfter, AcceptorsResponse, AllAccountsResponse, AllowanceResponse, BalanceResponse, ConfigResponse, IssuerResponse, IssuersResponse, NullableMinterResponse, OwnershipForString, PausedResponse, RolesResponse, TokenInfoResponse } from "./Points.types.js";

export interface PointsReadOnlyInterface {
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
  balance: ({
    address
  }: {
    address: string;
  }) => Promise<BalanceResponse>;
  tokenInfo: () => Promise<TokenInfoResponse>;
  minter: () => Promise<NullableMinterResponse>;
  allowance: ({
    owner,
    spender
  }: {
    owner: string;
    spender: string;
  }) => Promise<AllowanceResponse>;
  allAccounts: ({
    limit,
    startAfter
  }: {
    limit?: number;
    startAfter?: string;
  }) => Promise<AllAccountsResponse>;
  issuer: ({
    day,
    issuer
  }: {
    day: number;
    issuer: string;
  }) => Promise<IssuerResponse>;
  issuers: ({
    limit,
    startAfter
  }: {
    limit?: number;
    startAfter?: string;
  }) => Promise<IssuersResponse>;
  acceptors: ({
    limit,
    startAfter
  }: {
    limit?: number;
    startAfter?: string;
  }) => Promise<AcceptorsResponse>;
}
export class PointsQueryClient implements PointsReadOnlyInterface {
  client: ICosmWasmClient;
  contractAddress: string;
  constructor(client: ICosmWasmClient, contractAddress: string) {
    this.client = client;
    this.contractAddress = contractAddress;
    this.ownership = this.ownership.bind(this);
    this.roles = this.roles.bind(this);
    this.paused = this.paused.bind(this);
    this.config = this.config.bind(this);
    this.balance = this.balance.bind(this);
    this.tokenInfo = this.tokenInfo.bind(this);
    this.minter = this.minter.bind(this);
    this.allowance = this.allowance.bind(this);
    this.allAccounts = this.allAccounts.bind(this);
    this.issuer = this.issuer.bind(this);
    this.issuers = this.issuers.bind(this);
    this.acceptors = this.acceptors.bind(this);
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
  balance = async ({
    address
  }: {
    address: string;
  }): Promise<BalanceResponse> => {
    return this.client.queryContractSmart(this.contractAddress, {
      balance: {
        address
      }
    });
  };
  tokenInfo = async (): Promise<TokenInfoResponse> => {
    return this.client.queryContractSmart(this.contractAddress, {
      token_info: {}
    });
  };
  minter = async (): Promise<NullableMinterResponse> => {
    return this.client.queryContractSmart(this.contractAddress, {
      minter: {}
    });
  };
  allowance = async ({
    owner,
    spender
  }: {
    owner: string;
    spender: string;
  }): Promise<AllowanceResponse> => {
    return this.client.queryContractSmart(this.contractAddress, {
      allowance: {
        owner,
        spender
      }
    });
  };
  allAccounts = async ({
    limit,
    startAfter
  }: {
    limit?: number;
    startAfter?: string;
  }): Promise<AllAccountsResponse> => {
    return this.client.queryContractSmart(this.contractAddress, {
      all_accounts: {
        limit,
        start_after: startAfter
      }
    });
  };
  issuer = async ({
    day,
    issuer
  }: {
    day: number;
    issuer: string;
  }): Promise<IssuerResponse> => {
    return this.client.queryContractSmart(this.contractAddress, {
      issuer: {
        day,
        issuer
      }
    });
  };
  issuers = async ({
    limit,
    startAfter
  }: {
    limit?: number;
    startAfter?: string;
  }): Promise<IssuersResponse> => {
    return this.client.queryContractSmart(this.contractAddress, {
      issuers: {
        limit,
        start_after: startAfter
      }
    });
  };
  acceptors = async ({
    limit,
    startAfter
  }: {
    limit?: number;
    startAfter?: string;
  }): Promise<AcceptorsResponse> => {
    return this.client.queryContractSmart(this.contractAddress, {
      acceptors: {
        limit,
        start_after: startAfter
      }
    });
  };
}
export interface PointsInterface extends PointsReadOnlyInterface {
  contractAddress: string;
  sender: string;
  access: (accessMsg: AccessMsg, fee_?: number | StdFee | "auto", memo_?: string, funds_?: Coin[]) => Promise<Executed>;
  transfer: ({
    amount,
    recipient
  }: {
    amount: Uint128;
    recipient: string;
  }, fee_?: number | StdFee | "auto", memo_?: string, funds_?: Coin[]) => Promise<Executed>;
  send: ({
    amount,
    contract,
    msg
  }: {
    amount: Uint128;
    contract: string;
    msg: Binary;
  }, fee_?: number | StdFee | "auto", memo_?: string, funds_?: Coin[]) => Promise<Executed>;
  burn: ({
    amount
  }: {
    amount: Uint128;
  }, fee_?: number | StdFee | "auto", memo_?: string, funds_?: Coin[]) => Promise<Executed>;
  setIssuer: ({
    issuer,
    limit
  }: {
    issuer: string;
    limit: IssuerLimit;
  }, fee_?: number | StdFee | "auto", memo_?: string, funds_?: Coin[]) => Promise<Executed>;
  lowerIssuer: ({
    issuer,
    limit
  }: {
    issuer: string;
    limit: IssuerLimit;
  }, fee_?: number | StdFee | "auto", memo_?: string, funds_?: Coin[]) => Promise<Executed>;
  setAcceptor: ({
    acceptor,
    accepts
  }: {
    acceptor: string;
    accepts: boolean;
  }, fee_?: number | StdFee | "auto", memo_?: string, funds_?: Coin[]) => Promise<Executed>;
  reserve: ({
    amount,
    day
  }: {
    amount: Uint128;
    day: number;
  }, fee_?: number | StdFee | "auto", memo_?: string, funds_?: Coin[]) => Promise<Executed>;
  release: ({
    amount
  }: {
    amount: Uint128;
  }, fee_?: number | StdFee | "auto", memo_?: string, funds_?: Coin[]) => Promise<Executed>;
  mint: ({
    mints
  }: {
    mints: Mint[];
  }, fee_?: number | StdFee | "auto", memo_?: string, funds_?: Coin[]) => Promise<Executed>;
}
export class PointsClient extends PointsQueryClient implements PointsInterface {
  override client: ISigningCosmWasmClient;
  sender: string;
  override contractAddress: string;
  constructor(client: ISigningCosmWasmClient, sender: string, contractAddress: string) {
    super(client, contractAddress);
    this.client = client;
    this.sender = sender;
    this.contractAddress = contractAddress;
    this.access = this.access.bind(this);
    this.transfer = this.transfer.bind(this);
    this.send = this.send.bind(this);
    this.burn = this.burn.bind(this);
    this.setIssuer = this.setIssuer.bind(this);
    this.lowerIssuer = this.lowerIssuer.bind(this);
    this.setAcceptor = this.setAcceptor.bind(this);
    this.reserve = this.reserve.bind(this);
    this.release = this.release.bind(this);
    this.mint = this.mint.bind(this);
  }
  access = async (accessMsg: AccessMsg, fee_: number | StdFee | "auto" = "auto", memo_?: string, funds_?: Coin[]): Promise<Executed> => {
    return await this.client.execute(this.sender, this.contractAddress, {
      access: accessMsg
    }, fee_, memo_, funds_);
  };
  transfer = async ({
    amount,
    recipient
  }: {
    amount: Uint128;
    recipient: string;
  }, fee_: number | StdFee | "auto" = "auto", memo_?: string, funds_?: Coin[]): Promise<Executed> => {
    return await this.client.execute(this.sender, this.contractAddress, {
      transfer: {
        amount,
        recipient
      }
    }, fee_, memo_, funds_);
  };
  send = async ({
    amount,
    contract,
    msg
  }: {
    amount: Uint128;
    contract: string;
    msg: Binary;
  }, fee_: number | StdFee | "auto" = "auto", memo_?: string, funds_?: Coin[]): Promise<Executed> => {
    return await this.client.execute(this.sender, this.contractAddress, {
      send: {
        amount,
        contract,
        msg
      }
    }, fee_, memo_, funds_);
  };
  burn = async ({
    amount
  }: {
    amount: Uint128;
  }, fee_: number | StdFee | "auto" = "auto", memo_?: string, funds_?: Coin[]): Promise<Executed> => {
    return await this.client.execute(this.sender, this.contractAddress, {
      burn: {
        amount
      }
    }, fee_, memo_, funds_);
  };
  setIssuer = async ({
    issuer,
    limit
  }: {
    issuer: string;
    limit: IssuerLimit;
  }, fee_: number | StdFee | "auto" = "auto", memo_?: string, funds_?: Coin[]): Promise<Executed> => {
    return await this.client.execute(this.sender, this.contractAddress, {
      set_issuer: {
        issuer,
        limit
      }
    }, fee_, memo_, funds_);
  };
  lowerIssuer = async ({
    issuer,
    limit
  }: {
    issuer: string;
    limit: IssuerLimit;
  }, fee_: number | StdFee | "auto" = "auto", memo_?: string, funds_?: Coin[]): Promise<Executed> => {
    return await this.client.execute(this.sender, this.contractAddress, {
      lower_issuer: {
        issuer,
        limit
      }
    }, fee_, memo_, funds_);
  };
  setAcceptor = async ({
    acceptor,
    accepts
  }: {
    acceptor: string;
    accepts: boolean;
  }, fee_: number | StdFee | "auto" = "auto", memo_?: string, funds_?: Coin[]): Promise<Executed> => {
    return await this.client.execute(this.sender, this.contractAddress, {
      set_acceptor: {
        acceptor,
        accepts
      }
    }, fee_, memo_, funds_);
  };
  reserve = async ({
    amount,
    day
  }: {
    amount: Uint128;
    day: number;
  }, fee_: number | StdFee | "auto" = "auto", memo_?: string, funds_?: Coin[]): Promise<Executed> => {
    return await this.client.execute(this.sender, this.contractAddress, {
      reserve: {
        amount,
        day
      }
    }, fee_, memo_, funds_);
  };
  release = async ({
    amount
  }: {
    amount: Uint128;
  }, fee_: number | StdFee | "auto" = "auto", memo_?: string, funds_?: Coin[]): Promise<Executed> => {
    return await this.client.execute(this.sender, this.contractAddress, {
      release: {
        amount
      }
    }, fee_, memo_, funds_);
  };
  mint = async ({
    mints
  }: {
    mints: Mint[];
  }, fee_: number | StdFee | "auto" = "auto", memo_?: string, funds_?: Coin[]): Promise<Executed> => {
    return await this.client.execute(this.sender, this.contractAddress, {
      mint: {
        mints
      }
    }, fee_, memo_, funds_);
  };
}
