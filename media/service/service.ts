// Draws a service: what it is called and where it is, its operations, and programs that call it.

import * as l10n from '@vscode/l10n';
import type { ToServicePage } from '../../src/features/code/messages';
import { button, copyButton, h } from '../kit/elements';
import { drawHeader } from '../kit/header';
import { drawNotes } from '../kit/notes';
import { drawPlacard } from '../kit/placard';
import { tabs } from '../kit/tabs';
import { coloured } from './colours';
import type { ServicePageContext } from './context';
import { drawDescribed } from './described';

type Way = ToServicePage['ways'][number];
type Operation = Way['operations'][number];
type Program = Way['codes'][number];

/** Draws the whole page; a service without a name is one that is gone, and one without ways cannot be told of. */
export function drawService(page: ServicePageContext, service: ToServicePage): HTMLElement {
  if (service.name === '') return gone(service.address);
  const described = service.described && drawDescribed(page, service.described);
  const top = [head(page, service), drawNotes(service.notes), whole(page, service)];
  if (service.ways.length === 0) return h('div', { class: 'service-page' }, ...top, described);
  const selected = Math.max(0, service.ways.findIndex(({ name }) => name === page.saved.way));
  const [only] = service.ways.length === 1 ? service.ways : [];
  const ways = only ? drawWay(page, only, 0) : tabs({
    label: 'Ways to call the service',
    look: 'main',
    selected,
    tabs: service.ways.map((way, index) => ({ id: `way-${index}`, label: way.name, draw: () => drawWay(page, way, index) })),
    onSelect: (index) => page.keep({ way: service.ways[index]?.name }),
  }).element;
  return h('div', { class: 'service-page' }, ...top, described, ways);
}

function head(page: ServicePageContext, { name, address, ways }: ToServicePage): HTMLElement {
  return drawHeader({
    title: name,
    factsLabel: l10n.t('About this service'),
    facts: [{ name: l10n.t('Address'), value: address, title: address, className: 'fact-source', rank: 1 }],
    actions: {
      primary: { id: 'send', label: l10n.t('Send Request…'), icon: 'send', run: () => page.send({ type: 'send' }) },
      icons: [
        { id: 'test', label: l10n.t('Test…'), icon: 'target', run: () => page.send({ type: 'test' }) },
        ...(ways.length > 1
          ? [{ id: 'runJob', label: l10n.t('Run Batch Job…'), icon: 'runAll' as const, run: () => page.send({ type: 'runJob' }) }]
          : []),
      ],
      more: [
        { id: 'newRequest', label: l10n.t('New Request…'), icon: 'newFile', run: () => page.send({ type: 'newRequest' }) },
        {
          id: 'copy-address', label: l10n.t('Copy Address'), icon: 'copy', run: () => {
            page.send({ type: 'copyAddress' });
            page.announce(l10n.t('Copied.'));
          },
        },
      ],
      signal: page.signal,
    },
  });
}

/** What is too long for the header, on demand. */
function whole(page: ServicePageContext, { address, facts }: ToServicePage): HTMLElement {
  return page.keepOpen('address', h('details', { class: 'folded service-whole' },
    h('summary', { 'data-focus': 'service-whole' }, h('h2', {}, l10n.t('Address'))),
    h('code', { class: 'url' }, address),
    facts.length === 0 ? undefined : h('ul', { class: 'muted' }, ...facts.map((fact) => h('li', {}, fact)))));
}

function drawWay(page: ServicePageContext, { operations, codes }: Way, way: number): HTMLElement {
  const language = Math.max(0, codes.findIndex((code) => code.language === page.saved.language));
  return h(
    'div',
    { class: 'way' },
    h(
      'section',
      { 'aria-label': 'Operations' },
      h('h2', {}, 'Operations'),
      tabs({
        label: 'Operations',
        look: 'sub',
        selected: 0,
        onSelect: () => undefined,
        tabs: operations.map((operation, index) => ({
          id: `operation-${way}-${index}`,
          label: operation.name,
          detail: operation.method,
          draw: () => drawOperation(page, operation, way, index),
        })),
      }).element,
    ),
    h(
      'section',
      { 'aria-label': 'Code' },
      h('h2', {}, 'Code'),
      tabs({
        label: 'Languages',
        look: 'sub',
        selected: language,
        onSelect: (index) => page.keep({ language: codes[index]?.language }),
        tabs: codes.map((code, index) => ({
          id: `code-${way}-${index}`,
          label: code.language,
          draw: () => drawCode(page, code, way, index),
        })),
      }).element,
    ),
  );
}

function drawOperation(page: ServicePageContext, operation: Operation, way: number, index: number): HTMLElement {
  const { name, method, url, headers, request, requestNote, response, notes } = operation;
  return h(
    'div',
    { class: 'operation' },
    h(
      'div',
      { class: 'request-line' },
      h('code', { class: 'url' }, h('span', { class: 'method' }, method), ` ${url}`),
      copyButton(
        page,
        { label: `Copy the address of ${name}`, focusKey: `copy-url-${way}-${index}`, look: 'plain' },
        { type: 'copyUrl', way, operation: index },
      ),
    ),
    headers.length === 0
      ? h('p', { class: 'muted' }, 'No headers are needed.')
      : part(
          'Request headers',
          h(
            'table',
            { class: 'header-lines' },
            h(
              'tbody',
              {},
              ...headers.map((header) =>
                h('tr', {}, h('th', { scope: 'row', class: 'header-name' }, header.name), h('td', {}, header.value)),
              ),
            ),
          ),
        ),
    request === undefined
      ? undefined
      : part(
          'Request body',
          requestNote === undefined ? undefined : h('p', { class: 'muted' }, requestNote),
          h(
            'div',
            { class: 'buttons' },
            copyButton(
              page,
              { label: 'Copy Request', focusKey: `copy-request-${way}-${index}` },
              { type: 'copyRequest', way, operation: index },
            ),
          ),
          text(`Request body of ${name}`, request),
        ),
    response === undefined ? undefined : part('Answer', text(`Answer of ${name}`, response)),
    notes.length === 0 ? undefined : part('Worth knowing', h('ul', { class: 'worth' }, ...notes.map((note) => h('li', {}, note)))),
  );
}

function drawCode(page: ServicePageContext, { language, needs, code }: Program, way: number, index: number): HTMLElement {
  return h(
    'div',
    { class: 'operation' },
    h('p', { class: 'muted' }, needs),
    h(
      'div',
      { class: 'buttons' },
      copyButton(page, { label: 'Copy Code', focusKey: `copy-code-${way}-${index}` }, { type: 'copyCode', way, code: index }),
      button({
        label: 'Open in Editor',
        icon: 'open',
        focusKey: `open-code-${way}-${index}`,
        run: () => page.send({ type: 'openCode', way, code: index }),
      }),
    ),
    text(`Code in ${language}`, code),
  );
}

function part(title: string, ...children: readonly (Node | undefined)[]): HTMLElement {
  return h('div', { class: 'part' }, h('h3', {}, title), ...children);
}

/** A text of several lines. It can be scrolled, so the keyboard has to reach it. */
function text(label: string, content: string): HTMLElement {
  return h('pre', { class: 'code-text', tabindex: 0, role: 'region', 'aria-label': label }, coloured(content));
}

function gone(address: string): HTMLElement {
  return drawPlacard('file', l10n.t('This service is not in the sidebar'), 'h1',
    h('p', {}, l10n.t('It was removed, or the sample service, whose address changes with each start, has ended.')),
    h('p', { class: 'muted' }, address));
}
