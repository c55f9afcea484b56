// The one panel that tells how a service is called: used again for the next service, restored after a reload.

import { isDeepStrictEqual } from 'node:util';
import * as vscode from 'vscode';
import { readFromServicePage, readSavedAddress, type FromServicePage, type ToServicePage } from '../messages';
import { DisposableStore, type Disposable } from '../../../model/lifetime';
import type { Service } from '../../../model/service';
import type { LastExchange, CodeLanguage, ServicePageParts } from '../../../protocols/code';
import { protocolOf } from '../../../protocols/registry';
import type { Descriptions } from '../../description';
import type { ServiceStore } from '../../services';
import { PageDescriptions, type PageDescription } from '../pageDescriptions';
import { openCode } from './copyCode';
import type { ActionContext } from '../../../ui/errorActions';
import type { ErrorReporter } from '../../../ui/errorReporter';
import { command, panel as panelId } from '../../../ui/ids';
import { pickService, serviceFrom } from '../../services';
import { plain } from '../../../ui/plain';
import { SingletonPanel } from '../../../ui/singletonPanel';

/** What the panel needs from outside. */
export interface ServicePanelParts {
  readonly extensionUri: vscode.Uri;
  readonly reporter: ErrorReporter;
  readonly services: ServiceStore;
  readonly descriptions: Pick<Descriptions, 'has' | 'known' | 'get' | 'onDidChange'>;
  /** What was last sent to a service, by its address, and came back, secrets masked. */
  readonly lastExchange: (address: string) => Promise<LastExchange>;
}

/** Shows how a service is called. */
export class ServicePanel implements Disposable {
  private readonly lifetime = new DisposableStore();
  private readonly panel: SingletonPanel<ToServicePage>;
  private address: string | undefined;
  private view: ToServicePage | undefined;
  private languages: readonly CodeLanguage[] = [];
  /** What the view was made from. */
  private shown: { readonly service: Service; readonly lastExchange: LastExchange; readonly description: PageDescription } | undefined;
  private readonly descriptions: PageDescriptions;
  private calls = 0;

  constructor(private readonly parts: ServicePanelParts) {
    this.descriptions = new PageDescriptions(parts.descriptions, (address) => this.news(address));
    this.panel = new SingletonPanel({
      extensionUri: parts.extensionUri, actions: parts.reporter.actions, id: panelId.service, page: 'service', title: 'Service',
      onMessage: (message) => {
        const request = readFromServicePage(message, parts.reporter.actions);
        if (request) void parts.reporter.run(() => this.handle(request), this.context());
      },
      gone: () => {
        this.descriptions.reset();
        this.view = undefined;
        this.shown = undefined;
      },
    });
  }

  /** Begins to follow the services. */
  start(): void {
    this.lifetime.add(this.parts.services.onDidChange(() => {
      // A page that is hidden asks when it is shown again, and most changes are those of other services.
      if (this.panel.current?.visible === true && !isDeepStrictEqual(this.service(), this.shown?.service))
        void this.parts.reporter.run(() => this.tell());
    }));
    this.lifetime.add(this.parts.descriptions.onDidChange((address) => this.news(address)));
  }

  /** Shows a service. */
  async show(service: Service): Promise<void> {
    this.address = service.address;
    this.descriptions.reset();
    this.panel.show();
    await this.tell();
  }

  /** Takes over a panel that a reload has left; `state` is what its page had saved. */
  adopt(panel: vscode.WebviewPanel, state: unknown): void {
    this.address = readSavedAddress(state);
    this.panel.take(panel);
  }

  dispose(): void {
    this.descriptions.reset();
    this.lifetime.dispose();
    this.panel.dispose();
  }

  /** Something else is known of a service than before. */
  private news(address: string): void {
    if (this.panel.current?.visible === true && address === this.address) void this.parts.reporter.run(() => this.tell());
  }

  private context(): ActionContext {
    return { service: this.service() };
  }

  private service(): Service | undefined {
    return this.address === undefined ? undefined : this.parts.services.find(this.address);
  }

  private async handle(request: FromServicePage): Promise<void> {
    const { address } = this;
    switch (request.type) {
      case 'ready':
        return this.tell();
      case 'send':
        return void (await vscode.commands.executeCommand(command.sendToService, address));
      case 'test':
        return void (await vscode.commands.executeCommand(command.testService, address));
      case 'newRequest':
        return void (await vscode.commands.executeCommand(command.newRequest, address));
      case 'refreshDescription':
        return void (await vscode.commands.executeCommand(command.refreshDescription, address));
      case 'runJob':
        return void (await vscode.commands.executeCommand(command.runJob, address));
      case 'copyAddress':
        return copy(address);
      case 'action':
        return this.parts.reporter.act(request.action, this.context());
      case 'copyUrl':
        return copy(this.view?.ways[request.way]?.operations[request.operation]?.url);
      case 'copyRequest':
        return copy(this.view?.ways[request.way]?.operations[request.operation]?.request);
      case 'copyCode':
        return copy(this.view?.ways[request.way]?.codes[request.code]?.code);
      case 'openCode': {
        const shown = this.view?.ways[request.way]?.codes[request.code];
        const language = this.languages.find(({ name }) => name === shown?.language);
        return shown && language && openCode(shown.code, language);
      }
      default:
        return request satisfies never;
    }
  }

  /** Tells the page what there is to tell; a service that is gone leaves an empty page. */
  private async tell(): Promise<void> {
    const call = (this.calls += 1);
    const { address, panel: { current: panel } } = this;
    if (!panel || address === undefined) return;
    const service = this.service();
    if (!service) {
      this.view = undefined;
      this.shown = undefined;
      panel.title = 'Service';
      this.panel.send({ type: 'service', name: '', address, facts: [], notes: [], ways: [] });
      return;
    }
    const code = await protocolOf(service).codeFor?.(service);
    const description = await this.descriptions.of(service);
    const lastExchange = { ...(await this.parts.lastExchange(address)), ...(description.made ? { made: description.made } : {}) };
    // Calls may overtake each other, and another service may be shown meanwhile: the newest call tells.
    if (call !== this.calls || panel !== this.panel.current) return;
    const now = { service, lastExchange, description };
    const view =
      this.view && isDeepStrictEqual(now, this.shown)
        ? this.view
        : { ...viewOf(service, code?.page(lastExchange) ?? notWritten), described: description.described };
    this.view = view;
    this.languages = code?.languages ?? [];
    this.shown = now;
    panel.title = `How to Call ${service.name}`;
    this.panel.send(view);
  }
}

/** The page of a service whose kind has no code. */
const notWritten: ServicePageParts = {
  facts: [],
  notes: ['How this kind of service is called is not described here, and no programs are written for it.'],
  ways: [],
};

function viewOf({ name, address }: Service, parts: ServicePageParts): ToServicePage {
  return { type: 'service', name, address, ...parts };
}

async function copy(text: string | undefined): Promise<void> {
  if (text !== undefined) await vscode.env.clipboard.writeText(text);
}

/** Shows the page of the service that a command was called for, or of one that the person picks. */
export async function showServicePage(panel: ServicePanel, services: ServiceStore, argument: unknown): Promise<void> {
  await panel.show(serviceFrom(services, argument) ?? (await pickService(services, { title: plain`How to Call a Service` })));
}
