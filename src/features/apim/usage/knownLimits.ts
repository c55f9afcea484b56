// What limits the things that callers were refused for, and what they are called: read once, until a person asks for it anew.

import { below } from '../../../arm/apimPaths';
import { ArmFailed } from '../../../model/errors';
import { titleAt } from '../access/reads';
import { shownWords } from '../limits/shownPart';
import { currentLimits } from '../policy/currentLimits';
import type { PolicyScope } from '../policy/policyScope';
import { policyPath } from '../policy/scopePaths';
import { readPolicyAt, type ArmPlace } from '../publish/reading';
import { limitText } from '../publish/publishWords';
import type { ThrottledLimit } from './messages';
import type { UsageRead } from './read';
import type { RefusedCaller } from './requests';
import { idsKey } from './scope';
import type { UsageIds } from './usageShape';
import { otherElementText } from './usageWords';

/** So many products, APIs and operations are looked at each, and so many callers are asked for by name. */
const mostAsked = 8;
const mostNamed = 24;

/** What was read of a policy. */
type ReadPolicy = Pick<ThrottledLimit, 'state' | 'limits'>;

/** Policies and names of an instance. */
export class KnownLimits {
  private readonly policies = new Map<string, ReadPolicy>();
  private readonly titles = new Map<string, string>();

  /**
   * What may have refused these callers, by the keys of what they were refused for; of many not all is looked at. Throws ArmFailed and
   * Cancelled.
   */
  async limitsOf(place: ArmPlace, read: UsageRead, callers: readonly RefusedCaller[]): Promise<ReadonlyMap<string, ThrottledLimit>> {
    const scopes = (['product', 'api', 'operation'] as const).flatMap((kind) => {
      const found = new Map(callers.flatMap((caller) => scopesOf(caller, kind)).map((scope) => [keyOf(scope), scope]));
      return [...found.values()].slice(0, mostAsked);
    });
    const all: readonly PolicyScope[] = callers.length === 0 ? [] : [...scopes, { kind: 'allApis' }];
    return new Map(await Promise.all(all.map(async (scope) => {
      const key = keyOf(scope);
      const policy = this.policies.get(key) ?? (await readLimitsAt(place, scope));
      this.policies.set(key, policy);
      return [key, { key, scope, title: await this.titleOf(place, read, scope), ...policy }] as const;
    })));
  }

  /** What these callers are called, by their names in small letters, as far as they are looked up. Throws ArmFailed and Cancelled. */
  async titlesOf(place: ArmPlace, read: UsageRead, callers: readonly RefusedCaller[]): Promise<ReadonlyMap<string, string>> {
    const names = callers.flatMap(({ subscription }) => subscription ?? []);
    const told = await Promise.all(names.map(async (name, at) => {
      const ids = { subscription: name };
      const title = at < mostNamed ? await this.titleFor(place, read, 'subscription', ids, name) : this.known(read, 'subscription', ids);
      return title === undefined ? [] : [[name.toLowerCase(), title] as const];
    }));
    return new Map(told.flat());
  }

  private async titleOf(place: ArmPlace, read: UsageRead, scope: PolicyScope): Promise<string> {
    switch (scope.kind) {
      case 'allApis':
        return '';
      case 'product':
        return this.titleFor(place, read, scope.kind, { product: scope.product }, scope.product);
      case 'api':
        return this.titleFor(place, read, scope.kind, { api: scope.api }, scope.api);
      case 'operation': {
        const { api, operation } = scope;
        return this.titleFor(place, read, scope.kind, { api, operation }, operation);
      }
      default:
        return scope satisfies never;
    }
  }

  /** As the reports call it, or else as the instance does. */
  private async titleFor(place: ArmPlace, read: UsageRead, kind: keyof UsageIds, ids: UsageIds, name: string): Promise<string> {
    const known = this.known(read, kind, ids);
    if (known !== undefined) return known;
    const title = await titleAt(place, kind, pathOf(kind, ids, name), name);
    this.titles.set(idsKey(ids), title);
    return title;
  }

  private known({ breakdowns }: UsageRead, kind: keyof UsageIds, ids: UsageIds): string | undefined {
    const key = idsKey(ids);
    const told = breakdowns.find((each) => each.kind === kind)?.rows.find((row) => idsKey(row.ids) === key)?.name ?? '';
    return told === '' ? this.titles.get(key) : told;
  }
}

/** The keys of what a caller was refused for, the most general last. */
export function limitKeys(caller: RefusedCaller): readonly string[] {
  const scopes = (['product', 'api', 'operation'] as const).flatMap((kind) => scopesOf(caller, kind));
  return [...scopes, { kind: 'allApis' as const }].map(keyOf);
}

/** True for what is worth a line: what was called, and all else that limits or may. */
export function isTold({ scope: { kind }, state, limits }: ThrottledLimit): boolean {
  return kind === 'product' || kind === 'api' || state !== 'read' || limits.length > 0;
}

function scopesOf({ products, apis, operations }: RefusedCaller, kind: 'product' | 'api' | 'operation'): readonly PolicyScope[] {
  if (kind === 'product') return products.map((product) => ({ kind, product }));
  return kind === 'api' ? apis.map((api) => ({ kind, api })) : operations.map((each) => ({ kind, ...each }));
}

function keyOf(scope: PolicyScope): string {
  return idsKey(scope.kind === 'allApis' ? {} : scope);
}

function pathOf(kind: keyof UsageIds, { api = '' }: UsageIds, name: string): string {
  const collections = { api: '/apis', product: '/products', subscription: '/subscriptions' } as const;
  return kind === 'operation' ? below('', '/apis', api, 'operations', name) : below('', collections[kind], name);
}

/** What a policy limits. One that is not there limits nothing; one that may not be read is not known. */
async function readLimitsAt(place: ArmPlace, scope: PolicyScope): Promise<ReadPolicy> {
  let policy: Awaited<ReturnType<typeof readPolicyAt>>;
  try {
    policy = await readPolicyAt(place, policyPath(scope));
  } catch (error) {
    if (error instanceof ArmFailed && (error.reason === 'forbidden' || error.reason === 'invalid')) return { state: 'unread', limits: [] };
    throw error;
  }
  const text = policy?.body.kind === 'policy' ? policy.body.text : '';
  if (text.trim() === '') return { state: 'read', limits: [] };
  const { editable, rateLimit, quota, others } = currentLimits(text);
  if (!editable) return { state: 'notUnderstood', limits: [] };
  const own = [rateLimit, quota].flatMap((limit) => (limit ? [limitText(limit)] : []));
  const more = others.map(({ name, limit }) => (limit ? limitText(limit) : otherElementText(name)));
  return { state: 'read', limits: [...own, ...more].map(shownWords) };
}
