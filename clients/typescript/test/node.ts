/** A node to be followed: a chain of blocks in memory, with CometBFT's websocket before it. */
import type { AddressInfo } from 'node:net';
import type { CometClient } from '@cosmjs/tendermint-rpc';
import { sha256 } from '@noble/hashes/sha2';
import WebSocket from 'ws';

const ADDRESS = 'wasm1mining';
export const BOOK = new Map([[ADDRESS, 'mining' as const]]);

/** Each block holds a stranger's transaction, one of ours that failed, and one of ours with an event that tells the height. */
export class FakeNode {
  head = 0;
  /** Requests by name. */
  readonly asked: Record<string, number> = {};
  /** Whether headers are sent. */
  talks = true;
  indexed = true;
  /** Requests that fail from now on. */
  failing = 0;
  /** Blocks below are gone. */
  lowest = 1;
  connections = 0;
  private constructor(private readonly server: WebSocket.Server) {
    server.on('connection', (socket) => {
      this.connections++;
      socket.on('message', (text) => {
        const { id, method } = JSON.parse(String(text)) as { id: number; method: string };
        const result = method === 'status' ? { sync_info: { latest_block_height: String(this.head) } } : {};
        if (this.talks) socket.send(JSON.stringify({ id, result }));
      });
    });
  }

  static async start(): Promise<FakeNode> {
    const server = new WebSocket.Server({ port: 0, host: '127.0.0.1' });
    await new Promise((resolve) => server.once('listening', resolve));
    return new FakeNode(server);
  }

  get rpc(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  grow(blocks: number): void {
    for (let i = 0; i < blocks; i++) {
      this.head++;
      const header = { id: 1, result: { data: { value: { header: { height: String(this.head) } } } } };
      if (this.talks) for (const socket of this.server.clients) socket.send(JSON.stringify(header));
    }
  }

  /** Breaks all connections. */
  drop(): void {
    for (const socket of this.server.clients) socket.terminate();
  }

  stop(): Promise<void> {
    this.drop();
    return new Promise((resolve) => this.server.close(() => resolve()));
  }

  private ask(name: string): void {
    this.asked[name] = (this.asked[name] ?? 0) + 1;
    if (this.failing-- > 0) throw new Error('{"code":-32603,"message":"Internal error"}');
  }

  private results(height: number) {
    const event = (address: string) => ({
      type: 'wasm-vrs_mining',
      attributes: [
        { key: '_contract_address', value: address },
        { key: 'v', value: '1' },
        { key: 'action', value: 'refill' },
        { key: 'pool', value: 'hp' },
        { key: 'amount', value: String(height) },
      ],
    });
    return [
      { code: 0, events: [event('wasm1stranger')] },
      { code: 5, events: [event(ADDRESS)] },
      { code: 0, events: [{ type: 'tx', attributes: [] }, event(ADDRESS)] },
    ];
  }

  readonly comet = {
    status: async () => {
      this.ask('status');
      return { nodeInfo: { other: new Map([['tx_index', this.indexed ? 'on' : 'off']]) } };
    },
    blockResults: async (height: number) => {
      this.ask('blockResults');
      if (height > this.head) throw new Error(`height ${height} must be less than or equal to ${this.head}`);
      if (height < this.lowest) throw new Error(`height ${height} is not available, lowest height is ${this.lowest}`);
      return { results: this.results(height) };
    },
    block: async (height: number) => {
      this.ask('block');
      return { block: { txs: [0, 1, 2].map((tx) => this.bytes(height, tx)) } };
    },
    txSearch: async ({ query, page, per_page }: { query: string; page: number; per_page: number }) => {
      this.ask('txSearch');
      const [, from, to] = /tx\.height >= (\d+) AND tx\.height <= (\d+)/.exec(query) as unknown as [
        string,
        string,
        string,
      ];
      const count = query.startsWith('execute.') ? 2 * (Number(to) - Number(from) + 1) : 0;
      const first = (page - 1) * per_page;
      const txs = Array.from({ length: Math.min(per_page, count - first) }, (_, i) => {
        const [height, tx] = [Number(from) + Math.floor((first + i) / 2), 1 + ((first + i) % 2)];
        return { hash: sha256(this.bytes(height, tx)), height, index: tx, result: this.results(height)[tx] };
      });
      return { txs, totalCount: count };
    },
  } as unknown as CometClient;

  private bytes(height: number, tx: number): Uint8Array {
    return new TextEncoder().encode(`${height}/${tx}`);
  }
}
