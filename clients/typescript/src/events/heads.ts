/** Tells how high the chain is, as it grows: CometBFT's websocket, opened again whenever it breaks or falls silent. */
import WebSocket from 'isomorphic-ws';

/** How the websocket is kept. */
export interface HeadsOptions {
  /** Without a block for so long the connection is taken for dead, milliseconds (60,000). */
  readonly silence?: number;
  /** Longest pause before it is opened again, milliseconds (30,000); it doubles from 250. */
  readonly longestPause?: number;
  /** Told of each break, with the pause that follows, milliseconds. */
  readonly onBreak?: (reason: string, pause: number) => void;
}

const SUBSCRIBE = { jsonrpc: '2.0', id: 1, method: 'subscribe', params: { query: "tm.event='NewBlockHeader'" } };
/** Asked once a connection, so that a chain that makes no empty blocks tells where it stands. */
const STATUS = { jsonrpc: '2.0', id: 2, method: 'status', params: {} };

interface Answer {
  readonly error?: { readonly message?: string; readonly data?: string };
  readonly result?: {
    readonly data?: { readonly value?: { readonly header?: { readonly height?: string } } };
    readonly sync_info?: { readonly latest_block_height?: string };
  };
}

/** The websocket of an RPC address. */
export const websocketUrl = (rpc: string): string => `${rpc.replace(/^http/, 'ws').replace(/\/$/, '')}/websocket`;

export class Heads {
  private head = 0;
  private closed = false;
  private failures = 0;
  private socket: WebSocket | undefined;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private waiting: (() => void)[] = [];

  constructor(
    private readonly rpc: string,
    private readonly options: HeadsOptions = {},
  ) {
    this.dial();
  }

  /** The chain's height as soon as it is above `height`; none once this is closed. */
  async above(height: number): Promise<number | undefined> {
    while (!this.closed && this.head <= height) await new Promise<void>((resolve) => this.waiting.push(resolve));
    return this.closed ? undefined : this.head;
  }

  close(): void {
    this.closed = true;
    clearTimeout(this.timer);
    this.socket?.close();
    this.wake();
  }

  private dial(): void {
    const socket = new WebSocket(websocketUrl(this.rpc));
    this.socket = socket;
    const lost = (reason: string) => {
      if (this.socket === socket) this.again(reason);
    };
    socket.onopen = () => {
      socket.send(JSON.stringify(SUBSCRIBE));
      socket.send(JSON.stringify(STATUS));
    };
    socket.onmessage = ({ data }) => {
      if (this.socket === socket) this.heard(String(data), lost);
    };
    socket.onerror = ({ message }) => lost(message || 'the connection failed');
    socket.onclose = () => lost('the node closed the connection');
    this.watch();
  }

  private heard(data: string, lost: (reason: string) => void): void {
    let answer: Answer;
    try {
      answer = JSON.parse(data) as Answer;
    } catch {
      return lost('the node sent something that is no JSON');
    }
    if (answer.error) return lost(answer.error.data ?? answer.error.message ?? 'the node refused the subscription');
    const height = Number(answer.result?.data?.value?.header?.height ?? answer.result?.sync_info?.latest_block_height);
    if (!(height > 0)) return; // the subscription's acknowledgement
    this.failures = 0;
    this.watch();
    if (height > this.head) {
      this.head = height;
      this.wake();
    }
  }

  /** Begins to wait for the next block anew. */
  private watch(): void {
    clearTimeout(this.timer);
    const silence = this.options.silence ?? 60_000;
    this.timer = setTimeout(() => this.again(`no block for ${silence} ms`), silence);
  }

  private again(reason: string): void {
    const { socket } = this;
    this.socket = undefined;
    clearTimeout(this.timer);
    socket?.close();
    if (this.closed) return;
    // Half of the pause is random: clients of a node that restarts do not all come back at once.
    const most = Math.min(250 * 2 ** this.failures++, this.options.longestPause ?? 30_000);
    const pause = Math.round(most / 2 + (Math.random() * most) / 2);
    this.options.onBreak?.(reason, pause);
    this.timer = setTimeout(() => this.dial(), pause);
  }

  private wake(): void {
    const waiting = this.waiting;
    this.waiting = [];
    for (const resolve of waiting) resolve();
  }
}
