// What the section "API Management" costs beside the services tree of the same size, and what is asked of Azure Resource Manager while it
// is opened.

import { rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { StepFailed } from '../host/processes.mjs';
import { bundleProgram, startManyArm } from './programs.mjs';
import { measuredId } from './stage.mjs';

/** @typedef {import('./table.mjs').Figure} Figure */
/** @typedef {import('./window.mjs').Editor} Editor */
/** @typedef {import('./window.mjs').EditorWindow} EditorWindow */
/** @typedef {import('./programs.mjs').ManyArm} ManyArm */
/** @typedef {import('./probeSections').Drawn} Drawn */
/** @typedef {(editor: Editor) => Promise<Figure[]>} Work */

const windows = 3;

/** Instances of APIs, and workspaces of services. */
const many = { instances: 200, apis: 100 };

/** Once nothing has been asked for so long, nothing more is to come, in milliseconds. */
const quietMs = 1500;

/** As long as real ones are. */
const token = 't'.repeat(1500);

const prefix = 'azuremlWebServices';

/**
 * @param {string} folder For everything that it writes.
 * @param {string} extensionsDir The installed extensions.
 * @param {(extensionsDir: string, settings: Record<string, unknown>, work: Work) => Promise<Figure[]>} inEditor Starts a VS Code whose data
 * are in that folder.
 * @returns {Promise<Figure[]>}
 */
export async function apim(folder, extensionsDir, inEditor) {
  /** @type {typeof import('./signIn')} */
  const { installSignIn } = createRequire(import.meta.url)(await bundleProgram('signIn.ts', folder));
  const account = installSignIn(extensionsDir);
  const arm = await startManyArm(many.instances, many.apis);
  try {
    account.give(token);
    const settings = { [`${prefix}.armEndpoint`]: arm.url, [`${prefix}.services`]: services() };
    return await inEditor(account.extensionsDir, settings, async (editor) => {
      // What one window has kept would spare the next one the asking.
      const forget = () => rmSync(join(folder, 'data', 'data', 'User', 'globalStorage', measuredId, 'apim.json'), { force: true });
      const asked = await whatIsAsked(editor, arm);
      forget();
      return [...(await drawing(editor, arm, forget)), ...asked];
    });
  } finally {
    arm.stop();
    account.remove();
  }
}

/** Nobody calls them. */
function services() {
  /** @param {number} index */
  const id = (index) => index.toString(16).padStart(32, '0');
  return Array.from({ length: many.instances }, (_, workspace) => Array.from({ length: many.apis }, (_, service) => ({
    name: `Scoring ${service}`, address: `http://127.0.0.1:9/workspaces/${id(workspace)}/services/${id(service)}`,
  }))).flat();
}

/** @param {EditorWindow} window */
async function start(window) {
  await window.ask('settle');
  await window.ask('sections/start', { id: measuredId });
  await window.ask('settle');
}

/**
 * Lets VS Code have a session, as a person does who is asked. Where somebody was asked before, nobody is asked again.
 * @param {EditorWindow} window
 * @param {Promise<unknown>} signingIn
 */
async function allow(window, signingIn) {
  const button = window.page.getByRole('button', { name: 'Allow', exact: true });
  await Promise.race([signingIn, button.click().catch(() => undefined)]);
  await signingIn;
}

/**
 * Signs in, which opens the section with the directories of the account.
 * @param {EditorWindow} window
 */
const signIn = (window) => allow(window, window.ask('run', { command: `${prefix}.apimSignIn` }));

/**
 * Signs in to the one directory, in whose place its subscriptions are shown.
 * @param {EditorWindow} window
 */
const signInToDirectory = (window) => allow(window, window.ask('sections/signIn'));

/**
 * @param {Editor} editor @param {ManyArm} arm @param {() => void} forget
 * @returns {Promise<Figure[]>}
 */
async function drawing(editor, arm, forget) {
  /** @type {Record<'apim' | 'services', { first: number[], again: number[] }>} */
  const times = { apim: { first: [], again: [] }, services: { first: [], again: [] } };
  /** @type {number[]} */
  const fetches = [];
  for (let run = 0; run < windows; run += 1) {
    const window = await editor.open();
    try {
      await start(window);
      await signIn(window);
      await signInToDirectory(window);
      // VS Code itself draws what is seen.
      await window.ask('run', { command: 'workbench.action.closeSidebar' });
      await sleep(quietMs);
      await arm.asked();
      /** @type {('apim' | 'services')[]} */
      const order = run % 2 === 0 ? ['apim', 'services'] : ['services', 'apim'];
      for (const view of order) times[view].first.push(await draw(window, view));
      const urls = (await arm.asked()).map((call) => `${arm.url}${call.slice('GET '.length)}`);
      await sleep(quietMs);
      for (const view of order.toReversed()) times[view].again.push(await draw(window, view));
      const again = await arm.asked();
      if (again.length > 0) throw new StepFailed(`Drawing once more asked for ${again.length} lists, as ${again[0]}.`);
      fetches.push(await window.ask('sections/fetch', { urls, token }));
    } finally {
      await window.close();
    }
    forget();
  }
  const size = `${many.instances} x ${many.apis}`;
  /** @param {'first' | 'again'} which */
  const besideServices = (which) => ({
    unit: /** @type {const} */ ('ms'), ours: times.apim[which],
    baseline: { name: `services tree of ${size}`, values: times.services[which] },
  });
  return [
    { name: `API Management, ${size} APIs: drawn again`, ...besideServices('again'), goal: { ratio: 1.5 } },
    { name: `API Management, ${size} APIs: asked for and drawn`, ...besideServices('first') },
    {
      name: `API Management, ${size} APIs: asked for and drawn`, unit: 'ms', ours: times.apim.first,
      baseline: { name: 'the same answers fetched and parsed, nothing else', values: fetches },
    },
  ];
}

/** @param {EditorWindow} window @param {'apim' | 'services'} view */
async function draw(window, view) {
  await window.ask('settle');
  /** @type {Drawn} */
  const { tookMs, lines } = await window.ask('sections/draw', { view });
  const [parents, leaves] = view === 'apim' ? [lines['instance'], lines['entry']] : [lines['workspace'], lines['service']];
  const isWhole = parents === many.instances && leaves === many.instances * many.apis;
  if (!isWhole) throw new StepFailed(`${view} had other lines: ${JSON.stringify(lines)}.`);
  return tookMs;
}

/**
 * Opens the section and lines of it with the mouse and counts the calls after each step. Each list that is shown may cost one call.
 * @param {Editor} editor @param {ManyArm} arm
 * @returns {Promise<Figure[]>}
 */
async function whatIsAsked(editor, arm) {
  /** @type {Figure[]} */
  const figures = [];
  /** @param {string} name @param {number} most @param {() => Promise<unknown>} work */
  const count = async (name, most, work) => {
    await work();
    await sleep(quietMs);
    figures.push({ name: `Asked of ARM: ${name}`, unit: 'calls', ours: [(await arm.asked()).length], goal: { most } });
  };
  const window = await editor.open();
  /** @param {EditorWindow} of @param {RegExp} name */
  const line = (of, name) => of.page.getByRole('treeitem', { name }).first();
  const [subscription, instance, apis] = [/^Azure subscription/, /^API Management instance instance-0000/, /^APIs/];
  /** @param {RegExp} parent @param {RegExp} child */
  const unfold = async (parent, child) => {
    await line(window, parent).click();
    await line(window, child).waitFor();
  };
  try {
    await count('the extension started, the section closed', 0, () => start(window));
    await count('signed in, which opens the section: directories', 1, () => signIn(window));
    await count('signed in to the directory: subscriptions', 1, async () => {
      await signInToDirectory(window);
      await line(window, subscription).waitFor();
    });
    await count('a subscription opened: 100 of 200 instances', 1, () => unfold(subscription, instance));
    await count('an instance opened: what it is', 1, () => unfold(instance, apis));
    await count('its APIs opened: all 100', 1, () => unfold(apis, /^Scoring 0/));
    await count('the subscription closed and opened again', 0, async () => {
      await line(window, subscription).click();
      await line(window, instance).waitFor({ state: 'hidden' });
      await unfold(subscription, instance);
    });
  } finally {
    await window.close();
  }
  const next = await editor.open();
  try {
    await count('the section in the next window, as it was kept', 0, async () => {
      await next.ask('settle');
      await next.ask('run', { command: `${prefix}.apim.focus` });
      await line(next, subscription).waitFor();
    });
  } finally {
    await next.close();
  }
  return figures;
}
