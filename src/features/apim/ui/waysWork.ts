// "Compare Direct and Through Gateway…": loaded by its first use, with the panel.

import * as l10n from '@vscode/l10n';
import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import * as vscode from 'vscode';
import { AtomicFiles } from '../../../base/atomicFiles';
import { yieldToOthers } from '../../../base/yieldToOthers';
import { systemClock } from '../../../model/clock';
import type { Credential } from '../../../model/credential';
import { InvalidInput, messageOf } from '../../../model/errors';
import type { Exchange } from '../../../model/exchange';
import { DisposableStore, type Disposable } from '../../../model/lifetime';
import type { Secrets, Service } from '../../../model/service';
import type { Describing } from '../../../protocols/description';
import type { ScoreCall, ScoreRequest, ScoreTools } from '../../../protocols/protocol';
import { askChoice } from '../../../ui/ask';
import type { Platform } from '../../../ui/platform';
import { plain } from '../../../ui/plain';
import { nameOf, textOf } from '../../../ui/requestFiles';
import { savedName } from '../../../ui/savedNames';
import { callSettings } from '../../../ui/settings';
import { editorDialogs } from '../../../ui/tables/tableDialogs';
import { confirmUntrusted } from '../../../ui/trust';
import type { Descriptions } from '../../description';
import { compareExchanges, type Comparison, type HistoryApi } from '../../history';
import { serviceGone, type ScoringApi } from '../../scoring';
import { isJson, pickService, serviceFrom, type ServicesApi } from '../../services';
import { isOfApis } from '../access/gatewayServices';
import type { ArmOf } from '../instance';
import { PublishJournal } from '../publish/journal';
import { pairOf, placeOf, readPublishings, waysTo, type KnownWays, type WayPair } from '../ways/pairs';
import { isMasked } from '../ways/runWays';
import { WaysSession, type WaysRequest } from '../ways/session';
import { writtenCalls } from '../ways/writtenCalls';
import { entryMeant } from './accessTools';
import { instanceMeant } from './meant';
import { WaysPanel } from './waysPanel';

/** What it needs from outside. */
export interface WaysWorkParts extends Pick<Platform, 'context' | 'reporter' | 'transport'> {
  readonly services: Pick<ServicesApi, 'services' | 'keys'>;
  readonly scoring: Pick<ScoringApi, 'panel' | 'readRequest'>;
  readonly descriptions: Pick<Descriptions, 'get'>;
  readonly describingOf: (service: Service) => Describing | undefined;
  readonly lastRequest: HistoryApi['lastRequest'];
  readonly arms: ArmOf;
  readonly log: (line: string) => void;
  /** Makes one call. What is loaded later takes no copy of the protocols along. */
  readonly score: (call: ScoreCall, tools: ScoreTools, signal: AbortSignal) => Promise<Exchange>;
  readonly credentialOf: (service: Service, secrets: Secrets) => Credential;
}

/** The command and its panel. */
export class WaysWork implements Disposable {
  private readonly lifetime = new DisposableStore();
  private readonly panel: WaysPanel;
  private readonly journal: PublishJournal;
  /** When calls were made through the gateway of an API: each comparison of it goes on counting. */
  private readonly callsMade = new Map<string, number[]>();

  constructor(private readonly parts: WaysWorkParts) {
    const { context, reporter, scoring } = parts;
    this.journal = new PublishJournal(new AtomicFiles(join(context.globalStorageUri.fsPath, savedName.publishings)), context.secrets);
    this.panel = this.lifetime.add(new WaysPanel({
      extensionUri: context.extensionUri, reporter,
      open: (exchange) => scoring.panel.showPast(exchange, randomUUID(), true),
      exportCalls: async (calls) => {
        const options = await editorDialogs.chooseFormat(plain(l10n.t('Export the Calls')));
        const language = options.format === 'tsv' ? 'plaintext' : options.format;
        const document = await vscode.workspace.openTextDocument({ language, content: writtenCalls(calls, options) });
        await vscode.window.showTextDocument(document);
      },
      find: async ({ direct, gateway }) => {
        const known = await this.known();
        const found = (address: string): Service | undefined => known.services.find((each) => each.address === address);
        const [one, other] = [found(direct), found(gateway)];
        if (!one || !other) return undefined;
        const place = placeOf(other, known);
        return this.session({ direct: one, gateway: other, ...(place ? { place } : {}) }, undefined);
      },
    }));
  }

  /** Compares both ways to what a command was called on, else to what the person picks. */
  async compare(argument: unknown): Promise<void> {
    // The page takes the place of the editor.
    const document = vscode.window.activeTextEditor?.document;
    const file = document && isJson(document) ? document.uri : undefined;
    await this.panel.show(this.session(await this.pairFor(argument), file));
  }

  /** The ways to the same service, itself among them; empty where there is no other one. */
  async waysOf(service: Service): Promise<readonly Service[]> {
    return waysTo(service, await this.known());
  }

  /** Takes over a panel that a reload has left. */
  adopt(panel: vscode.WebviewPanel, state: unknown): void {
    this.panel.adopt(panel, state);
  }

  dispose(): void {
    this.lifetime.dispose();
  }

  private session(pair: WayPair, file: vscode.Uri | undefined): WaysSession {
    const { arms, reporter } = this.parts;
    // What is sent is what the page has told: the file, or something else.
    let told: vscode.Uri | undefined;
    return new WaysSession({
      arms, describe: (error) => reporter.describe(error), compareAnswers, ticks: () => performance.now(), made: this.madeFor(pair),
      gatewayKey: async (gateway) => {
        const { services, keys } = this.parts.services;
        const service = services.find(gateway.address);
        return service && (await keys.of(service)).subscriptionKey;
      },
      request: async (_, signal, sending) => {
        if (!sending) told = file && (await this.isRequest(file, pair)) ? file : undefined;
        return this.request(pair, told, signal, sending);
      },
    }, pair);
  }

  private madeFor({ gateway, place }: WayPair): number[] {
    const key = place ? `${place.instance.endpointUrl}${place.instance.id}/${place.api}`.toLowerCase() : gateway.address;
    const made = this.callsMade.get(key) ?? [];
    this.callsMade.set(key, made);
    return made;
  }

  private async known(): Promise<KnownWays> {
    const services = this.parts.services.services.workspaces().flatMap((workspace) => workspace.services);
    return { services, publishings: await readPublishings(this.journal) };
  }

  private async pairFor(argument: unknown): Promise<WayPair> {
    const known = await this.known();
    const [instance, api] = [instanceMeant(argument), entryMeant(argument, 'api')];
    if (instance && api) {
      const gateway = known.services.find((each) => isOfApis(instance, each, [api]));
      if (!gateway) throw notInSidebar(api.title);
      const direct = pairOf(gateway, known)?.direct ?? (await this.other(gateway, known));
      return { direct, gateway, place: { instance, api: api.name } };
    }
    const { services } = this.parts.services;
    const title = plain(l10n.t('Compare Both Ways to Which Service?'));
    const service = serviceFrom(services, argument) ?? (await pickService(services, { title }));
    const pair = pairOf(service, known);
    if (pair) return pair;
    return ordered(service, await this.other(service, known), known);
  }

  /** Asks for the other way. Throws Cancelled, and InvalidInput where there is no other service. */
  private async other(service: Service, { services }: KnownWays): Promise<Service> {
    const others = services.filter(({ address }) => address !== service.address);
    if (others.length === 0) {
      throw new InvalidInput({
        sentence: l10n.t('"{0}" is the only service of the sidebar, so there is no other way to compare it with.', service.name),
        advice: l10n.t('Publish it to API Management, or add the service by its address at the gateway.'),
      });
    }
    const title = plain(l10n.t('Which Service Is the Other Way to "{0}"?', service.name));
    return askChoice(title, plain(l10n.t('Choose a service')), others.map((value) =>
      ({ icon: 'server-process' as const, label: plain(value.name), detail: plain(value.address), value })));
  }

  private async request(pair: WayPair, file: vscode.Uri | undefined, signal: AbortSignal, sending: boolean): Promise<WaysRequest> {
    const { scoring } = this.parts;
    if (file) return this.requestOf(file, pair, sending);
    const last = (await this.parts.lastRequest(pair.direct.address)) ?? (await this.parts.lastRequest(pair.gateway.address));
    if (last !== undefined) {
      return this.made(scoring.readRequest(last, pair.direct), l10n.t('The last request of the service is sent.'));
    }
    const text = await this.described(pair.direct, signal);
    if (text !== undefined) {
      const about = l10n.t('A request that was made from the description of the service is sent.');
      return this.made(scoring.readRequest(text, pair.direct), about);
    }
    throw new InvalidInput({
      sentence: l10n.t('There is no request to compare both ways with.'),
      advice: l10n.t('Open a JSON file with a request and compare again, or send a request to the service first.'), actions: ['retry'],
    });
  }

  /** Another file may be in front, or it may be gone: it is no request, and something else is sent. */
  private async isRequest(file: vscode.Uri, { direct }: WayPair): Promise<boolean> {
    try {
      this.parts.scoring.readRequest(await textOf(file), direct);
      return true;
    } catch {
      return false;
    }
  }

  /** Throws InvalidInput for a file that was a request and is none any more. */
  private async requestOf(file: vscode.Uri, { direct, gateway }: WayPair, sending: boolean): Promise<WaysRequest> {
    const name = nameOf(file);
    const request = this.readable(name, await textOf(file), direct);
    if (sending) {
      await confirmUntrusted(
        plain(l10n.t('Send "{0}" of a folder that you do not trust?', name)),
        plain(l10n.t('The text goes with your key to:\n{0}\n{1}', direct.address, gateway.address)), plain(l10n.t('Send')),
      );
    }
    return this.made(request, l10n.t('"{0}" is sent.', name));
  }

  private readable(name: string, text: string, service: Service): ScoreRequest {
    try {
      return this.parts.scoring.readRequest(text, service);
    } catch (error) {
      throw new InvalidInput({
        sentence: l10n.t('"{0}" is no request any more, so nothing was sent.', name),
        advice: l10n.t('Mend the file and compare again, or try again to send another request.'),
        detail: messageOf(error), actions: ['retry'],
      });
    }
  }

  private async described(service: Service, signal: AbortSignal): Promise<string | undefined> {
    const describing = this.parts.describingOf(service);
    const [form] = describing?.forms() ?? [];
    const state = await this.parts.descriptions.get(service, signal);
    return describing && form && state?.kind === 'known' ? describing.newRequest(form.id, state.description, []) : undefined;
  }

  private made(request: ScoreRequest, about: string): WaysRequest {
    const { services: { services, keys }, scoring, score, credentialOf, transport, log } = this.parts;
    return {
      about,
      inFormOf: (sent) => (isMasked(sent) ? undefined : this.made(scoring.readRequest(sent.requestBody), about)),
      call: async (given, signal) => {
        const service = services.find(given.address);
        if (!service) throw serviceGone(given);
        const tools = { transport: await transport(), clock: systemClock, random: Math.random, log };
        return score({
          service, request, source: l10n.t('Comparison of both ways'),
          credential: async () => credentialOf(service, await keys.of(service)),
          timeoutMs: callSettings().timeoutMs,
          // What is repeated hides what was refused.
          repeats: { maxRepeats: 0, maxWaitMs: 0 },
        }, tools, signal);
      },
    };
  }
}

/** Cells of the differences are not shown here, only that there are some. */
const mostCells = 10_000;

function compareAnswers(direct: Exchange, gateway: Exchange): Promise<Comparison> {
  return compareExchanges(direct, gateway, { allRows: false, maxCells: mostCells, pause: yieldToOthers });
}

/** Which of two is the gateway's: the one that was published, else the one below a path of its own. */
function ordered(one: Service, other: Service, known: KnownWays): WayPair {
  const isBehind = (service: Service): boolean =>
    placeOf(service, known) !== undefined || !('prefix' in service.endpoint) || service.endpoint.prefix !== '';
  const [direct, gateway] = isBehind(one) && !isBehind(other) ? [other, one] : [one, other];
  const place = placeOf(gateway, known);
  return { direct, gateway, ...(place ? { place } : {}) };
}

function notInSidebar(api: string): InvalidInput {
  return new InvalidInput({
    sentence: l10n.t('No service of the sidebar is called through the API "{0}".', api),
    advice: l10n.t('Use its subscription for a service, or add the service by its address at the gateway.'),
  });
}
