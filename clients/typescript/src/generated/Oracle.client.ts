// Generated from schema/oracle.json by scripts/typescript with @cosmwasm/ts-codegen 1.14.1.
// Do not edit: change the contract, run scripts/schema, then scripts/typescript.

import type { ICosmWasmClient, ISigningCosmWasmClient, Executed } from "../base.js";
import type { Coin, StdFee } from "../base.js";
import type { AccessMsg, DeviceKey, Binary, DeviceKind, PruneStartAfter, NewDevice, DeviceCaps, FeedParams, RolesStartAfter, BatchResponse, BatchesResponse, ConfigResponse, DeviceResponse, DevicesResponse, FeedsResponse, KeyAtResponse, OwnershipForString, PausedResponse, PriceResponse, RolesResponse } from "./Oracle.types.js";

export interface OracleReadOnlyInterface {
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
  device: ({
    device
  }: {
    device: number;
  }) => Promise<DeviceResponse>;
  devices: ({
    limit,
    startAfter
  }: {
    limit?: number;
    startAfter?: number;
  }) => Promise<DevicesResponse>;
  keyAt: ({
    day,
    device
  }: {
    day: number;
    device: number;
  }) => Promise<KeyAtResponse>;
  batch: ({
    device,
    sequence
  }: {
    device: number;
    sequence: number;
  }) => Promise<BatchResponse>;
  batches: ({
    device,
    limit,
    startAfter
  }: {
    device: number;
    limit?: number;
    startAfter?: number;
  }) => Promise<BatchesResponse>;
  price: ({
    symbol
  }: {
    symbol: number;
  }) => Promise<PriceResponse>;
  feeds: ({
    limit,
    startAfter
  }: {
    limit?: number;
    startAfter?: number;
  }) => Promise<FeedsResponse>;
}
export class OracleQueryClient implements OracleReadOnlyInterface {
  client: ICosmWasmClient;
  contractAddress: string;
  constructor(client: ICosmWasmClient, contractAddress: string) {
    this.client = client;
    this.contractAddress = contractAddress;
    this.ownership = this.ownership.bind(this);
    this.roles = this.roles.bind(this);
    this.paused = this.paused.bind(this);
    this.config = this.config.bind(this);
    this.device = this.device.bind(this);
    this.devices = this.devices.bind(this);
    this.keyAt = this.keyAt.bind(this);
    this.batch = this.batch.bind(this);
    this.batches = this.batches.bind(this);
    this.price = this.price.bind(this);
    this.feeds = this.feeds.bind(this);
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
  device = async ({
    device
  }: {
    device: number;
  }): Promise<DeviceResponse> => {
    return this.client.queryContractSmart(this.contractAddress, {
      device: {
        device
      }
    });
  };
  devices = async ({
    limit,
    startAfter
  }: {
    limit?: number;
    startAfter?: number;
  }): Promise<DevicesResponse> => {
    return this.client.queryContractSmart(this.contractAddress, {
      devices: {
        limit,
        start_after: startAfter
      }
    });
  };
  keyAt = async ({
    day,
    device
  }: {
    day: number;
    device: number;
  }): Promise<KeyAtResponse> => {
    return this.client.queryContractSmart(this.contractAddress, {
      key_at: {
        day,
        device
      }
    });
  };
  batch = async ({
    device,
    sequence
  }: {
    device: number;
    sequence: number;
  }): Promise<BatchResponse> => {
    return this.client.queryContractSmart(this.contractAddress, {
      batch: {
        device,
        sequence
      }
    });
  };
  batches = async ({
    device,
    limit,
    startAfter
  }: {
    device: number;
    limit?: number;
    startAfter?: number;
  }): Promise<BatchesResponse> => {
    return this.client.queryContractSmart(this.contractAddress, {
      batches: {
        device,
        limit,
        start_after: startAfter
      }
    });
  };
  price = async ({
    symbol
  }: {
    symbol: number;
  }): Promise<PriceResponse> => {
    return this.client.queryContractSmart(this.contractAddress, {
      price: {
        symbol
      }
    });
  };
  feeds = async ({
    limit,
    startAfter
  }: {
    limit?: number;
    startAfter?: number;
  }): Promise<FeedsResponse> => {
    return this.client.queryContractSmart(this.contractAddress, {
      feeds: {
        limit,
        start_after: startAfter
      }
    });
  };
}
export interface OracleInterface extends OracleReadOnlyInterface {
  contractAddress: string;
  sender: string;
  access: (accessMsg: AccessMsg, fee_?: number | StdFee | "auto", memo_?: string, funds_?: Coin[]) => Promise<Executed>;
  registerDevices: ({
    devices
  }: {
    devices: NewDevice[];
  }, fee_?: number | StdFee | "auto", memo_?: string, funds_?: Coin[]) => Promise<Executed>;
  rotateKey: ({
    device,
    from,
    key
  }: {
    device: number;
    from: number;
    key: DeviceKey;
  }, fee_?: number | StdFee | "auto", memo_?: string, funds_?: Coin[]) => Promise<Executed>;
  revokeDevice: ({
    device
  }: {
    device: number;
  }, fee_?: number | StdFee | "auto", memo_?: string, funds_?: Coin[]) => Promise<Executed>;
  setCaps: ({
    caps,
    device
  }: {
    caps: DeviceCaps;
    device: number;
  }, fee_?: number | StdFee | "auto", memo_?: string, funds_?: Coin[]) => Promise<Executed>;
  setConsumer: ({
    contract,
    kind
  }: {
    contract: string | null;
    kind: DeviceKind;
  }, fee_?: number | StdFee | "auto", memo_?: string, funds_?: Coin[]) => Promise<Executed>;
  setFeed: ({
    name,
    params,
    symbol
  }: {
    name: string;
    params: FeedParams;
    symbol: number;
  }, fee_?: number | StdFee | "auto", memo_?: string, funds_?: Coin[]) => Promise<Executed>;
  setFeedSource: ({
    device,
    feeds,
    symbol
  }: {
    device: number;
    feeds: boolean;
    symbol: number;
  }, fee_?: number | StdFee | "auto", memo_?: string, funds_?: Coin[]) => Promise<Executed>;
  submitBatches: ({
    batches
  }: {
    batches: Binary[];
  }, fee_?: number | StdFee | "auto", memo_?: string, funds_?: Coin[]) => Promise<Executed>;
  prune: ({
    limit,
    startAfter
  }: {
    limit?: number;
    startAfter?: PruneStartAfter;
  }, fee_?: number | StdFee | "auto", memo_?: string, funds_?: Coin[]) => Promise<Executed>;
}
export class OracleClient extends OracleQueryClient implements OracleInterface {
  override client: ISigningCosmWasmClient;
  sender: string;
  override contractAddress: string;
  constructor(client: ISigningCosmWasmClient, sender: string, contractAddress: string) {
    super(client, contractAddress);
    this.client = client;
    this.sender = sender;
    this.contractAddress = contractAddress;
    this.access = this.access.bind(this);
    this.registerDevices = this.registerDevices.bind(this);
    this.rotateKey = this.rotateKey.bind(this);
    this.revokeDevice = this.revokeDevice.bind(this);
    this.setCaps = this.setCaps.bind(this);
    this.setConsumer = this.setConsumer.bind(this);
    this.setFeed = this.setFeed.bind(this);
    this.setFeedSource = this.setFeedSource.bind(this);
    this.submitBatches = this.submitBatches.bind(this);
    this.prune = this.prune.bind(this);
  }
  access = async (accessMsg: AccessMsg, fee_: number | StdFee | "auto" = "auto", memo_?: string, funds_?: Coin[]): Promise<Executed> => {
    return await this.client.execute(this.sender, this.contractAddress, {
      access: accessMsg
    }, fee_, memo_, funds_);
  };
  registerDevices = async ({
    devices
  }: {
    devices: NewDevice[];
  }, fee_: number | StdFee | "auto" = "auto", memo_?: string, funds_?: Coin[]): Promise<Executed> => {
    return await this.client.execute(this.sender, this.contractAddress, {
      register_devices: {
        devices
      }
    }, fee_, memo_, funds_);
  };
  rotateKey = async ({
    device,
    from,
    key
  }: {
    device: number;
    from: number;
    key: DeviceKey;
  }, fee_: number | StdFee | "auto" = "auto", memo_?: string, funds_?: Coin[]): Promise<Executed> => {
    return await this.client.execute(this.sender, this.contractAddress, {
      rotate_key: {
        device,
        from,
        key
      }
    }, fee_, memo_, funds_);
  };
  revokeDevice = async ({
    device
  }: {
    device: number;
  }, fee_: number | StdFee | "auto" = "auto", memo_?: string, funds_?: Coin[]): Promise<Executed> => {
    return await this.client.execute(this.sender, this.contractAddress, {
      revoke_device: {
        device
      }
    }, fee_, memo_, funds_);
  };
  setCaps = async ({
    caps,
    device
  }: {
    caps: DeviceCaps;
    device: number;
  }, fee_: number | StdFee | "auto" = "auto", memo_?: string, funds_?: Coin[]): Promise<Executed> => {
    return await this.client.execute(this.sender, this.contractAddress, {
      set_caps: {
        caps,
        device
      }
    }, fee_, memo_, funds_);
  };
  setConsumer = async ({
    contract,
    kind
  }: {
    contract: string | null;
    kind: DeviceKind;
  }, fee_: number | StdFee | "auto" = "auto", memo_?: string, funds_?: Coin[]): Promise<Executed> => {
    return await this.client.execute(this.sender, this.contractAddress, {
      set_consumer: {
        contract,
        kind
      }
    }, fee_, memo_, funds_);
  };
  setFeed = async ({
    name,
    params,
    symbol
  }: {
    name: string;
    params: FeedParams;
    symbol: number;
  }, fee_: number | StdFee | "auto" = "auto", memo_?: string, funds_?: Coin[]): Promise<Executed> => {
    return await this.client.execute(this.sender, this.contractAddress, {
      set_feed: {
        name,
        params,
        symbol
      }
    }, fee_, memo_, funds_);
  };
  setFeedSource = async ({
    device,
    feeds,
    symbol
  }: {
    device: number;
    feeds: boolean;
    symbol: number;
  }, fee_: number | StdFee | "auto" = "auto", memo_?: string, funds_?: Coin[]): Promise<Executed> => {
    return await this.client.execute(this.sender, this.contractAddress, {
      set_feed_source: {
        device,
        feeds,
        symbol
      }
    }, fee_, memo_, funds_);
  };
  submitBatches = async ({
    batches
  }: {
    batches: Binary[];
  }, fee_: number | StdFee | "auto" = "auto", memo_?: string, funds_?: Coin[]): Promise<Executed> => {
    return await this.client.execute(this.sender, this.contractAddress, {
      submit_batches: {
        batches
      }
    }, fee_, memo_, funds_);
  };
  prune = async ({
    limit,
    startAfter
  }: {
    limit?: number;
    startAfter?: PruneStartAfter;
  }, fee_: number | StdFee | "auto" = "auto", memo_?: string, funds_?: Coin[]): Promise<Executed> => {
    return await this.client.execute(this.sender, this.contractAddress, {
      prune: {
        limit,
        start_after: startAfter
      }
    }, fee_, memo_, funds_);
  };
}
