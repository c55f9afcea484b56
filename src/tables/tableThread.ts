// The editor's side of the thread that tables are worked on: started with the first table that needs it, ended with the last.

import { Worker } from 'node:worker_threads';
import { Cancelled, LocalFailure } from '../model/errors';
import type { FileNews, FromThread, Question, Reply, ToThread } from './tableMessages';

/** What a table is told by its thread. */
export interface ChannelListener {
  onNews(news: FileNews): void;
  /** The thread is gone, and what it held of this table. */
  onEnded(failure: LocalFailure): void;
}

/** What a call is told while it lasts. */
export interface CallListener {
  readonly onProgress?: (done: number) => void;
  /** A piece of text; the next comes once the channel was told `taken`. */
  readonly onPiece?: (text: string) => void;
}

/** A call that is under way. */
interface Waiting extends CallListener {
  readonly channel: TableChannel;
  readonly settle: (outcome: Reply | Error) => void;
}

/** Starts the thread when a table needs it. */
export class TableThread {
  private running: Running | undefined;
  private ending: Promise<unknown> = Promise.resolve();

  /** @param program path of the thread's program; `log` gets a line when the thread fails; `texts` are those of the display language */
  constructor(
    private readonly program: string,
    private readonly log: (line: string) => void,
    private readonly texts?: Readonly<Record<string, string>>,
  ) {}

  /** A place for one more table. */
  join(listener: ChannelListener): TableChannel {
    this.running ??= new Running(this.program, this.log, this.texts, (running) => {
      if (this.running === running) this.running = undefined;
      this.ending = Promise.all([this.ending, running.terminate()]);
    });
    return this.running.join(listener);
  }

  /** Settles once threads that were left are gone. */
  async ended(): Promise<void> {
    await this.ending;
  }
}

/** One thread, as long as it runs. */
class Running {
  private readonly worker: Worker;
  private readonly channels = new Map<number, TableChannel>();
  private readonly calls = new Map<number, Waiting>();
  private tables = 0;
  private asked = 0;
  private over: LocalFailure | undefined;

  /** @param onLeft is told when the last table has left, or the thread has ended by itself */
  constructor(
    program: string, log: (line: string) => void, texts: Readonly<Record<string, string>> | undefined,
    private readonly onLeft: (running: Running) => void,
  ) {
    this.worker = new Worker(program, { name: 'tables', execArgv: [], workerData: { texts } });
    this.worker.on('message', (message: FromThread) => this.onMessage(message));
    this.worker.on('error', (error: unknown) => {
      // Where it happened, and nothing of a table: what the thread throws itself may quote a cell.
      log(`The thread of tables has failed: ${faultOf(error)}`);
      this.end();
    });
    this.worker.on('exit', (code) => {
      if (this.over === undefined && this.channels.size > 0) log(`The thread of tables has ended with code ${code}`);
      this.end();
    });
  }

  join(listener: ChannelListener): TableChannel {
    const channel = new TableChannel(this, ++this.tables, listener);
    this.channels.set(channel.table, channel);
    return channel;
  }

  leave(channel: TableChannel): void {
    if (!this.channels.delete(channel.table)) return;
    for (const [call, waiting] of this.calls) {
      if (waiting.channel !== channel) continue;
      this.calls.delete(call);
      waiting.settle(new Cancelled());
    }
    this.post({ kind: 'close', table: channel.table });
    if (this.channels.size === 0) this.onLeft(this);
  }

  post(message: ToThread): void {
    if (this.over === undefined) this.worker.postMessage(message);
  }

  ask(question: Question, waiting: Waiting): number {
    const call = ++this.asked;
    if (this.over === undefined) {
      this.calls.set(call, waiting);
      this.post({ kind: 'ask', table: waiting.channel.table, call, question });
    } else waiting.settle(this.over);
    return call;
  }

  stop(call: number): void {
    const waiting = this.calls.get(call);
    if (waiting === undefined) return;
    this.calls.delete(call);
    this.post({ kind: 'stop', table: waiting.channel.table, call });
    waiting.settle(new Cancelled());
  }

  async terminate(): Promise<void> {
    await this.worker.terminate();
  }

  private onMessage(message: FromThread): void {
    switch (message.kind) {
      case 'news': return this.channels.get(message.table)?.listener.onNews(message.news);
      case 'progress': return this.calls.get(message.call)?.onProgress?.(message.done);
      case 'piece': return this.calls.get(message.call)?.onPiece?.(message.text);
      case 'reply': return this.settle(message.call, message.reply);
      case 'failed': return this.settle(message.call, message.problem === undefined ? new Cancelled() : new LocalFailure(message.problem));
      default: return message satisfies never;
    }
  }

  private settle(call: number, outcome: Reply | Error): void {
    const waiting = this.calls.get(call);
    this.calls.delete(call);
    waiting?.settle(outcome);
  }

  private end(): void {
    if (this.over !== undefined) return;
    const over = new LocalFailure({
      sentence: 'The part of the extension that reads tables has ended unexpectedly.',
      advice: 'Open the table again.',
    });
    this.over = over;
    const channels = [...this.channels.values()];
    this.channels.clear();
    this.onLeft(this);
    for (const waiting of this.calls.values()) waiting.settle(over);
    this.calls.clear();
    for (const { listener } of channels) listener.onEnded(over);
  }
}

/** A table's place on the thread. */
export class TableChannel {
  constructor(private readonly running: Running, readonly table: number, readonly listener: ChannelListener) {}

  post(message: ToThread): void {
    this.running.post(message);
  }

  /**
   * Asks, and waits. Throws Cancelled when `signal` is raised or the table leaves, LocalFailure when a file cannot be read or the thread
   * ends.
   */
  async ask(question: Question, signal?: AbortSignal, listener: CallListener = {}): Promise<Reply> {
    if (signal?.aborted === true) throw new Cancelled();
    return new Promise<Reply>((resolve, reject) => {
      const stop = (): void => this.running.stop(call);
      const settle = (outcome: Reply | Error): void => {
        signal?.removeEventListener('abort', stop);
        if (outcome instanceof Error) reject(outcome);
        else resolve(outcome);
      };
      signal?.addEventListener('abort', stop, { once: true });
      const call: number = this.running.ask(question, { ...listener, channel: this, settle });
    });
  }

  /** Asks for text, and hands it on piece by piece. Throws as `ask` does; whoever takes no more pieces stops the writing. */
  async *write(question: Extract<Question, { kind: 'write' }>, signal: AbortSignal): AsyncGenerator<string> {
    if (signal.aborted) throw new Cancelled();
    const pieces: string[] = [];
    let outcome: Reply | Error | undefined;
    let wake = (): void => undefined;
    const call: number = this.running.ask(question, {
      channel: this,
      settle: (each) => {
        outcome = each;
        wake();
      },
      onPiece: (text) => {
        pieces.push(text);
        wake();
      },
    });
    const stop = (): void => this.running.stop(call);
    signal.addEventListener('abort', stop, { once: true });
    try {
      for (;;) {
        const piece = pieces.shift();
        if (outcome instanceof Error) throw outcome;
        if (piece !== undefined) {
          yield piece;
          this.post({ kind: 'taken', table: this.table, call });
        } else if (outcome !== undefined) return;
        else {
          await new Promise<void>((resolve) => {
            wake = resolve;
          });
        }
      }
    } finally {
      signal.removeEventListener('abort', stop);
      stop();
    }
  }

  /** Frees what the thread holds of the table. Calls that are under way end as Cancelled. */
  leave(): void {
    this.running.leave(this);
  }
}

/** The kind of an error, its code and where it came from: its own words may quote a cell, and the log keeps nothing of a table. */
function faultOf(error: unknown): string {
  if (!(error instanceof Error)) return 'It threw what is no error.';
  const code = 'code' in error && typeof error.code === 'string' ? ` ${error.code}` : '';
  const places = (error.stack ?? '').split('\n').filter((line) => /^\s+at /.test(line));
  return [`${error.name}${code}`, ...places].join('\n');
}
