// What `npm start` does: installs what is missing, builds, and opens VS Code with the extension and a folder of samples.
// --no-open serves VS Code to a browser even where it is installed; --port N does the same, on that port.

import { randomBytes } from 'node:crypto';
import { cpSync, existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { choose } from './choice.mjs';
import { installUnpacked } from './extensions.mjs';
import { build, ensurePackages } from './install.mjs';
import { endWith, readCommandLine } from './options.mjs';
import { findOnPath, lastLines, onAskedToEnd, run, step, StepFailed } from './processes.mjs';
import { freePort, startServer, workbenchUrl } from './server.mjs';
import { writeUserSettings } from './settings.mjs';
import { cacheFolder, ensureEditor, ensureNode, ensureSpdlog, root, writesLogs } from './tools.mjs';

/** The browser keeps the person's layout by address, so the port stays the same where it can. */
const usualPort = 8710;
const least = '1.103.0';

const usage = `Usage: npm start [-- OPTIONS]

Opens VS Code with the extension: that of this desktop, or one that is served to a browser.

  --no-open  serves it to a browser
  --port N   serves it to a browser on this port
  --help     prints this`;

/** @returns {{ serve: boolean, port: number | undefined }} */
function readOptions() {
  const values = readCommandLine(usage, { port: { type: 'string' }, 'no-open': { type: 'boolean', default: false } });
  const port = values.port === undefined ? undefined : Number(values.port);
  if (port !== undefined && !(Number.isInteger(port) && port > 0 && port < 65_536)) {
    endWith('--port takes a number from 1 to 65535.');
  }
  return { serve: values['no-open'] || port !== undefined, port };
}

/** @returns {string} A folder with sample requests, copied once and never overwritten, for the person to change as they like. */
function sampleFolder() {
  const folder = join(cacheFolder, 'sample-folder');
  if (!existsSync(folder)) {
    const sample = join(root, 'media', 'sample');
    mkdirSync(cacheFolder, { recursive: true });
    if (existsSync(sample)) {
      cpSync(sample, folder, { recursive: true });
    } else {
      mkdirSync(folder);
    }
    process.stdout.write(`Copied the samples to ${folder}. They are yours to change.\n`);
  }
  return folder;
}

/** @param {string} code The program `code`. @param {string} folder */
async function openDesktop(code, folder) {
  await step('Opening VS Code with the extension', async () => {
    const result = await run(code, [`--extensionDevelopmentPath=${root}`, '--new-window', folder], { cwd: root });
    if (result.code !== 0) {
      throw new StepFailed(`VS Code did not open. Try npm start -- --no-open, which serves it to a browser.\n${lastLines(result.output)}`);
    }
  });
  process.stdout.write(`VS Code shows ${folder} in a window named "Extension Development Host".\n`);
}

/** @param {number | undefined} wanted */
async function choosePort(wanted) {
  if (wanted === undefined) {
    return freePort(usualPort).catch(() => freePort());
  }
  return freePort(wanted).catch(() => {
    throw new StepFailed(`Port ${wanted} is taken by another program. Give another one: npm start -- --port N`);
  });
}

/** Builds what VS Code writes its log with, where that is missing. The person works meanwhile, and is told what it was good for. */
async function buildLogWriter() {
  process.stdout.write((await ensureSpdlog())
    ? 'VS Code can write its log now: after Developer: Reload Window, Show Log has something to show.\n'
    : 'There is no compiler here for the part of VS Code that writes its log: Show Log stays empty in this VS Code.\n');
}

/** @param {string} folder @param {number | undefined} wantedPort */
async function serve(folder, wantedPort) {
  const port = await choosePort(wantedPort);
  const dataDir = join(cacheFolder, 'start-data');
  const extensionsDir = join(dataDir, 'extensions');
  await step('Installing the extension', async () => installUnpacked(extensionsDir));
  if (!existsSync(join(dataDir, 'data', 'User', 'settings.json'))) {
    writeUserSettings(dataDir);
  }
  // Who reaches this VS Code can run programs as this person: the address alone must not be enough on a computer with several users.
  const tokenFile = join(dataDir, 'connection-token');
  const token = randomBytes(16).toString('hex');
  writeFileSync(tokenFile, token, { mode: 0o600 });
  // The folder holds what this repository put there, so the question whether its authors are trusted would only stand in the way.
  const server = await step('Starting VS Code', () => startServer({ dataDir, extensionsDir, port, trust: true, tokenFile }));
  let stopping = false;
  onAskedToEnd(() => {
    stopping = true;
    void server.stop();
  });
  process.stdout.write(`Open ${workbenchUrl(server, folder)}&tkn=${token} in a browser. Ctrl+C ends it.\n`);
  if (!(await writesLogs())) {
    void buildLogWriter();
  }
  // The server alone does not keep this process alive.
  const alive = setInterval(() => {}, 60_000);
  await server.ended;
  clearInterval(alive);
  if (!stopping) {
    throw new StepFailed('VS Code has ended by itself. Run npm start again.');
  }
  // Not left to what still runs: the log writer may be in the making.
  process.stdout.write('VS Code has ended.\n', () => process.exit(0));
}

async function main() {
  onAskedToEnd();
  const { serve: asked, port } = readOptions();
  const code = findOnPath(['code']);
  const version = code === undefined ? undefined : (await run(code, ['--version'], { cwd: root })).output.split(/\r?\n/)[0];
  const { where, why } = choose({ platform: process.platform, env: process.env, codeVersion: version, least, serve: asked });
  // Nothing here needs anything of the others.
  const served = where === 'desktop' ? [] : [ensureNode('newest'), ensureEditor('newest')];
  await Promise.all([ensurePackages().then(build), ...served]);
  const folder = sampleFolder();
  if (where === 'desktop' && code !== undefined) {
    await openDesktop(code, folder);
  } else {
    process.stdout.write(`VS Code is served to a browser, since ${why}.\n`);
    await serve(folder, port);
  }
}

main().catch((error) => {
  process.stderr.write(`${error instanceof StepFailed ? error.message : error instanceof Error ? error.stack : error}\n`);
  process.exit(1);
});
