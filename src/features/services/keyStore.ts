// The two secrets of each service, in the editor's secret store and nowhere else.

import { createHash } from 'node:crypto';
import { LocalFailure } from '../../model/errors';
import { Emitter, type Disposable } from '../../model/lifetime';
import type { SecretKind, Secrets, Service } from '../../model/service';
import { secretName } from '../../protocols/studio/endpointAddress';
import { shortestKey } from '../../base/pasted/pasteSecrets';
import type { SecretBox } from '../../base/ports';

const kinds: readonly SecretKind[] = ['serviceKey', 'subscriptionKey'];

/** Which services have other keys than before. */
export interface KeysChange {
  readonly concerns: (service: Service) => boolean;
}

/** Keeps, gives and forgets keys. A key belongs to an address: another address has none until it is given one. */
export class KeyStore {
  private readonly changed = new Emitter<KeysChange>();
  /** What this window has made of secrets, by their names, as hashes: the store tells of them once more. */
  private readonly own = new Map<string, string>();
  /** Names of the secrets that are being written here. */
  private readonly underWay = new Set<string>();
  /** Keys that live as long as this window: those of the sample. */
  private readonly temporary = new Map<string, Secrets>();

  /** Raised when some key was set or forgotten, in this window or in another. */
  readonly onDidChange = this.changed.event;

  constructor(private readonly box: SecretBox) {}

  /** Begins to tell of changes that other windows make; stop with the returned disposable. */
  watch(): Disposable {
    return this.box.onDidChange(({ key }) => {
      // The store holds other secrets as well: parameters of jobs, storage accounts.
      if (isName(key)) void this.onSecretChange(key);
    });
  }

  /** The keys of a service, as far as they are set. */
  async of(service: Service): Promise<Secrets> {
    const temporary = this.temporary.get(service.address);
    if (temporary) return temporary;
    const [serviceKey, subscriptionKey] = await Promise.all(kinds.map((kind) => this.box.get(secretName(kind, service.endpoint))));
    return { ...(serviceKey === undefined ? {} : { serviceKey }), ...(subscriptionKey === undefined ? {} : { subscriptionKey }) };
  }

  /** Keeps a key and reads it back. Throws LocalFailure when the store did not keep it. */
  set(kind: SecretKind, service: Service, value: string): Promise<void> {
    return this.edit(service, () => this.store(secretName(kind, service.endpoint), value));
  }

  /** Gives a service these keys and no others, as one change. Throws as `set` does. */
  replace(service: Service, secrets: Secrets): Promise<void> {
    return this.edit(service, async () => {
      for (const kind of kinds) {
        const [name, value] = [secretName(kind, service.endpoint), secrets[kind]];
        await (value === undefined ? this.drop(name) : this.store(name, value));
      }
    });
  }

  /** Forgets one key of a service. */
  forget(kind: SecretKind, service: Service): Promise<void> {
    return this.edit(service, () => this.drop(secretName(kind, service.endpoint)));
  }

  /** Forgets all keys of a service. */
  forgetAll(service: Service): Promise<void> {
    return this.replace(service, {});
  }

  /** Gives an address keys for as long as this window lives, or takes them away. */
  setTemporary(address: string, secrets: Secrets | undefined): void {
    if (secrets) this.temporary.set(address, secrets);
    else this.temporary.delete(address);
    this.changed.fire({ concerns: (service) => service.address === address });
  }

  /** One change, told once whatever comes of it: part of it may have been done. */
  private async edit(service: Service, work: () => Promise<void>): Promise<void> {
    try {
      await work();
    } finally {
      this.changed.fire({ concerns: ({ address }) => address === service.address });
    }
  }

  private async store(name: string, value: string): Promise<void> {
    const key = cleanKey(value);
    await this.write(name, key);
    if ((await this.box.get(name)) !== key) {
      throw new LocalFailure({
        sentence: 'The secret store of this computer did not keep the key.',
        advice:
          'On Linux a keyring such as gnome-keyring has to run; see "Troubleshooting keychain issues" in the documentation of VS Code. ' +
          'The key was not written anywhere else.',
        actions: ['showLog'],
      });
    }
  }

  private drop(name: string): Promise<void> {
    return this.write(name, undefined);
  }

  private async write(name: string, key: string | undefined): Promise<void> {
    this.own.set(name, hashOf(key));
    this.underWay.add(name);
    try {
      await (key === undefined ? this.box.delete(name) : this.box.store(name, key));
    } finally {
      this.underWay.delete(name);
    }
  }

  /** The store tells of a secret: of a change of our own, which was told already, or of another window's. */
  private async onSecretChange(name: string): Promise<void> {
    // What is being written here is told when it is done.
    if (this.underWay.has(name)) return;
    if (this.own.has(name)) {
      const now = await Promise.resolve(this.box.get(name)).then(hashOf, () => 'not known');
      if (this.underWay.has(name) || now === this.own.get(name)) return;
      this.own.set(name, now);
    }
    this.changed.fire({ concerns: ({ endpoint }) => kinds.some((kind) => secretName(kind, endpoint) === name) });
  }
}

/** True for the name of a key in the secret store. */
function isName(name: string): boolean {
  return kinds.some((kind) => name.startsWith(`["${kind}",`));
}

/** Tells two keys apart without holding them; no key has one too. */
function hashOf(key: string | undefined): string {
  return key === undefined ? 'none' : createHash('sha256').update(key).digest('hex');
}

/** Why a text cannot be a key, or undefined when it can. Says nothing of the text itself. */
export function checkKey(value: string): string | undefined {
  const key = cleanKey(value);
  if (key === '') return 'A key needs at least one character.';
  // What comes back from services is searched for keys; a shorter one would be found everywhere.
  if (key.length < shortestKey) return 'A key has at least six characters.';
  if (/\s/.test(key)) return 'A key has no blanks or line breaks in it.';
  // What HTTP allows in a header's value, less what has no place in a key.
  if (!/^[\x21-\x7e]+$/.test(key)) return 'A key holds only letters, digits and signs of plain ASCII.';
  return undefined;
}

/** A key without what is often copied along: blanks around it, quotes, the word Bearer. */
export function cleanKey(value: string): string {
  return value.trim().replace(/^authorization\s*:\s*/i, '').replace(/^bearer\s+/i, '').replace(/^(["'])(.*)\1$/, '$2').trim();
}
