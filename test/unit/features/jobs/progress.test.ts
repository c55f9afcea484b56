// How fast an upload goes and how long it will take, as a person is told.

import { describe, expect, it } from 'vitest';
import { UploadMeter } from '../../../../src/features/jobs/progress';

const mebibyte = 1024 * 1024;

/** A meter of a file of 100 MiB that began at 0. */
function meter(marks: readonly (readonly [number, number])[] = []): UploadMeter {
  const made = new UploadMeter('days.csv', 100 * mebibyte, 0);
  for (const [at, mebibytes] of marks) made.reached(mebibytes * mebibyte, at);
  return made;
}

describe('an upload', () => {
  it('has no speed before anybody can tell one', () => {
    expect(meter().progress(400)).toEqual({ file: 'days.csv', doneBytes: 0, totalBytes: 100 * mebibyte });
    expect(meter([[300, 8]]).progress(400)).not.toHaveProperty('bytesPerSecond');
    expect(meter([[300, 8]]).progress(500)).toMatchObject({ bytesPerSecond: 16 * mebibyte, remainingMs: 92_000 / 16 });
  });

  it('tells no remaining time while nothing gets through', () => {
    const progress = meter().progress(60_000);
    expect(progress.bytesPerSecond).toBe(0);
    expect(progress).not.toHaveProperty('remainingMs');
  });

  it('is as fast as in the last seconds, not as at its beginning', () => {
    // 4 MiB a second for ten seconds, then 1 MiB a second for twenty.
    const marks = Array.from({ length: 30 }, (_, second) => [(second + 1) * 1000, Math.min(second + 1, 10) * 4 + Math.max(0, second - 9)] as const);
    const { bytesPerSecond = 0, remainingMs = 0 } = meter(marks).progress(30_000);
    expect(bytesPerSecond / mebibyte).toBeCloseTo(1, 5);
    expect(remainingMs).toBeCloseTo(40_000, 0);
  });

  it('slows down while it hangs', () => {
    const hanging = meter([[1000, 10], [2000, 20]]);
    const speeds = [2000, 5000, 20_000].map((now) => hanging.progress(now).bytesPerSecond ?? 0);
    expect(speeds).toEqual([10, 4, 1].map((each) => each * mebibyte));
  });

  it('is never told to be less than before, nor more than all', () => {
    const odd = meter([[1000, 50], [2000, 20]]);
    expect(odd.progress(2000).doneBytes).toBe(50 * mebibyte);
    odd.reached(1000 * mebibyte, 3000);
    expect(odd.progress(3000)).toMatchObject({ doneBytes: 100 * mebibyte, remainingMs: 0 });
  });
});
