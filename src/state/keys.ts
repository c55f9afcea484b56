// The two secrets of each service, in the editor's secret store and nowhere else.

import { LocalFailure } from '../model/errors';
import { Emitter, type Disposable } from '../model/lifetime';
import type { SecretKind, Secrets, Service } from '../model/service';
import { secretName } from '../protocol/endpoint';
import type { SecretBox } from './ports';

const kinds: readonly SecretKind[] = ['serviceKey', 'subscriptionKey'];

/** Keeps, gives and forgets keys. A key belongs to an address: another address has none until it is given one. */
export class Keys {
  private readonly changed = new Emitter<void>();
  /** Keys that live as long as this window: those of the sample. */
  private readonly temporary = new Map<string, Secrets>();

  /** Raised when some key was set or forgotten, in this window or in another. */
  readonly onDidChange = this.changed.event;

  constructor(private readonly box: SecretBox) {}

  /** Begins to tell of changes that other windows make; stop with the returned disposable. */
  watch(): Disposable {
    return this.box.onDidChange(() => this.changed.fire());
  }

  /** The keys of a service, as far as they are set. */
  async of(service: Service): Promise<Secrets> {
    const temporary = this.temporary.get(service.address);
    if (temporary) return temporary;
    const [serviceKey, subscriptionKey] = await Promise.all(kinds.map((kind) => this.box.get(secretName(kind, service.endpoint))));
    return { ...(serviceKey === undefined ? {} : { serviceKey }), ...(subscriptionKey === undefined ? {} : { subscriptionKey }) };
  }

  /** Keeps a key and reads it back. Throws LocalFailure when the store did not keep it. */
  async set(kind: SecretKind, service: Service, value: string): Promise<void> {
    const name = secretName(kind, service.endpoint);
    const key = cleanKey(value);
    await this.box.store(name, key);
    if ((await this.box.get(name)) !== key) {
      throw new LocalFailure({
        sentence: 'The secret store of this computer did not keep the key.',
        advice: 'On Linux a keyring such as gnome-keyring has to run; see "Troubleshooting keychain issues" in the documentation of VS Code. The key was not written anywhere else.',
        actions: ['showLog'],
      });
    }
    this.changed.fire();
  }

  /** Forgets one key of a service. */
  async forget(kind: SecretKind, service: Service): Promise<void> {
    await this.box.delete(secretName(kind, service.endpoint));
    this.changed.fire();
  }

  /** Forgets all keys of a service. */
  async forgetAll(service: Service): Promise<void> {
    for (const kind of kinds) await this.forget(kind, service);
  }

  /** Gives an address keys for as long as this window lives, or takes them away. */
  setTemporary(address: string, secrets: Secrets | undefined): void {
    if (secrets) this.temporary.set(address, secrets);
    else this.temporary.delete(address);
    this.changed.fire();
  }
}

/** Why a text cannot be a key, or undefined when it can. Says nothing of the text itself. */
export function checkKey(value: string): string | undefined {
  const key = cleanKey(value);
  if (key === '') return 'A key needs at least one character.';
  // What comes back from services is searched for keys; a shorter one would be found everywhere.
  if (key.length < 6) return 'A key has at least six characters.';
  if (/\s/.test(key)) return 'A key has no blanks or line breaks in it.';
  // What HTTP allows in a header's value, less what has no place in a key.
  if (!/^[\x21-\x7e]+$/.test(key)) return 'A key holds only letters, digits and signs of plain ASCII.';
  return undefined;
}

/** A key without what is often copied along: blanks around it, quotes, the word Bearer. */
export function cleanKey(value: string): string {
  return value.trim().replace(/^authorization\s*:\s*/i, '').replace(/^bearer\s+/i, '').replace(/^(["'])(.*)\1$/, '$2').trim();
}
