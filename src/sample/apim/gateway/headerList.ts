// Headers of a request or an answer while policies change them: names without case, in the order in which they came.

/** What a policy does where a header or a query argument is there already. */
export type ExistsAction = 'override' | 'skip' | 'append' | 'delete';

/** Reads `exists-action`, whose default is `override`. */
export function existsAction(text: string | undefined): ExistsAction {
  return text === 'skip' || text === 'append' || text === 'delete' ? text : 'override';
}

/** These are about one connection, not about the message. */
const hopByHop = new Set([
  'connection', 'keep-alive', 'proxy-connection', 'proxy-authenticate', 'proxy-authorization', 'te', 'trailer', 'transfer-encoding',
  'upgrade',
]);

/** A list of headers. */
export class HeaderList {
  private readonly all = new Map<string, { readonly name: string; readonly values: string[] }>();

  /** From Node's `rawHeaders`, without those that are about the connection. */
  static ofRaw(raw: readonly string[]): HeaderList {
    const list = new HeaderList();
    for (let index = 0; index + 1 < raw.length; index += 2) list.change(raw[index] ?? '', 'append', [raw[index + 1] ?? '']);
    const named = list.values('connection').flatMap((value) => value.split(',')).map((name) => name.trim().toLowerCase());
    for (const name of [...hopByHop, ...named]) list.all.delete(name);
    return list;
  }

  static of(headers: readonly (readonly [name: string, value: string])[]): HeaderList {
    const list = new HeaderList();
    for (const [name, value] of headers) list.change(name, 'append', [value]);
    return list;
  }

  values(name: string): readonly string[] {
    return this.all.get(name.toLowerCase())?.values ?? [];
  }

  /** The values in one text, undefined where there is none. */
  get(name: string): string | undefined {
    const values = this.values(name);
    return values.length === 0 ? undefined : values.join(', ');
  }

  set(name: string, value: string): void {
    this.change(name, 'override', [value]);
  }

  delete(name: string): void {
    this.all.delete(name.toLowerCase());
  }

  /** What no header can hold is left out of the values, so that none breaks out of its line. */
  change(name: string, action: ExistsAction, given: readonly string[]): void {
    const values = given.map(headerText);
    const key = name.toLowerCase();
    const there = this.all.get(key);
    switch (action) {
      case 'delete':
        this.all.delete(key);
        return;
      case 'skip':
        if (!there) this.all.set(key, { name, values });
        return;
      case 'append':
        if (there) there.values.push(...values);
        else this.all.set(key, { name, values });
        return;
      case 'override':
        this.all.set(key, { name, values });
        return;
      default:
        return action satisfies never;
    }
  }

  /** Each value with its name. */
  flat(): (readonly [name: string, value: string])[] {
    return [...this].flatMap(([name, values]) => values.map((value) => [name, value] as const));
  }

  *[Symbol.iterator](): Iterator<readonly [name: string, values: readonly string[]]> {
    for (const { name, values } of this.all.values()) yield [name, values];
  }
}

/** A text without what cannot stand in a line of a message's head. */
export function headerText(text: string): string {
  return text.replace(/[^\t\x20-\x7e\x80-\xff]/g, '');
}

/** True for a name that a policy may give to a header: one that HTTP allows and that does not say where a message ends. */
export function isHeaderName(name: string): boolean {
  return /^[!#$%&'*+.^_`|~0-9A-Za-z-]{1,200}$/.test(name) && !isFraming(name);
}

/** True for a header that the gateway sets itself and no policy may: they say where a message ends. */
function isFraming(name: string): boolean {
  const key = name.toLowerCase();
  return hopByHop.has(key) || key === 'content-length' || key === 'expect';
}
