// Which of several protocols is meant: by the address of a service, or by a text of which it is not known yet where it goes.

import { InvalidBody } from '../model/errors';
import type { Protocol, TextKind } from './protocol';

/** Protocols in the order in which they are asked; `last` takes what no other one recognises, and is not asked for an address. */
export interface Protocols {
  readonly others: readonly Protocol[];
  readonly last: Protocol;
}

/** The protocol that speaks to an address: the first of the others that recognises it, or else the last. */
export function speakingTo(address: string, { others, last }: Protocols): Protocol {
  return others.find((protocol) => protocol.recognises(address)) ?? last;
}

/** What the first protocol makes of a text that can; where none can, the last one says what is wrong. */
export function firstThatReads<T>({ others, last }: Protocols, read: (protocol: Protocol) => T): T {
  for (const protocol of others) {
    try {
      return read(protocol);
    } catch (error) {
      if (!(error instanceof InvalidBody)) throw error;
    }
  }
  return read(last);
}

/** What a JSON text can be sent as to any of them: what the first says that takes it for something, or else whether it may become that. */
export function kindToAny({ others, last }: Protocols, text: string, whole: boolean): TextKind {
  const kinds = [...others, last].flatMap((protocol) => protocol.textKind?.(text, whole) ?? []);
  return kinds.find((kind) => kind !== 'other' && kind !== 'unclear') ?? kinds.find((kind) => kind === 'unclear') ?? 'other';
}
