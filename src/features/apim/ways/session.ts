// A comparison of both ways while its page is open: what is sent, which limits are ahead, the run, and what was found.

import * as l10n from '@vscode/l10n';
import { Cancelled, type ErrorParts } from '../../../model/errors';
import type { Exchange } from '../../../model/exchange';
import { Emitter, type Disposable } from '../../../model/lifetime';
import type { Service } from '../../../model/service';
import type { Comparison } from '../../history';
import type { ArmOf } from '../instance';
import { waitText } from '../publish/publishWords';
import { readLimitsAhead, type LimitsAhead } from './limitsAhead';
import { mostTurns, usualTurns, type Way } from './measures';
import type { ToWaysPage } from './messages';
import type { ApiPlace, WayPair } from './pairs';
import { runWays, type WaysResult } from './runWays';
import { aheadTexts, shownResult } from './waysWords';

/** A request that can be sent, and what it is, in a sentence. */
export interface WaysRequest {
  /** Makes one call, without repeats. Throws Cancelled, and what keeps it from being sent. */
  readonly call: (service: Service, signal: AbortSignal) => Promise<Exchange>;
  readonly about: string;
  /** The same request in the form in which it was sent once; undefined where that cannot be told, as a key in it is masked. */
  readonly inFormOf: (sent: Exchange) => WaysRequest | undefined;
}

/** What it needs from outside. */
export interface WaysSessionParts {
  readonly arms: ArmOf;
  /** Finds what is sent; `sending` where it goes out now. Throws what a person is told where there is nothing, and Cancelled. */
  readonly request: (pair: WayPair, signal: AbortSignal, sending: boolean) => Promise<WaysRequest>;
  /** The subscription key of the gateway's way; it is compared in memory, and kept nowhere. */
  readonly gatewayKey: (gateway: Service) => Promise<string | undefined>;
  /** Compares two answers as tables, as the history does. */
  readonly compareAnswers: (direct: Exchange, gateway: Exchange) => Promise<Comparison>;
  readonly describe: (error: unknown) => ErrorParts;
  /** Milliseconds of a clock that only goes on. */
  readonly ticks: () => number;
  /** When calls through this gateway were made from here, by `ticks`; runs add theirs. */
  readonly made: number[];
}

/** The comparison. */
export class WaysSession implements Disposable {
  private readonly changed = new Emitter<void>();
  readonly onDidChange = this.changed.event;
  private request: WaysRequest | undefined;
  private limits: LimitsAhead | undefined;
  private turns = usualTurns;
  private busy: ToWaysPage['busy'];
  private wait: string | undefined;
  private problem: ErrorParts | undefined;
  private result: WaysResult | undefined;
  private resultTurns = usualTurns;
  /** True where the gateway took another form of the request, which went both ways then. */
  private otherForm = false;
  private comparison: Comparison | undefined;
  private stopping = new AbortController();

  constructor(private readonly parts: WaysSessionParts, readonly pair: WayPair) {}

  /** Goes on where a comparison of the same ways was left: with its number of calls and what it has found. */
  goOnFrom(former: WaysSession): void {
    const { direct, gateway } = former.pair;
    if (direct.address !== this.pair.direct.address || gateway.address !== this.pair.gateway.address) return;
    this.turns = former.turns;
    if (former.busy === 'running') return;
    [this.result, this.comparison, this.resultTurns, this.otherForm] =
      [former.result, former.comparison, former.resultTurns, former.otherForm];
  }

  /** Finds what is sent, and reads the limits that are ahead. */
  load(): Promise<void> {
    return this.work('reading', async (signal) => {
      this.request = await this.parts.request(this.pair, signal, false);
      const { place } = this.pair;
      this.limits = place && (await this.readLimits(place, signal));
    });
  }

  /** So many calls are to be made each way. */
  setTurns(turns: number): void {
    this.turns = Math.min(mostTurns, Math.max(1, Math.round(turns)));
    this.changed.fire();
  }

  /** Makes the calls. */
  run(): Promise<void> {
    return this.work('running', async (signal) => {
      const { parts, turns } = this;
      // The file may be another one by now.
      const request = await parts.request(this.pair, signal, true);
      this.request = request;
      [this.result, this.comparison, this.resultTurns, this.otherForm] = [undefined, undefined, turns, false];
      let result = await this.measure(request, signal);
      const other = result.ending?.kind === 'otherForm' ? request.inFormOf(result.ending.sent) : undefined;
      if (other) {
        this.otherForm = true;
        result = await this.measure(other, signal);
      }
      this.result = result;
      const { direct, gateway } = result.samples;
      if (result.ending?.kind === 'otherForm' || !direct?.answer || !gateway?.answer || direct.problem || gateway.problem) return;
      this.comparison = await parts.compareAnswers(direct, gateway);
    });
  }

  private measure(request: WaysRequest, signal: AbortSignal): Promise<WaysResult> {
    const { parts: { ticks, made }, pair, resultTurns, limits } = this;
    const call = (way: Way): Promise<Exchange> => request.call(pair[way], signal);
    return runWays({ call, ticks, made }, resultTurns, limits?.ceilings ?? { counted: [] }, signal, (now) => {
      this.result = now;
      this.changed.fire();
    });
  }

  /** Does once more what went wrong. */
  retry(): Promise<void> {
    return this.load();
  }

  /** Stops what is under way; what was measured stays. */
  stop(): void {
    this.stopping.abort();
  }

  /** The first answer of a way. */
  sample(way: Way): Exchange | undefined {
    return this.result?.samples[way];
  }

  /** The calls as they were measured. */
  get calls(): WaysResult['calls'] {
    return this.result?.calls ?? [];
  }

  view(): ToWaysPage {
    const { parts, pair: { direct, gateway }, busy, wait, problem, request, turns, limits, result, comparison, resultTurns } = this;
    return {
      type: 'ways', saved: { direct: direct.address, gateway: gateway.address }, title: direct.name,
      direct: { name: direct.name, address: direct.address }, gateway: { name: gateway.name, address: gateway.address },
      ...(busy === undefined ? {} : { busy }), ...(wait === undefined ? {} : { wait }), ...(problem === undefined ? {} : { problem }),
      ...(busy === 'running' ? { progress: { done: result?.calls.length ?? 0, all: resultTurns * 2 } } : {}),
      request: request?.about ?? '', turns, most: mostTurns,
      ahead: busy === 'reading' || request === undefined
        ? [] : aheadTexts(turns, limits?.ceilings, { made: parts.made, now: parts.ticks() }, limits?.caller),
      canRun: request !== undefined,
      ...(result === undefined ? {} : { result: shownResult(result, comparison, resultTurns, this.otherForm) }),
    };
  }

  dispose(): void {
    this.stop();
    this.changed.dispose();
  }

  /** Undefined where they may not be read. */
  private async readLimits({ instance, api }: ApiPlace, signal: AbortSignal): Promise<LimitsAhead | undefined> {
    const onWait = (wait: Parameters<typeof waitText>[0]): void => {
      this.wait = waitText(wait);
      this.changed.fire();
    };
    const place = { arm: await this.parts.arms(instance), instance, options: { signal, onWait } };
    return readLimitsAhead(place, api, await this.parts.gatewayKey(this.pair.gateway));
  }

  private async work(busy: ToWaysPage['busy'], work: (signal: AbortSignal) => Promise<void>): Promise<void> {
    if (this.busy !== undefined) return;
    [this.busy, this.problem] = [busy, undefined];
    this.stopping = new AbortController();
    this.changed.fire();
    try {
      await work(this.stopping.signal);
    } catch (error) {
      if (!(error instanceof Cancelled)) this.problem = this.parts.describe(error);
    } finally {
      [this.busy, this.wait] = [undefined, undefined];
      this.changed.fire();
    }
  }
}

/** The page where there is nothing to compare. */
export function noWays(): ToWaysPage {
  const none = { name: '', address: '' };
  return {
    type: 'ways', title: l10n.t('Compare Direct and Through Gateway'), direct: none, gateway: none, request: '', turns: usualTurns,
    most: mostTurns, ahead: [], canRun: false,
  };
}
