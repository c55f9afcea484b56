// Runs VS Code's server, and gives the one answer that VS Code leaves to whoever serves it: the half of a key with which its page encrypts
// secrets, so that they outlive a reload. Arguments: the server's main file, the file that holds this half, then the server's own.

import { randomBytes } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { Server } from 'node:http';
import { pathToFileURL } from 'node:url';

const keyBytes = 32;
const [main = '', keyFile = '', ...args] = process.argv.slice(2);
const tokenOption = args.indexOf('--connection-token-file');
const token = tokenOption < 0 ? undefined : readFileSync(args[tokenOption + 1] ?? '', 'utf8').trim();

if (!existsSync(keyFile)) {
  writeFileSync(keyFile, randomBytes(keyBytes), { mode: 0o600 });
}

/** @param {import('node:http').IncomingMessage} request */
function mayAsk(request) {
  return token === undefined || (request.headers.cookie ?? '').split(/;\s*/).includes(`vscode-tkn=${token}`);
}

const emit = Server.prototype.emit;
/**
 * @this {Server}
 * @param {string} event
 * @param {any[]} parts
 */
Server.prototype.emit = function answer(event, ...parts) {
  const [request, response] = parts;
  if (event !== 'request' || request.method !== 'POST' || request.url !== '/mint-key') {
    return Reflect.apply(emit, this, [event, ...parts]);
  }
  request.resume();
  if (mayAsk(request)) {
    response.writeHead(200, { 'content-type': 'application/octet-stream', 'cache-control': 'no-store' }).end(readFileSync(keyFile));
  } else {
    response.writeHead(403).end();
  }
  return true;
};

process.argv.splice(1, process.argv.length - 1, main, ...args);
await import(pathToFileURL(main).href);
