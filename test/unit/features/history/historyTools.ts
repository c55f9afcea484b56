// Exchanges for the tests of the history, and files of it in memory.

import type { Exchange } from '../../../../src/model/exchange';
import type { HistoryFiles } from '../../../../src/features/history/historyFolder';
import { History, type HistoryParts } from '../../../../src/features/history/historyStore';

/** Some time, in milliseconds since 1970. */
export const noon = Date.UTC(2026, 4, 12, 12, 0, 0);

/** An exchange that went well unless `parts` say otherwise. */
export function someExchange(parts: Partial<Exchange> = {}): Exchange {
  return {
    service: { name: 'Iris', address: 'http://localhost/workspaces/w/services/s' }, source: 'iris.json', method: 'POST', url: 'http://localhost/workspaces/w/services/s/execute?api-version=2.0',
    requestHeaders: [{ name: 'Authorization', value: 'Bearer ••••••••' }], requestBody: '{"Inputs":{"input1":{"ColumnNames":["age"],"Values":[["39.10"]]}}}', requestBytes: 66,
    startedAt: noon, durationMs: 12.5, earlierAttempts: [{ status: 503, reason: 'from the service', waitMs: 100 }],
    answer: { status: 200, statusText: 'OK', headers: [{ name: 'Content-Type', value: 'application/json' }], body: Buffer.from('{"Results":{"output1":{"type":"table","value":{"ColumnNames":["Größe"],"Values":[["0.50"]]}}}}') },
    tables: [{ name: 'output1', columns: [{ name: 'Größe' }], rows: [['0.50']], totalRows: 1, notes: [] }], notes: ['A note.'], ...parts,
  };
}

/** Files in memory that count how often they are read. */
export class MemoryFiles implements HistoryFiles {
  readonly texts = new Map<string, { readonly text: string; readonly version: number }>();
  readonly bodies = new Map<string, Uint8Array>();
  reads = 0;
  /** Called before anything is written; throws to have the disk fail. */
  fail: (name: string) => void = () => undefined;
  private version = 0;

  list(): Promise<readonly string[]> {
    return Promise.resolve([...this.texts.keys(), ...this.bodies.keys()]);
  }

  stamp(name?: string): Promise<string | undefined> {
    return Promise.resolve(name === undefined ? String(this.version) : this.texts.get(name)?.version.toString());
  }

  read(name: string): Promise<string | undefined> {
    this.reads += 1;
    return Promise.resolve(this.texts.get(name)?.text);
  }

  async write(name: string, text: string): Promise<void> {
    await Promise.resolve();
    this.fail(name);
    this.texts.set(name, { text, version: (this.version += 1) });
  }

  /** All was written at noon. */
  facts(name: string): Promise<{ readonly bytes: number; readonly writtenAt: number } | undefined> {
    const text = this.texts.get(name)?.text;
    const bytes = text === undefined ? this.bodies.get(name)?.byteLength : Buffer.byteLength(text);
    return Promise.resolve(bytes === undefined ? undefined : { bytes, writtenAt: noon });
  }

  readBody(name: string): Promise<Uint8Array | undefined> {
    return Promise.resolve(this.bodies.get(name));
  }

  async writeBody(name: string, body: Uint8Array): Promise<number> {
    await Promise.resolve();
    this.fail(name);
    this.bodies.set(name, body);
    return body.byteLength;
  }

  remove(name: string): Promise<void> {
    if (this.texts.delete(name) || this.bodies.delete(name)) this.version += 1;
    return Promise.resolve();
  }

  watch(): { dispose(): void } {
    return { dispose: () => undefined };
  }
}

/** A history on these files, and what it has logged. */
export function historyOn(files: HistoryFiles, parts: Partial<HistoryParts> = {}): { history: History; logged: string[] } {
  const logged: string[] = [];
  const history = new History({ files, limitBytes: () => 1_000_000, now: () => noon, random: Math.random, pause: () => Promise.resolve(), log: (line) => void logged.push(line), ...parts });
  return { history, logged };
}

/** Keeps an exchange and gives its id. */
export async function keep(history: History, exchange: Exchange, secrets: readonly string[] = []): Promise<string> {
  const id = history.newId(exchange.startedAt);
  await history.add(id, exchange, { file: 'file:///iris.json', sample: false, secrets });
  return id;
}
