// What the page of a service knows of the service's own description: read while the page is open, and asked for once by itself.

import * as l10n from '@vscode/l10n';
import { toStrictJson } from '../../base/jsonText';
import { HumanError } from '../../model/errors';
import type { Service } from '../../model/service';
import { factsOf, protocolOf } from '../../protocols/registry';
import type { Descriptions, DescriptionState } from '../description';
import { describedView, notAskedView, readingView } from './describedView';
import type { DescribedOnPage } from './messages';

/** What the page is told, and requests that were made from the description, strict JSON by form. */
export interface PageDescription {
  readonly described: DescribedOnPage;
  readonly made?: Readonly<Record<string, string>>;
}

/** Reads descriptions for the page. */
export class PageDescriptions {
  /** What came of asking, by address: asked again when the page is opened again. */
  private readonly asked = new Map<string, DescriptionState | 'reading'>();
  private stopping = new AbortController();

  /** @param told is called when there is something else to be shown of a service, by its address. */
  constructor(
    private readonly descriptions: Pick<Descriptions, 'has' | 'known' | 'get'>,
    private readonly told: (address: string) => void,
  ) {}

  /** What there is now; a service of which nothing is known is asked meanwhile. */
  async of(service: Service): Promise<PageDescription> {
    if (!this.descriptions.has(service)) return { described: describedView(undefined) };
    const { address } = service;
    const state = (await this.descriptions.known(service)) ?? this.asked.get(address);
    if (state === 'reading') return { described: readingView() };
    if (state !== undefined) return { described: describedView(state), ...(await made(service, state)) };
    if (factsOf(service).gateway) return { described: notAskedView() };
    this.asked.set(address, 'reading');
    void this.ask(service);
    return { described: readingView() };
  }

  /** The page was closed, or is opened anew: what was not known is asked again. */
  reset(): void {
    this.stopping.abort();
    this.stopping = new AbortController();
    this.asked.clear();
  }

  private async ask(service: Service): Promise<void> {
    const { signal } = this.stopping;
    const state = await this.descriptions.get(service, signal).catch(failure);
    if (signal.aborted || state === undefined) return;
    this.asked.set(service.address, state);
    this.told(service.address);
  }
}

/** What cannot even be asked, as where the keys cannot be read. */
function failure(error: unknown): DescriptionState {
  const sentence = error instanceof HumanError ? error.message : l10n.t('The service could not be asked for its description.');
  return { kind: 'failed', problem: { sentence } };
}

async function made(service: Service, state: DescriptionState): Promise<Pick<PageDescription, 'made'>> {
  const { describing } = protocolOf(service);
  if (state.kind !== 'known' || state.description.request !== 'inputs' || !describing) return {};
  const requests: Record<string, string> = {};
  for (const { id } of describing.forms()) requests[id] = toStrictJson(await describing.newRequest(id, state.description, []));
  return { made: requests };
}
