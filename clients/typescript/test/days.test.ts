/** The same days as packages/days reckons on chain. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Days, PARTS } from '../src/index.js';

const daily = (start: number) =>
  new Days({ start, day_seconds: PARTS, close_after: PARTS / 4, final_after: (PARTS / 4) * 9 });

test('a day moves through its stages by time alone', () => {
  const days = daily(1_000_000);
  const end = 1_000_000 + 86_400;
  for (const [now, stage] of [
    [999_999, 'ahead'],
    [1_000_000, 'open'],
    [end - 1, 'open'],
    [end, 'closing'],
    [end + 6 * 3600 - 1, 'closing'],
    [end + 6 * 3600, 'provisional'],
    [end + 54 * 3600 - 1, 'provisional'],
    [end + 54 * 3600, 'final'],
  ] as const) {
    assert.equal(days.stage(1, now), stage, `at ${now}`);
  }
});

test('last closed and last final agree with the stages', () => {
  for (const day_seconds of [10, 60, 86_399, 86_400]) {
    const days = new Days({ start: 500, day_seconds, close_after: 21_600, final_after: 194_400 });
    for (let step = 0; step < 2_000; step++) {
      const now = 500 + Math.floor((step * day_seconds) / 97);
      const [closed, final] = [days.lastClosed(now), days.lastFinal(now)];
      assert.ok(closed === 0 || ['provisional', 'final'].includes(days.stage(closed, now)));
      assert.ok(!['provisional', 'final'].includes(days.stage(closed + 1, now)));
      assert.ok(final === 0 || days.stage(final, now) === 'final');
      assert.notEqual(days.stage(final + 1, now), 'final');
      assert.ok(days.part(now) >= 0 && days.part(now) < PARTS);
      assert.ok(days.opens(days.day(now)) <= now && now < days.ends(days.day(now)));
    }
  }
});

test('before the programme it is day zero', () => {
  const days = daily(1_000);
  assert.deepEqual([days.day(999), days.day(1_000), days.part(0), days.lastClosed(10)], [0, 1, 0, 0]);
});

test('a part of a short day is a part of 86,400', () => {
  const days = new Days({ start: 0, day_seconds: 60, close_after: 21_600, final_after: 194_400 });
  assert.deepEqual([days.part(30), days.part(new Date(59_999)), days.part(61)], [43_200, 84_960, 1_440]);
  assert.deepEqual([days.closes(1), days.finals(1)], [75, 195]);
});
