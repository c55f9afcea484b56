// The secret named values that may stand in a trace: those that the policies of its call name, and no others, as each read is logged.

import { below } from '../../../arm/apimPaths';
import { filledText, member, tryStringify } from '../../../base/shape';
import { shortestWithin } from '../../../redaction';
import { entriesAt, orElse } from '../access/reads';
import { readOwn } from '../limits/there';
import type { PolicyScope } from '../policy/policyScope';
import { scopePath } from '../policy/scopePaths';
import { full, listOf, nameOf, readPolicyAt, type ArmPlace } from '../publish/reading';

/** The values of so many secret named values are read, so many at a time. */
const mostNamedValues = 200;
const atATime = 4;

/** So many fragments are read; no policy that a person wrote names more. */
const mostFragments = 50;

/** What is hidden in traces. `unread`: how many secrets there may be that nobody can look for, as they are not known or too short. */
export interface NamedSecrets {
  readonly values: readonly string[];
  readonly unread: number;
}

/** The values, as they are now. Throws ArmFailed for what is not a matter of rights, and Cancelled. */
export async function readNamedSecrets(place: ArmPlace, scope: Extract<PolicyScope, { kind: 'operation' }>): Promise<NamedSecrets> {
  const { texts, unread } = await policyTexts(place, scope);
  const named = namesIn(texts);
  if (named.size === 0) return { values: [], unread };
  const all = await orElse(() => entriesAt(place, 'namedValue', '/namedValues'), undefined);
  if (!all) return { values: [], unread: unread + named.size };
  const known = new Set(all.flatMap(({ name, title }) => [name.toLowerCase(), title.toLowerCase()]));
  const missing = [...named].filter((each) => !known.has(each)).length;
  const secret = all.filter((each) =>
    each.secret === 'yes' && (named.has(each.title.toLowerCase()) || named.has(each.name.toLowerCase())));
  const values = await valuesOf(place, secret.slice(0, mostNamedValues).map(({ name }) => name));
  return { values, unread: unread + missing + secret.length - values.length };
}

/** The names between double braces, in lower case. */
export function namesIn(texts: readonly string[]): ReadonlySet<string> {
  const braced = texts.flatMap((text) => [...text.matchAll(/\{\{([^{}]{1,300})\}\}/g)].map(([, name = '']) => name.trim().toLowerCase()));
  return new Set(braced.filter((name) => name !== ''));
}

/** Those that can be read, and are long enough to be found wherever they stand. */
async function valuesOf(place: ArmPlace, names: string[]): Promise<readonly string[]> {
  const values: string[] = [];
  const worker = async (): Promise<void> => {
    for (let next = names.pop(); next !== undefined; next = names.pop()) {
      const path = `${below('', '/namedValues', next)}/listValue`;
      const answer = await orElse(() => place.arm.post(full(place, path), undefined, place.options), undefined);
      const value = filledText(member(answer?.body, 'value'));
      if (value !== undefined && value.length >= shortestWithin) values.push(value);
    }
  };
  await Promise.all(Array.from({ length: atATime }, worker));
  return values;
}

interface Texts {
  readonly texts: readonly string[];
  readonly unread: number;
}

/** The policies that a call goes through, with the fragments and backends that they use. */
async function policyTexts(place: ArmPlace, scope: Extract<PolicyScope, { kind: 'operation' }>): Promise<Texts> {
  const path = scopePath({ kind: 'api', api: scope.api.replace(/;rev=\d{1,9}$/, '') });
  const products = await orElse(async () => (await listOf(place, `${path}/products`)).map(nameOf), undefined);
  const scopes: readonly PolicyScope[] = [
    { kind: 'allApis' }, { kind: 'api', api: scope.api }, scope,
    ...(products ?? []).map((product) => ({ kind: 'product' as const, product })),
  ];
  const read = await Promise.all(scopes.map((each) => orElse(async () => (await readOwn(place, each))?.text ?? '', undefined)));
  const texts = read.filter((text) => text !== undefined);
  const fragments = await fragmentTexts(place, texts);
  const all = [...texts, ...fragments.texts];
  const isBackend = all.some((text) => text.includes('backend-id'));
  const backends = isBackend ? await orElse(async () => tryStringify(await listOf(place, '/backends')), undefined) : '';
  const unread = read.length - texts.length + fragments.unread + (products ? 0 : 1) + (backends === undefined ? 1 : 0);
  return { texts: [...all, backends ?? ''], unread };
}

/** Fragments may use others. */
async function fragmentTexts(place: ArmPlace, policies: readonly string[]): Promise<Texts> {
  const seen = new Set(fragmentsIn(policies));
  const texts: string[] = [];
  let unread = 0;
  for (const id of seen) {
    const there = texts.length + unread >= mostFragments
      ? undefined : await orElse(() => readPolicyAt(place, below('', '/policyFragments', id)), undefined);
    if (there?.body.kind !== 'policy') {
      unread += 1;
      continue;
    }
    texts.push(there.body.text);
    for (const inner of fragmentsIn([there.body.text])) seen.add(inner);
  }
  return { texts, unread };
}

function fragmentsIn(texts: readonly string[]): readonly string[] {
  return texts.flatMap((text) => {
    const tags = [...text.matchAll(/<include-fragment\s[^<>]{0,400}>/g)];
    return tags.flatMap(([tag]) => /fragment-id\s{0,9}=\s{0,9}["']([^"'<>]{1,200})["']/.exec(tag)?.[1] ?? []);
  });
}
