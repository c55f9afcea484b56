// How far an upload is, how fast it goes and how long it will take.

import type { UploadProgress } from './messages';

/** The speed is that of the last few seconds, in milliseconds. */
const lookedBackMs = 8_000;

/** Before so much time has passed nobody can tell how fast it goes, in milliseconds. */
const earliestMs = 500;

/** Measures one upload. Times are milliseconds of any one clock. */
export class UploadMeter {
  private marks: { readonly at: number; readonly bytes: number }[] = [];
  private done = 0;

  constructor(private readonly file: string, private readonly totalBytes: number, startedAt: number) {
    this.marks.push({ at: startedAt, bytes: 0 });
  }

  /** Takes note that so many bytes are through. */
  reached(bytes: number, now: number): void {
    // A block that is sent once more counts back; nobody is told of less than before.
    this.done = Math.max(this.done, Math.min(bytes, this.totalBytes));
    this.marks.push({ at: now, bytes: this.done });
    const [, second] = this.marks;
    if (second && now - second.at > lookedBackMs) this.marks.shift();
  }

  /** What is to be shown. */
  progress(now: number): UploadProgress {
    const [first] = this.marks;
    const spentMs = first ? now - first.at : 0;
    const bytesPerSecond = first && spentMs >= earliestMs ? ((this.done - first.bytes) / spentMs) * 1000 : undefined;
    return {
      file: this.file,
      doneBytes: this.done,
      totalBytes: this.totalBytes,
      ...(bytesPerSecond === undefined ? {} : { bytesPerSecond }),
      ...(bytesPerSecond === undefined || bytesPerSecond <= 0
        ? {}
        : { remainingMs: ((this.totalBytes - this.done) / bytesPerSecond) * 1000 }),
    };
  }
}
