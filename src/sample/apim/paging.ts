// Cuts lists into pages: `$top`, `$skip`, `count` of all, and `nextLink` in the forms in which services end their lists.

import type { ArmReply } from './armCall';
import { invalid } from './armProblem';
import { argument } from './query';

/** Rows of a page where the caller does not say. */
const usualTop = 100;

/** A page of the rows. `address` is that of the call, without its query; `foreign` names the host that the link leads to by a fault. */
export function page(
  reply: Pick<ArmReply, 'rows' | 'links'>, address: string, query: URLSearchParams, foreign: string | undefined,
): object {
  const rows = reply.rows ?? [];
  const top = whole(query, '$top', 1) ?? usualTop;
  const skip = whole(query, '$skip', 0) ?? 0;
  const value = rows.slice(skip, skip + top);
  const more = skip + value.length < rows.length || foreign !== undefined;
  const { links = 'absent' } = reply;
  const common = { value, count: rows.length };
  if (links === 'never') return common;
  if (more) return { ...common, nextLink: link(foreign === undefined ? address : elsewhere(address, foreign), query, skip + value.length) };
  if (links === 'absent') return common;
  return { ...common, nextLink: links === 'empty' ? '' : null };
}

function link(address: string, query: URLSearchParams, skip: number): string {
  const kept = [...query].filter(([name]) => name.toLowerCase() !== '$skip');
  return `${address}?${new URLSearchParams([...kept, ['$skip', String(skip)]]).toString()}`;
}

/** The same path at another host. */
export function elsewhere(address: string, host: string): string {
  const at = new URL(address);
  return `https://${host}${at.pathname}${at.search}`;
}

function whole(query: URLSearchParams, name: string, least: number): number | undefined {
  const text = argument(query, name);
  if (text === undefined) return undefined;
  if (!/^\d{1,9}$/.test(text) || Number(text) < least) throw invalid([name, `'${name}' must be a whole number from ${least} on.`]);
  return Number(text);
}
