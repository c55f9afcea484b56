// Add Service: take whatever is pasted, show what was recognised, ask for what is missing, save.

import * as vscode from 'vscode';
import { Cancelled } from '../../../model/errors';
import { defaultSubscriptionKeyHeader, type Endpoint, type SecretKind, type Secrets, type Service } from '../../../model/service';
import { checkAddress, parseEndpoint, withHost } from '../../../protocols/studio/endpoint';
import { endpointAddress } from '../../../protocols/studio/endpointAddress';
import { pastedKey, readPaste, type Paste } from '../paste/paste';
import { checkKey, cleanKey } from '../keyStore';
import { checkHeaderName, checkName } from '../serviceEntries';
import type { ServiceStore } from '../serviceStore';
import { askChoice, askText, askToConfirm, type Choice } from '../../../ui/ask';
import { makeInputBox } from '../../../ui/inputBox';
import { givenLine, leftLine, replacementLine, type NamedKey } from '../keyLook';
import { plain, type PlainText } from '../../../ui/plain';
import { tellAdded } from './addedService';
import { type Draft, type AddParts, type Step, keysLeft, factsAt, detail } from './addDraft';

const title = plain`Add Service`;

/** Asks for a service, saves it and says so. Gives back its address. Throws Cancelled, or InvalidInput when it is there already. */
export async function addService(parts: AddParts, text?: string, purpose?: unknown): Promise<string> {
  const { services, keys } = parts;
  const paste = text === undefined ? await askPaste(parts) : readPaste(text);
  const endpoint = paste.endpoint ?? (await askHost(paste));
  const pasted = { serviceKey: usableKey(paste, 'serviceKey'), subscriptionKey: usableKey(paste, 'subscriptionKey') };
  const known = services.find(endpointAddress(endpoint));
  if (known && (pasted.serviceKey ?? pasted.subscriptionKey) !== undefined) return replaceKeys(parts, known, pasted, paste.notes);
  const header = paste.subscriptionKeyHeader;
  const draft: Draft = {
    endpoint,
    name:
      paste.name !== undefined && checkName(paste.name) === undefined
        ? paste.name
        : (known?.name ?? (await askName(parts, endpoint, undefined))),
    ...pasted,
    subscriptionKeyHeader: header !== undefined && checkHeaderName(header) === undefined ? header : undefined,
  };
  if (!known) {
    const { gateway, remark } = factsAt(parts, endpoint);
    if (draft.serviceKey === undefined)
      draft.serviceKey = await askKey(
        plain`API key`,
        gateway
          ? plain`Paste the API key of the service. Leave it empty if the gateway adds it.`
          : plain`Paste the API key of the service. Leave it empty to set it later.`,
      );
    if (draft.subscriptionKey === undefined && gateway)
      draft.subscriptionKey = await askKey(
        plain`subscription key`,
        plain`Paste the subscription key of the gateway. Leave it empty if it asks for none.`,
      );
    await review(draft, paste.notes.filter((note) => note !== remark), parts);
  }
  // For a service that is there already this throws, and says under which name.
  const service = await services.add({ endpoint: draft.endpoint, name: draft.name, subscriptionKeyHeader: draft.subscriptionKeyHeader });
  // An entry that was deleted by hand may have left its keys; a new service has those that were given now and no others.
  await keys.replace(service, secretsOf(draft));
  tellAdded(service, purpose);
  return service.address;
}

/** The service is there already, and what was pasted holds keys: they may take the place of the old ones, when a person has seen both. */
async function replaceKeys(
  { keys, health }: AddParts,
  service: Service,
  pasted: Pick<Draft, SecretKind>,
  notes: readonly string[],
): Promise<string> {
  const kept = await keys.of(service);
  const looks = [
    ...(pasted.serviceKey === undefined ? [] : [replacementLine('API key', kept.serviceKey, pasted.serviceKey)]),
    ...(pasted.subscriptionKey === undefined ? [] : [replacementLine('Subscription key', kept.subscriptionKey, pasted.subscriptionKey)]),
  ];
  const question = plain`"${service.name}" is there already. Replace its keys by those that you pasted?`;
  await askToConfirm(question, plain([service.address, ...looks, ...notes].join('\n\n')), plain`Replace`);
  // What the earlier keys showed says nothing of these.
  health.clear(service.address);
  // One that was not pasted stays as it is.
  await keys.replace(service, { ...kept, ...secretsOf(pasted) });
  return service.address;
}

function secretsOf({ serviceKey, subscriptionKey }: Pick<Draft, SecretKind>): Secrets {
  return {
    ...(serviceKey === undefined ? {} : { serviceKey: serviceKey.value }),
    ...(subscriptionKey === undefined ? {} : { subscriptionKey: subscriptionKey.value }),
  };
}

function usableKey(paste: Paste, kind: SecretKind): NamedKey | undefined {
  const key = pastedKey(paste, kind);
  return key !== undefined && checkKey(key.value) === undefined ? { name: key.name, value: cleanKey(key.value) } : undefined;
}

/**
 * Asks for an address or code; says while one types what is recognised. A button takes the clipboard, whose line breaks a box would lose.
 */
function askPaste(parts: AddParts): Promise<Paste> {
  const { services } = parts;
  return new Promise((resolve, reject) => {
    const { box, say } = makeInputBox({
      title,
      prompt: plain`Paste the address of a service, a help page's address, or sample code (Python, C#, R, cURL) that holds the address and key.`,
      placeHolder: plain`https://HOST/workspaces/…/services/…/execute?api-version=2.0`,
      button: { icon: 'clippy', tooltip: plain`Take what is on the clipboard (code of several lines too)` },
    });
    let done = false;
    const finish = (paste: Paste): void => {
      done = true;
      box.hide();
      resolve(paste);
    };
    const judge = (text: string): Paste => {
      const paste = readPaste(text);
      const usablePaste = paste.endpoint !== undefined || paste.missingHost !== undefined;
      const twin = twinOf(paste, services);
      if (text.trim() === '') say();
      else if (twin !== undefined) say(plain`${twin} To replace a key of it, paste the key along with the address.`);
      else if (usablePaste)
        say(plain([`Recognised: ${summary(parts, paste)}.`, ...paste.notes, 'Press Enter to go on.'].join(' ')), 'information');
      else say(plain(paste.problems.join(' ')));
      return paste;
    };
    const take = (text: string): void => {
      const paste = judge(text);
      if ((paste.endpoint ?? paste.missingHost) && twinOf(paste, services) === undefined) finish(paste);
    };
    box.onDidChangeValue(judge);
    box.onDidAccept(() => {
      if (box.value.trim() === '') say(plain`Paste an address or sample code first.`);
      else take(box.value);
    });
    box.onDidTriggerButton(() => {
      vscode.env.clipboard.readText().then(take, () => say(plain`The clipboard cannot be read here; paste into the box.`));
    });
    box.onDidHide(() => {
      box.dispose();
      if (!done) reject(new Cancelled());
    });
    box.show();
  });
}

/** Why a pasted service cannot be added: it is there already, and there is no key that could take the place of its own. */
function twinOf(paste: Paste, services: ServiceStore): string | undefined {
  if (paste.endpoint === undefined || (usableKey(paste, 'serviceKey') ?? usableKey(paste, 'subscriptionKey')) !== undefined)
    return undefined;
  return alreadyThere(endpointAddress(paste.endpoint), services);
}

function summary(parts: AddParts, paste: Paste): string {
  const found = paste.endpoint
    ? [`service ${factsAt(parts, paste.endpoint).id} at ${new URL(paste.endpoint.origin).host}`]
    : ['a help page, which does not tell the host'];
  if (paste.serviceKey !== undefined) found.push('an API key');
  if (paste.subscriptionKey !== undefined) found.push('a subscription key');
  return found.join(', ');
}

async function askHost(paste: Paste): Promise<Endpoint> {
  const { missingHost } = paste;
  if (!missingHost) throw new Cancelled();
  const text = await askText({
    title,
    prompt: plain`A help page does not tell which host answers. Type the host of the service, or the beginning of its address.`,
    placeHolder: plain`https://scoring.example.com`,
    check: (value) => {
      const read = withHost(missingHost, value);
      return read.ok ? undefined : read.reason;
    },
  });
  const read = withHost(missingHost, text);
  if (!read.ok) throw new Cancelled();
  return read.endpoint;
}

function askName(parts: AddParts, endpoint: Endpoint, value: string | undefined): Promise<string> {
  return askText({
    title,
    prompt: plain`A name for service ${factsAt(parts, endpoint).id} at ${new URL(endpoint.origin).host}`,
    placeHolder: plain`For example: Churn prediction`,
    ...(value === undefined ? {} : { value }),
    check: checkName,
  }).then((name) => name.trim());
}

async function askAddress(endpoint: Endpoint, services: ServiceStore): Promise<Endpoint> {
  const text = await askText({
    title,
    prompt: plain`Address of the service`,
    value: endpointAddress(endpoint),
    check: (value) => checkAddress(value) ?? alreadyThere(value, services),
  });
  const read = parseEndpoint(text);
  return read.ok ? read.endpoint : endpoint;
}

/** Why a new service cannot have this address: one with it is there already. */
function alreadyThere(text: string, services: ServiceStore): string | undefined {
  const read = parseEndpoint(text);
  const twin = read.ok ? services.find(endpointAddress(read.endpoint)) : undefined;
  return twin && `This service is there already, as "${twin.name}".`;
}

async function askKey(what: PlainText, prompt: PlainText): Promise<NamedKey | undefined> {
  const key = await askText({
    title: plain`${title}: ${what}`,
    prompt,
    secret: true,
    check: (value) => (value.trim() === '' ? undefined : checkKey(value)),
  });
  return key.trim() === '' ? undefined : { name: '', value: cleanKey(key) };
}

/** Shows what will be saved; each line can be changed. Resolves when it is to be saved. */
async function review(draft: Draft, notes: readonly string[], parts: AddParts): Promise<void> {
  for (;;) {
    const { endpoint } = draft;
    const { id, workspaceId, remark } = factsAt(parts, endpoint);
    const left = await keysLeft(endpoint, parts.keys);
    const header = draft.subscriptionKeyHeader ?? defaultSubscriptionKeyHeader;
    const gate = draft.subscriptionKey === undefined ? 'not set (only for services behind a gateway)' : givenLine(draft.subscriptionKey);
    const choices: Choice<Step>[] = [
      {
        icon: 'check',
        label: plain`Save`,
        description: plain(draft.name),
        detail: plain`Service ${id} at ${new URL(endpoint.origin).host}`,
        value: 'save',
      },
      {
        icon: 'globe',
        label: plain`Address`,
        description: plain(endpointAddress(endpoint)),
        detail: plain`Workspace ${workspaceId}`,
        value: 'address',
      },
      { icon: 'edit', label: plain`Name`, description: plain(draft.name), value: 'name' },
      {
        icon: 'key',
        label: plain`API key`,
        description: plain(givenLine(draft.serviceKey)),
        ...detail(leftLine(left.serviceKey)),
        value: 'serviceKey',
      },
      {
        icon: 'key',
        label: plain`Subscription key`,
        description: plain(gate),
        ...detail(
          leftLine(left.subscriptionKey) ?? (draft.subscriptionKey === undefined ? undefined : `It goes into the header ${header}.`),
        ),
        value: 'subscriptionKey',
      },
      ...[...(remark === undefined ? [] : [remark]), ...notes].map((note): Choice<Step> => ({
        icon: 'info',
        label: plain`Note`,
        detail: plain(note),
        value: 'note',
      })),
    ];
    const step = await askChoice(title, plain`Save it, or choose what to change`, choices);
    switch (step) {
      case 'save':
        return;
      case 'note':
        break;
      case 'address':
        draft.endpoint = await askAddress(endpoint, parts.services);
        if (endpointAddress(draft.endpoint) === endpointAddress(endpoint)) break;
        // A key never follows to another address.
        draft.serviceKey = undefined;
        draft.subscriptionKey = undefined;
        break;
      case 'name':
        draft.name = await askName(parts, endpoint, draft.name);
        break;
      case 'serviceKey':
        draft.serviceKey = await askKey(plain`API key`, plain`Paste the API key of the service. Leave it empty to set it later.`);
        break;
      case 'subscriptionKey':
        draft.subscriptionKey = await askKey(
          plain`subscription key`,
          plain`Paste the subscription key of the gateway. Leave it empty for none.`,
        );
        break;
      default:
        return step satisfies never;
    }
  }
}
