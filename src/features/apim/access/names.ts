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

/** Why a text cannot be the name of something new beside what has the names `taken`; `place` is where that is. Case makes no difference. */
export function checkNewProduct(text: string, taken: readonly string[], place: string): string | undefined {
  const wanted = text.trim().toLowerCase();
  return taken.some((name) => name.trim().toLowerCase() === wanted)
    ? l10n.t('{0} has a product with this name already. Choose another name.', place) : checkName(text, longest.product);
}

/** Why a text is too long, or undefined. */
export function checkLength(text: string, most: number): string | undefined {
  return text.trim().length > most ? l10n.t('At most {0} characters are possible here.', formatCount(most)) : undefined;
}

/** An id that is made of a name and is not taken, as far as the instance tells: a list may hold more than is read of it. */
export async function freeId(name: string, otherwise: string, isTaken: (id: string) => Promise<boolean>): Promise<string> {
  const id = idOf(name, otherwise);
  if (!(await isTaken(id))) return id;
  for (let number = 2; ; number += 1) if (!(await isTaken(`${id}-${number}`))) return `${id}-${number}`;
}
