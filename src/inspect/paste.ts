// A text that somebody pastes to add a service -> what is found in it, without the keys themselves.

import { keyTail, redactor } from '../redaction';
import { readPaste, type FoundKey, type FoundService } from '../features/services/paste/paste';
import { pastedText } from './pastedText';
import type { Json } from './report';

/** What Add Service finds in a text. */
export function inspectPaste(bytes: Uint8Array): Json {
  const paste = readPaste(pastedText(bytes));
  const guard = redactor(paste.keys.map(({ value }) => value));
  const safe = (text: string): string => guard.text(text);
  return {
    services: paste.services.map((service) => serviceFacts(service, safe)),
    keys: paste.keys.map((key) => keyFacts(key, safe)),
    notes: [...paste.problems, ...paste.notes].map(safe),
  };
}

function serviceFacts({ address, workspace, service, form }: FoundService, safe: (text: string) => string): Json {
  return { address: safe(address), workspace: safe(workspace), service: safe(service), kind: form };
}

function keyFacts({ kind, name, value }: FoundKey, safe: (text: string) => string): Json {
  return { kind, name: name === '' ? null : safe(name), length: value.length, tail: keyTail(value) ?? '' };
}
