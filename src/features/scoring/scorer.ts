// The one way to make a request-response call: finds the service's keys and the person's settings, and tells those who keep what came back.

import type { Clock } from '../../model/clock';
import { Cancelled, messageOf } from '../../model/errors';
import type { Exchange } from '../../model/exchange';
import { Emitter, type Disposable } from '../../model/lifetime';
import type { Secrets, Service } from '../../model/service';
import { yieldToOthers } from '../../base/yieldToOthers';
import type { Transport } from '../../model/wire';
import type { ScoreProgress, ScoreRequest } from '../../protocols/protocol';
import { credentialOf, protocolOf } from '../../protocols/registry';
import type { OwnCall } from './runs';

/** What is to be scored, and where. */
export interface ScorerCall {
  readonly service: Service;
  /** Reads the request just before it is sent: of many calls few are held at a time. Throws what keeps it from being sent. */
  readonly read: () => Promise<ScoreRequest>;
  /** What the request is called, for people: the name of its file. */
  readonly source: string;
  /** URI of the file that the request is in, where it is in one. */
  readonly file?: string;
}

/** A call that is over, whatever came of it. */
export interface Scored {
  readonly exchange: Exchange;
  readonly call: Pick<ScorerCall, 'file'>;
  /** True for the sample service, whose address changes from start to start. */
  readonly sample: boolean;
  /** The keys that it was made with, and whatever else is to be shown nowhere. */
  readonly hidden: () => Promise<readonly string[]>;
}

/** What the scorer needs from outside. */
export interface ScorerParts {
  /** The service with this address as it is now; throws what the person is told when there is none any more. */
  readonly current: (service: Service) => Service;
  readonly isSample: (service: Service) => boolean;
  readonly keysOf: (service: Service) => Promise<Secrets>;
  /** How patient a call is. */
  readonly patience: () => { readonly timeoutMs: number; readonly maxRepeats: number; readonly maxWaitMs: number };
  readonly transport: () => Promise<Transport>;
  readonly clock: Clock;
  /** Numbers from 0 to 1, for the jitter of waits. */
  readonly random: () => number;
  readonly log: (line: string) => void;
}

/** Makes the calls of this window. */
export class Scorer implements Disposable {
  private readonly scored = new Emitter<Scored>();
  private readonly waits = new Set<(signal: AbortSignal) => Promise<void>>();

  /** Raised after each call that was not cancelled, before its caller goes on. */
  readonly onDidScore = this.scored.event;

  constructor(private readonly parts: ScorerParts) {}

  /**
   * Each call waits for this before its request is read. An error in it is logged and keeps nobody from sending; Cancelled ends the call.
   */
  waitBefore(wait: (signal: AbortSignal) => Promise<void>): Disposable {
    this.waits.add(wait);
    return { dispose: () => void this.waits.delete(wait) };
  }

  /**
   * Makes one call. Faults of the service and of the network come back inside the exchange. Throws Cancelled when `signal` is raised, what
   * `read` throws, and InvalidInput when the service has been removed.
   */
  async score(call: ScorerCall, signal: AbortSignal, onProgress: (progress: ScoreProgress) => void = () => undefined): Promise<Exchange> {
    const { parts } = this;
    const { timeoutMs, maxRepeats, maxWaitMs } = parts.patience();
    // The service may have got another header since the call was made; its address never changes.
    const service = parts.current(call.service);
    await this.waitForTurn(signal);
    const secrets = (): Promise<Secrets> => parts.keysOf(service);
    const asked = {
      service, request: await call.read(), source: call.source, credential: async () => credentialOf(service, await secrets()), timeoutMs,
      repeats: { maxRepeats, maxWaitMs },
    };
    const { clock, random, log } = parts;
    const tools = { transport: await parts.transport(), clock, random, log };
    const exchange = await protocolOf(service).score(asked, tools, signal, onProgress);
    const hidden = async (): Promise<readonly string[]> => Object.values(await secrets()).filter((each) => each !== undefined);
    this.scored.fire({ exchange, call, sample: parts.isSample(service), hidden });
    return exchange;
  }

  /** Makes a call of another kind in the same way: in its turn, and told to those who keep what came back. Throws what the call throws. */
  async make({ call, hidden, sample }: OwnCall, signal: AbortSignal, onProgress: (progress: ScoreProgress) => void): Promise<Exchange> {
    await this.waitForTurn(signal);
    const exchange = await call(signal, onProgress);
    const values = hidden();
    this.scored.fire({ exchange, call: {}, sample, hidden: () => Promise.resolve(values) });
    return exchange;
  }

  /** An exchange of which only the bodies were kept, with the tables that are in its answer. */
  async withTables(exchange: Exchange): Promise<Exchange> {
    const { answer, problem } = exchange;
    if (!answer || problem || answer.status < 200 || answer.status >= 300 || answer.body.byteLength === 0) return exchange;
    const read = await protocolOf(exchange.service).readAnswer(answer, { request: exchange.requestBody, pause: yieldToOthers });
    return read.kind === 'tables' ? { ...exchange, tables: read.tables } : exchange;
  }

  dispose(): void {
    this.scored.dispose();
  }

  private async waitForTurn(signal: AbortSignal): Promise<void> {
    for (const wait of this.waits) {
      await wait(signal).catch((error: unknown) => {
        if (error instanceof Cancelled) throw error;
        this.parts.log(`A call did not wait for its turn: ${messageOf(error)}`);
      });
      // Nothing is read for a call that is given up, and no key is fetched.
      if (signal.aborted) throw new Cancelled();
    }
  }
}
