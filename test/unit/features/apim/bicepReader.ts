// Reads a Bicep file as far as ours go: parameters, and resources with names, properties and dependencies, as an ARM template has them.

import type { Put } from './templateEvaluator';

/** What a deployment of the file would make, in its order. Throws for what is not written as Bicep wants it. */
export function putsOfBicep(file: string, values: Readonly<Record<string, string>>): readonly Put[] {
  const reader = new Reader(file, values);
  return reader.puts();
}

const escapes: Readonly<Record<string, string>> = { '\\': '\\', "'": "'", $: '$', n: '\n', r: '\r', t: '\t' };

class Reader {
  private at = 0;
  private readonly symbols = new Set<string>();
  private readonly parameters = new Set<string>();

  constructor(private readonly file: string, private readonly values: Readonly<Record<string, string>>) {}

  puts(): readonly Put[] {
    const puts: Put[] = [];
    for (;;) {
      this.skip();
      if (this.at === this.file.length) {
        if ([...this.parameters].sort().join() !== Object.keys(this.values).sort().join()) throw new Error('Other parameters were given.');
        return puts;
      }
      if (this.take(/@secure\(\)\n/y) !== undefined) continue;
      if (this.take(/@description\(/y) !== undefined) {
        this.value();
        this.need(/\)\n/y);
      } else if (this.take(/param /y) !== undefined) {
        this.parameters.add(this.need(/\w+/y));
        this.need(/ string\n/y);
      } else puts.push(this.resource());
    }
  }

  private resource(): Put {
    this.need(/resource /y);
    const symbol = this.need(/[A-Za-z_]\w*/y);
    this.need(/ /y);
    const [type = '', version = ''] = String(this.value()).split('@');
    if (version !== '2024-05-01') throw new Error(`The version of ${type} is ${version}.`);
    this.need(/ = /y);
    const value = this.value();
    if (this.symbols.has(symbol)) throw new Error(`${symbol} is there twice.`);
    this.symbols.add(symbol);
    if (typeof value !== 'object' || value === null || !('name' in value)) throw new Error(`${symbol} has no name.`);
    const words = type.split('/').slice(2);
    const [service, ...names] = String(value.name).split('/');
    if (service !== this.values.apimServiceName || names.length !== words.length) throw new Error(`${symbol} has another name.`);
    return {
      path: words.map((word, index) => `/${word}/${encodeURIComponent(names[index] ?? '')}`).join(''),
      body: 'properties' in value ? { properties: value.properties } : undefined,
    };
  }

  private value(): unknown {
    if (this.take(/'''\n?/y) !== undefined) {
      const end = this.file.indexOf("'''", this.at);
      const text = this.file.slice(this.at, end);
      this.at = end + 3;
      return text;
    }
    if (this.take(/'/y) !== undefined) return this.text();
    if (this.take(/\[/y) !== undefined) return this.list();
    if (this.take(/\{/y) !== undefined) return this.object();
    if (this.take(/json\('/y) !== undefined) {
      const value: unknown = JSON.parse(this.text());
      this.need(/\)/y);
      return value;
    }
    const number = this.take(/-?\d+/y);
    if (number !== undefined) return Number(number);
    const name = this.need(/\w+/y);
    if (['true', 'false', 'null'].includes(name)) return JSON.parse(name);
    if (this.symbols.has(name)) return name;
    const value = this.values[name];
    if (value === undefined) throw new Error(`${name} is not known yet.`);
    return value;
  }

  private list(): readonly unknown[] {
    const list: unknown[] = [];
    for (this.skip(); this.take(/\]/y) === undefined; this.skip()) {
      list.push(this.value());
      this.need(/\n/y);
    }
    return list;
  }

  private object(): unknown {
    const members: (readonly [string, unknown])[] = [];
    for (this.skip(); this.take(/\}/y) === undefined; this.skip()) {
      const name = this.take(/'/y) === undefined ? this.need(/[A-Za-z_]\w*/y) : this.text();
      this.need(/: /y);
      members.push([name, this.value()]);
      this.need(/\n/y);
    }
    return Object.fromEntries(members);
  }

  /** The rest of a text in single quotes. */
  private text(): string {
    let text = '';
    for (;;) {
      if (this.take(/'/y) !== undefined) return text;
      if (this.take(/\$\{/y) !== undefined) {
        text += this.values[this.need(/\w+/y)] ?? '';
        this.need(/\}/y);
        continue;
      }
      if (this.take(/\\/y) === undefined) {
        text += this.need(/[^\n\r]/uy);
        continue;
      }
      const code = this.take(/u\{[0-9a-f]+\}/y);
      text += code === undefined ? escapes[this.need(/[\\'$nrt]/y)] ?? '' : String.fromCodePoint(Number.parseInt(code.slice(2, -1), 16));
    }
  }

  private skip(): void {
    while (this.take(/[ \n]+|\/\/.*\n/y) !== undefined);
  }

  private need(pattern: RegExp): string {
    const found = this.take(pattern);
    if (found === undefined) throw new Error(`Not ${pattern}: ${this.file.slice(this.at, this.at + 60)}`);
    return found;
  }

  private take(pattern: RegExp): string | undefined {
    pattern.lastIndex = this.at;
    const [found] = pattern.exec(this.file) ?? [];
    if (found !== undefined) this.at += found.length;
    return found;
  }
}
