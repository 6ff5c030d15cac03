// Generated from schema/identity.json by scripts/typescript with @cosmwasm/ts-codegen 1.14.1.
// Do not edit: change the contract, run scripts/schema, then scripts/typescript.

import type { ICosmWasmClient, ISigningCosmWasmClient, Executed } from "../base.js";
import type { Coin, StdFee } from "../base.js";
import type { AccessMsg, Kind, Binary, Topic, AddressRole, Penalty, NewMember, NewClaim, RolesStartAfter, ClaimsResponse, ConfigResponse, MarksResponse, MemberResponse, MemberOfResponse, MembersResponse, OwnershipForString, PausedResponse, PayoutsResponse, RolesResponse, StandingsResponse } from "./Identity.types.js";

export interface IdentityReadOnlyInterface {
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
  standings: ({
    members
  }: {
    members: number[];
  }) => Promise<StandingsResponse>;
  payouts: ({
    members
  }: {
    members: number[];
  }) => Promise<PayoutsResponse>;
  memberOf: ({
    address
  }: {
    address: string;
  }) => Promise<MemberOfResponse>;
  member: ({
    member
  }: {
    member: number;
  }) => Promise<MemberResponse>;
  members: ({
    limit,
    startAfter
  }: {
    limit?: number;
    startAfter?: number;
  }) => Promise<MembersResponse>;
  claims: ({
    member
  }: {
    member: number;
  }) => Promise<ClaimsResponse>;
  marks: ({
    limit,
    member,
    startAfter
  }: {
    limit?: number;
    member: number;
    startAfter?: number;
  }) => Promise<MarksResponse>;
}
export class IdentityQueryClient implements IdentityReadOnlyInterface {
  client: ICosmWasmClient;
  contractAddress: string;
  constructor(client: ICosmWasmClient, contractAddress: string) {
    this.client = client;
    this.contractAddress = contractAddress;
    this.ownership = this.ownership.bind(this);
    this.roles = this.roles.bind(this);
    this.paused = this.paused.bind(this);
    this.config = this.config.bind(this);
    this.standings = this.standings.bind(this);
    this.payouts = this.payouts.bind(this);
    this.memberOf = this.memberOf.bind(this);
    this.member = this.member.bind(this);
    this.members = this.members.bind(this);
    this.claims = this.claims.bind(this);
    this.marks = this.marks.bind(this);
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
  standings = async ({
    members
  }: {
    members: number[];
  }): Promise<StandingsResponse> => {
    return this.client.queryContractSmart(this.contractAddress, {
      standings: {
        members
      }
    });
  };
  payouts = async ({
    members
  }: {
    members: number[];
  }): Promise<PayoutsResponse> => {
    return this.client.queryContractSmart(this.contractAddress, {
      payouts: {
        members
      }
    });
  };
  memberOf = async ({
    address
  }: {
    address: string;
  }): Promise<MemberOfResponse> => {
    return this.client.queryContractSmart(this.contractAddress, {
      member_of: {
        address
      }
    });
  };
  member = async ({
    member
  }: {
    member: number;
  }): Promise<MemberResponse> => {
    return this.client.queryContractSmart(this.contractAddress, {
      member: {
        member
      }
    });
  };
  members = async ({
    limit,
    startAfter
  }: {
    limit?: number;
    startAfter?: number;
  }): Promise<MembersResponse> => {
    return this.client.queryContractSmart(this.contractAddress, {
      members: {
        limit,
        start_after: startAfter
      }
    });
  };
  claims = async ({
    member
  }: {
    member: number;
  }): Promise<ClaimsResponse> => {
    return this.client.queryContractSmart(this.contractAddress, {
      claims: {
        member
      }
    });
  };
  marks = async ({
    limit,
    member,
    startAfter
  }: {
    limit?: number;
    member: number;
    startAfter?: number;
  }): Promise<MarksResponse> => {
    return this.client.queryContractSmart(this.contractAddress, {
      marks: {
        limit,
        member,
        start_after: startAfter
      }
    });
  };
}
export interface IdentityInterface extends IdentityReadOnlyInterface {
  contractAddress: string;
  sender: string;
  access: (accessMsg: AccessMsg, fee_?: number | StdFee | "auto", memo_?: string, funds_?: Coin[]) => Promise<Executed>;
  register: ({
    kind
  }: {
    kind: Kind;
  }, fee_?: number | StdFee | "auto", memo_?: string, funds_?: Coin[]) => Promise<Executed>;
  registerMembers: ({
    members
  }: {
    members: NewMember[];
  }, fee_?: number | StdFee | "auto", memo_?: string, funds_?: Coin[]) => Promise<Executed>;
  proposeAddress: ({
    address,
    role
  }: {
    address: string;
    role: AddressRole;
  }, fee_?: number | StdFee | "auto", memo_?: string, funds_?: Coin[]) => Promise<Executed>;
  acceptAddress: ({
    member
  }: {
    member: number;
  }, fee_?: number | StdFee | "auto", memo_?: string, funds_?: Coin[]) => Promise<Executed>;
  addClaim: ({
    claim,
    member
  }: {
    claim: NewClaim;
    member: number;
  }, fee_?: number | StdFee | "auto", memo_?: string, funds_?: Coin[]) => Promise<Executed>;
  revokeClaim: ({
    member,
    topic
  }: {
    member: number;
    topic: Topic;
  }, fee_?: number | StdFee | "auto", memo_?: string, funds_?: Coin[]) => Promise<Executed>;
  setLevel: ({
    level,
    member
  }: {
    level: number;
    member: number;
  }, fee_?: number | StdFee | "auto", memo_?: string, funds_?: Coin[]) => Promise<Executed>;
  mark: ({
    member,
    penalty,
    reason,
    severity,
    until
  }: {
    member: number;
    penalty: Penalty;
    reason: string;
    severity: number;
    until: number | null;
  }, fee_?: number | StdFee | "auto", memo_?: string, funds_?: Coin[]) => Promise<Executed>;
  liftMark: ({
    mark,
    member
  }: {
    mark: number;
    member: number;
  }, fee_?: number | StdFee | "auto", memo_?: string, funds_?: Coin[]) => Promise<Executed>;
  appeal: ({
    mark,
    statement
  }: {
    mark: number;
    statement: Binary;
  }, fee_?: number | StdFee | "auto", memo_?: string, funds_?: Coin[]) => Promise<Executed>;
  resolveAppeal: ({
    mark,
    member,
    uphold
  }: {
    mark: number;
    member: number;
    uphold: boolean;
  }, fee_?: number | StdFee | "auto", memo_?: string, funds_?: Coin[]) => Promise<Executed>;
}
export class IdentityClient extends IdentityQueryClient implements IdentityInterface {
  override client: ISigningCosmWasmClient;
  sender: string;
  override contractAddress: string;
  constructor(client: ISigningCosmWasmClient, sender: string, contractAddress: string) {
    super(client, contractAddress);
    this.client = client;
    this.sender = sender;
    this.contractAddress = contractAddress;
    this.access = this.access.bind(this);
    this.register = this.register.bind(this);
    this.registerMembers = this.registerMembers.bind(this);
    this.proposeAddress = this.proposeAddress.bind(this);
    this.acceptAddress = this.acceptAddress.bind(this);
    this.addClaim = this.addClaim.bind(this);
    this.revokeClaim = this.revokeClaim.bind(this);
    this.setLevel = this.setLevel.bind(this);
    this.mark = this.mark.bind(this);
    this.liftMark = this.liftMark.bind(this);
    this.appeal = this.appeal.bind(this);
    this.resolveAppeal = this.resolveAppeal.bind(this);
  }
  access = async (accessMsg: AccessMsg, fee_: number | StdFee | "auto" = "auto", memo_?: string, funds_?: Coin[]): Promise<Executed> => {
    return await this.client.execute(this.sender, this.contractAddress, {
      access: accessMsg
    }, fee_, memo_, funds_);
  };
  register = async ({
    kind
  }: {
    kind: Kind;
  }, fee_: number | StdFee | "auto" = "auto", memo_?: string, funds_?: Coin[]): Promise<Executed> => {
    return await this.client.execute(this.sender, this.contractAddress, {
      register: {
        kind
      }
    }, fee_, memo_, funds_);
  };
  registerMembers = async ({
    members
  }: {
    members: NewMember[];
  }, fee_: number | StdFee | "auto" = "auto", memo_?: string, funds_?: Coin[]): Promise<Executed> => {
    return await this.client.execute(this.sender, this.contractAddress, {
      register_members: {
        members
      }
    }, fee_, memo_, funds_);
  };
  proposeAddress = async ({
    address,
    role
  }: {
    address: string;
    role: AddressRole;
  }, fee_: number | StdFee | "auto" = "auto", memo_?: string, funds_?: Coin[]): Promise<Executed> => {
    return await this.client.execute(this.sender, this.contractAddress, {
      propose_address: {
        address,
        role
      }
    }, fee_, memo_, funds_);
  };
  acceptAddress = async ({
    member
  }: {
    member: number;
  }, fee_: number | StdFee | "auto" = "auto", memo_?: string, funds_?: Coin[]): Promise<Executed> => {
    return await this.client.execute(this.sender, this.contractAddress, {
      accept_address: {
        member
      }
    }, fee_, memo_, funds_);
  };
  addClaim = async ({
    claim,
    member
  }: {
    claim: NewClaim;
    member: number;
  }, fee_: number | StdFee | "auto" = "auto", memo_?: string, funds_?: Coin[]): Promise<Executed> => {
    return await this.client.execute(this.sender, this.contractAddress, {
      add_claim: {
        claim,
        member
      }
    }, fee_, memo_, funds_);
  };
  revokeClaim = async ({
    member,
    topic
  }: {
    member: number;
    topic: Topic;
  }, fee_: number | StdFee | "auto" = "auto", memo_?: string, funds_?: Coin[]): Promise<Executed> => {
    return await this.client.execute(this.sender, this.contractAddress, {
      revoke_claim: {
        member,
        topic
      }
    }, fee_, memo_, funds_);
  };
  setLevel = async ({
    level,
    member
  }: {
    level: number;
    member: number;
  }, fee_: number | StdFee | "auto" = "auto", memo_?: string, funds_?: Coin[]): Promise<Executed> => {
    return await this.client.execute(this.sender, this.contractAddress, {
      set_level: {
        level,
        member
      }
    }, fee_, memo_, funds_);
  };
  mark = async ({
    member,
    penalty,
    reason,
    severity,
    until
  }: {
    member: number;
    penalty: Penalty;
    reason: string;
    severity: number;
    until: number | null;
  }, fee_: number | StdFee | "auto" = "auto", memo_?: string, funds_?: Coin[]): Promise<Executed> => {
    return await this.client.execute(this.sender, this.contractAddress, {
      mark: {
        member,
        penalty,
        reason,
        severity,
        until
      }
    }, fee_, memo_, funds_);
  };
  liftMark = async ({
    mark,
    member
  }: {
    mark: number;
    member: number;
  }, fee_: number | StdFee | "auto" = "auto", memo_?: string, funds_?: Coin[]): Promise<Executed> => {
    return await this.client.execute(this.sender, this.contractAddress, {
      lift_mark: {
        mark,
        member
      }
    }, fee_, memo_, funds_);
  };
  appeal = async ({
    mark,
    statement
  }: {
    mark: number;
    statement: Binary;
  }, fee_: number | StdFee | "auto" = "auto", memo_?: string, funds_?: Coin[]): Promise<Executed> => {
    return await this.client.execute(this.sender, this.contractAddress, {
      appeal: {
        mark,
        statement
      }
    }, fee_, memo_, funds_);
  };
  resolveAppeal = async ({
    mark,
    member,
    uphold
  }: {
    mark: number;
    member: number;
    uphold: boolean;
  }, fee_: number | StdFee | "auto" = "auto", memo_?: string, funds_?: Coin[]): Promise<Executed> => {
    return await this.client.execute(this.sender, this.contractAddress, {
      resolve_appeal: {
        mark,
        member,
        uphold
      }
    }, fee_, memo_, funds_);
  };
}
