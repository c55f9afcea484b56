// Names that people give to products and subscriptions, checked as the service does, and the ids that are made of them.

import * as l10n from '@vscode/l10n';
import { formatCount } from '../../../base/format';
import { idOf } from '../definition/ids';

/** The longest names and texts that the service takes, in UTF-16 units. */
export const longest = { product: 300, subscription: 100, description: 1_000 };

/** Why a text cannot be a name, or undefined when it can. */
export function checkName(text: string, most: number): string | undefined {
  return text.trim() === '' ? l10n.t('A name needs at least one character.') : checkLength(text, most);
}

/** Why a text is too long, or undefined. */
export function checkLength(text: string, most: number): string | undefined {
  return text.trim().length > most ? l10n.t('At most {0} characters are possible here.', formatCount(most)) : undefined;
}

/** An id that is made of a name and is not taken, whatever case it is written in. */
export function freeId(name: string, taken: readonly string[], otherwise: string): string {
  const used = new Set(taken.map((each) => each.toLowerCase()));
  const id = idOf(name, otherwise);
  if (!used.has(id)) return id;
  for (let number = 2; ; number += 1) if (!used.has(`${id}-${number}`)) return `${id}-${number}`;
}
