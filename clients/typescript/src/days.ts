/** Days of the programme from the clock and the time alone, as `packages/days` reckons them on chain. */

/** The programme's clock; all contracts of one deployment hold the same one. */
export interface Clock {
  /** Unix second at which day 1 begins. */
  readonly start: number;
  /** Length of a day in seconds. */
  readonly day_seconds: number;
  /** Parts of a day between a day's end and its close; late reports count until then. */
  readonly close_after: number;
  /** Parts of a day between a day's end and the moment it is final. */
  readonly final_after: number;
}

/** Where a day stands. */
export type Stage = 'ahead' | 'open' | 'closing' | 'provisional' | 'final';

/** Parts of a day: seconds where a day lasts 24 hours. */
export const PARTS = 86_400;

/** Unix seconds of now, of a `Date`, or as given. What counts on chain is the time of the block: `connection.now()`. */
export type Moment = number | Date;

const seconds = (moment: Moment): number =>
  typeof moment === 'number' ? Math.floor(moment) : Math.floor(moment.getTime() / 1000);

/** A clock that answers. */
export class Days {
  constructor(readonly clock: Clock) {}

  /** The day that runs; 0 before the programme starts. */
  day(now: Moment = new Date()): number {
    const since = seconds(now) - this.clock.start;
    return since < 0 ? 0 : this.daysIn(since) + 1;
  }

  /** Part of the running day that has passed: what a receipt sold now has as its `time`. */
  part(now: Moment = new Date()): number {
    const into = Math.max(0, seconds(now) - Math.max(this.opens(this.day(now)), this.clock.start));
    return Math.floor((into * PARTS) / this.clock.day_seconds);
  }

  /** Unix second at which a day begins. */
  opens(day: number): number {
    return day < 1 ? 0 : this.clock.start + (day - 1) * this.clock.day_seconds;
  }

  /** Unix second at which it has ended. */
  ends(day: number): number {
    return this.opens(day + 1);
  }

  /** Unix second from which it takes no more reports. */
  closes(day: number): number {
    return this.ends(day) + this.lasts(this.clock.close_after);
  }

  /** Unix second from which it can be claimed. */
  finals(day: number): number {
    return this.ends(day) + this.lasts(this.clock.final_after);
  }

  /** Where it stands. */
  stage(day: number, now: Moment = new Date()): Stage {
    const at = seconds(now);
    if (at < this.opens(day)) return 'ahead';
    if (at < this.ends(day)) return 'open';
    if (at < this.closes(day)) return 'closing';
    return at < this.finals(day) ? 'provisional' : 'final';
  }

  /** The last day that is closed; 0 where none is. */
  lastClosed(now: Moment = new Date()): number {
    return this.lastPast(now, this.clock.close_after);
  }

  /** The last day that can be claimed; 0 where none can. */
  lastFinal(now: Moment = new Date()): number {
    return this.lastPast(now, this.clock.final_after);
  }

  private lastPast(now: Moment, parts: number): number {
    const since = Math.max(0, seconds(now) - this.clock.start) - this.lasts(parts);
    return since < 0 ? 0 : this.daysIn(since);
  }

  /** Seconds that parts of a day last, rounded up. */
  private lasts(parts: number): number {
    return Math.ceil((parts * this.clock.day_seconds) / PARTS);
  }

  private daysIn(span: number): number {
    return Math.floor(span / this.clock.day_seconds);
  }
}
