// The import lines of the product, for the tests that hold its layout against them.

import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { posix } from 'node:path';

/** The project's folder. */
export const root = join(import.meta.dirname, '../../..');

/** One import line of a file; paths of the project are whole paths from its root, with their endings. */
export interface Import {
  readonly file: string;
  readonly target: string;
  readonly typeOnly: boolean;
  /** Imported when it is first needed. */
  readonly late: boolean;
}

/** All TypeScript files of a folder, by their paths from the project's root. */
export function sources(folder: string): string[] {
  const names = readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' });
  return names.filter((name) => name.endsWith('.ts')).map((name) => `${folder}/${name.replaceAll('\\', '/')}`);
}

const importLine = /^(?:import|export)\s+(type\s)?(?:[^'"]*?\sfrom\s+)?['"]([^'"]+)['"]|import\(['"]([^'"]+)['"]\)/gm;

/** The import lines of a file, re-exports among them. */
export function importsOf(file: string): Import[] {
  const text = readFileSync(join(root, file), 'utf8');
  return [...text.matchAll(importLine)].map(([, type, from, dynamic]) => {
    const target = from ?? dynamic ?? '';
    return { file, target: target.startsWith('.') ? wholePath(file, target) : target, typeOnly: type !== undefined, late: dynamic !== undefined };
  });
}

/** The path from the project's root that an import of `target` in `file` leads to. */
export function wholePath(file: string, target: string): string {
  const path = posix.normalize(posix.join(dirname(file), target));
  return ['', '.ts', '.d.ts', '/index.ts'].map((ending) => `${path}${ending}`).find((each) => /\.\w+$/.test(each) && existsSync(join(root, each))) ?? path;
}

/** What is reached from each that points at something, by way of others too. */
export function reachable(arrows: Iterable<readonly [string, string]>): Map<string, ReadonlySet<string>> {
  const targets = new Map<string, Set<string>>();
  for (const [from, to] of arrows) {
    if (from === to) continue;
    targets.set(from, (targets.get(from) ?? new Set()).add(to));
  }
  return new Map([...targets.keys()].map((each) => [each, reachedFrom(each, targets)]));
}

/** Circles among what points at each other: each as the list of its members. */
export function circles(arrows: Iterable<readonly [string, string]>): string[][] {
  const reached = reachable(arrows);
  const seen = new Set<string>();
  const found: string[][] = [];
  for (const [each, others] of reached) {
    if (seen.has(each) || !others.has(each)) continue;
    const circle = [...others].filter((other) => reached.get(other)?.has(each)).sort();
    for (const member of circle) seen.add(member);
    found.push(circle);
  }
  return found;
}

function reachedFrom(start: string, targets: ReadonlyMap<string, ReadonlySet<string>>): Set<string> {
  const reached = new Set<string>();
  const left = [...(targets.get(start) ?? [])];
  for (let next = left.pop(); next !== undefined; next = left.pop()) {
    if (reached.has(next)) continue;
    reached.add(next);
    left.push(...(targets.get(next) ?? []));
  }
  return reached;
}
