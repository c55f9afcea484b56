// Addresses of calls on Azure Resource Manager: how they are made of paths, whose they are, and how a person reads them. Pure.

import * as l10n from '@vscode/l10n';
import { percentDecoded } from '../base/percent';
import { beginningOfText } from '../base/cutText';
import { apiVersionOf } from './apimPaths';
import type { ArmSubject } from './armMessages';

/** Scheme, host and port of an address that may be called; undefined for one that is none, or holds a user name. */
export function originOf(url: string): string | undefined {
  if (!URL.canParse(url)) return undefined;
  const { protocol, origin, username, password } = new URL(url);
  return (protocol === 'https:' || protocol === 'http:') && username === '' && password === '' ? origin : undefined;
}

/** The address of a path. Throws where the path is none that `apimPaths.ts` makes: that is a fault of whoever made it. */
export function urlOf(endpoint: string, path: string, query: Readonly<Record<string, string>> = {}): string {
  const ok = path.startsWith('/') && !/[?#\\\s]/.test(path) && !path.split('/').some((part) => /^(?:\.|%2e){1,2}$/i.test(part));
  if (!ok || !URL.canParse(endpoint)) throw new Error('Not a path of Azure Resource Manager.');
  const url = new URL(`${new URL(endpoint).origin}${path}`);
  const all = { 'api-version': apiVersionOf(path), ...query };
  // Blanks as %20: filters of reports are read by servers that take a plus sign as it is.
  url.search = Object.entries(all).map(([name, value]) => `${encodeURIComponent(name)}=${encodeURIComponent(value)}`).join('&');
  return url.href;
}

/** What writes wait for one another by: the instance in lower case, or the whole path where there is none. */
export function turnOf(url: string): string {
  const { origin, pathname } = new URL(url);
  const path = pathname.toLowerCase();
  const found = /^.{0,2000}?\/providers\/microsoft\.apimanagement\/service\/[^/]+/.exec(path);
  return origin + (found?.[0] ?? path);
}

/** True for the path of something in an instance. */
export function isBelowInstance(path: string): boolean {
  return /\/providers\/microsoft\.apimanagement\/service\/[^/]+\/./i.test(path);
}

/** So much of a name is shown, in UTF-16 units. */
const longestName = 200;

/** What a call is about, for sentences. */
export function subjectOf(method: string, url: string): ArmSubject {
  const { host, pathname } = new URL(url);
  return { name: nameOf(pathname) || host, host, kind: method === 'GET' ? 'read' : method === 'POST' ? 'ask' : 'write' };
}

function nameOf(path: string): string {
  if (/^\/subscriptions\/?$/i.test(path)) return l10n.t('the list of Azure subscriptions');
  if (/^\/tenants\/?$/i.test(path)) return l10n.t('the list of directories');
  const parts = path.split('/');
  const at = parts.findIndex((part) => part.toLowerCase() === 'microsoft.apimanagement');
  const below = at < 0 ? parts.slice(1) : parts.slice(at + 1);
  if (at >= 0 && below[0]?.toLowerCase() === 'service') below.shift();
  if (at >= 0 && below.length === 0) return l10n.t('the list of API Management instances');
  // Ids come from outside, and stand in sentences, which they must not break or turn round.
  const readable = percentDecoded(below.join('/')).replace(/[\p{Cc}\u2028\u2029\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu, ' ');
  return beginningOfText(readable, longestName);
}
