// What every part of a service's page is handed: the ways out of it, and what the person looked at.

import type { FromServicePage } from '../../src/features/code/messages';
import type { PageOf } from '../kit/context';
import { readOpenParts, type KeepOpen, type OpenParts } from '../kit/openParts';
import { member, textMember } from '../viewer/saved';

/** What is kept while the page is hidden: the service, names of what was chosen, and what was opened or shut. */
export interface Saved {
  readonly address: string | undefined;
  readonly way: string | undefined;
  readonly language: string | undefined;
  readonly open: OpenParts | undefined;
}

/** The page of a service. */
export interface ServicePageContext extends PageOf<FromServicePage> {
  readonly saved: Saved;
  /** Keeps what the person has chosen. */
  keep(changed: Partial<Saved>): void;
  readonly keepOpen: KeepOpen;
}

/** Reads what was saved; what cannot be read is as if nothing had been. */
export function readSaved(saved: unknown): Saved {
  return {
    address: textMember(saved, 'address'), way: textMember(saved, 'way'), language: textMember(saved, 'language'),
    open: readOpenParts(member(saved, 'open')),
  };
}
