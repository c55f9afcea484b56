// Which request goes to a service of the tree, what that means for the file, and which documents the menus of an editor can send.

import { strict as assert } from 'node:assert';
import * as vscode from 'vscode';
import { nameOf, open, panelState, run, saidNothing, setSetting, tidy, writeFile } from './support/editor';
import { answer, labels, leave, question } from './support/questions';
import { sendFromTree, sendTo, services } from './support/sending';
import { goodRequest } from './support/service';
import { until } from './support/until';
import { watched } from './support/watched';

describe('choosing what is sent', () => {
  afterEach(tidy);

  describe('the question which request goes to a service', () => {
    it('offers the one in the active editor, others that are open, those that were sent and those of the folder, and nothing else', async () => {
      const [alpha] = await services(1);
      const [sent, other, active, lying] = [await writeFile(goodRequest), await writeFile(goodRequest), await writeFile(goodRequest), await writeFile(goodRequest)];
      const [body, settings] = [await writeFile('{ "Input": { "RelativeLocation": "a/b.csv" } }'), await writeFile('{ "name": "package" }')];
      await sendTo('Alpha', sent);
      for (const file of [body, settings, other, active]) await open(file);
      const running = run('sendToService', alpha?.address);
      const asked = await question('Send Request to Alpha');
      const offered = labels(asked);
      assert.deepEqual(offered.slice(0, 2), [nameOf(active), nameOf(other)]);
      assert.equal(asked.choices[0]?.description, 'in the active editor');
      const [atSent, atLying] = [offered.indexOf(nameOf(sent)), offered.indexOf(nameOf(lying))];
      assert.match(asked.choices[atSent]?.description ?? '', /^sent to Alpha on /);
      assert.equal(asked.choices[atLying]?.description, 'in the folder');
      assert.ok(1 < atSent && atSent < atLying, offered.join(', '));
      assert.equal(offered.at(-1), 'Browse…');
      assert.deepEqual(offered.filter((label) => label === nameOf(body) || label === nameOf(settings)), []);
      await leave(asked);
      await running;
      assert.equal(alpha?.received.length, 1);
    });

    it('is asked also where the editor has no request: nothing else is sent in its place', async () => {
      const [alpha] = await services(1);
      const [file, settings] = [await writeFile(goodRequest), await writeFile('{ "name": "package" }')];
      await open(settings);
      await sendFromTree(alpha, 'Alpha', nameOf(file));
      assert.deepEqual(alpha?.received.map(({ body }) => body), [goodRequest]);
      saidNothing();
    });
  });

  describe('the menus of an editor', () => {
    const told = (key: 'requestPaths' | 'batchPaths', file: vscode.Uri): boolean => {
      const paths = watched.contexts.get(`azuremlWebServices.${key}`);
      return Array.isArray(paths) && paths.includes(file.fsPath);
    };

    it('are told of a request and of the body of a batch job, and of no other JSON', async () => {
      const [file, body, settings] = [await writeFile(goodRequest), await writeFile('{ "Input": { "RelativeLocation": "a/b.csv" } }'), await writeFile('{ "name": "package" }')];
      for (const each of [settings, body, file]) await open(each);
      await until('the menus know the request', () => told('requestPaths', file));
      await until('the menus know the body', () => told('batchPaths', body));
      assert.deepEqual([told('requestPaths', body), told('batchPaths', file), told('requestPaths', settings), told('batchPaths', settings)], [false, false, false, false]);
    });

    it('are told of a text that becomes a request while it is written, saved or not', async () => {
      await setSetting('files.autoSave', 'off');
      const document = await vscode.workspace.openTextDocument({ language: 'plaintext', content: goodRequest });
      const editor = await vscode.window.showTextDocument(document);
      assert.equal(told('requestPaths', document.uri), false);
      await vscode.languages.setTextDocumentLanguage(document, 'json');
      await until('the menus know the request', () => told('requestPaths', document.uri));
      await editor.edit((change) => change.insert(new vscode.Position(0, 0), '['));
      await until('it is no longer one', () => !told('requestPaths', document.uri));
    });
  });

  describe('the service of a file', () => {
    it('is the one that a request was first sent to from the tree', async () => {
      const [alpha, beta] = await services(2);
      const file = await writeFile(goodRequest);
      await open(file);
      await sendFromTree(beta, 'Beta', nameOf(file));
      await run('sendToRrs', file);
      assert.deepEqual([alpha?.received.length, beta?.received.length], [0, 2]);
      assert.equal(panelState().kind, 'answered');
    });

    it('stays the same where a request is sent to another from the tree, and Send Again goes where that one went', async () => {
      const [alpha, beta] = await services(2);
      const file = await writeFile(goodRequest);
      await sendTo('Alpha', file);
      await open(file);
      const asked = await sendFromTree(beta, 'Beta', nameOf(file));
      assert.equal(asked.choices[0]?.detail, 'Is sent here this once. Otherwise it goes to "Alpha", now as before.');
      await run('sendAgain');
      assert.deepEqual([alpha?.received.length, beta?.received.length], [1, 2]);
      await run('sendToRrs', file);
      await run('sendAgain');
      assert.deepEqual([alpha?.received.length, beta?.received.length], [3, 2]);
      saidNothing();
    });

    it('is the other one from now on where that is picked in the tree', async () => {
      const [alpha, beta] = await services(2);
      const file = await writeFile(goodRequest);
      await sendTo('Alpha', file);
      await open(file);
      await sendFromTree(beta, 'Beta', `Always send ${nameOf(file)} here`);
      await run('sendToRrs', file);
      assert.deepEqual([alpha?.received.length, beta?.received.length], [1, 2]);
    });

    it('stays the chosen one for the request of the sample too when that is started again', async () => {
      const [alpha] = await services(1);
      await run('startSample');
      const own = vscode.window.activeTextEditor?.document.uri ?? vscode.Uri.file('/');
      const choosing = run('chooseService', own);
      await answer(`Service for ${nameOf(own)}`, 'Alpha');
      await choosing;
      await run('stopSample');
      await run('startSample');
      await run('sendToRrs');
      assert.equal(alpha?.received.length, 1);
      const back = run('chooseService', own);
      await answer(`Service for ${nameOf(own)}`, 'SimpleFeatureHashingExperiment');
      await back;
    });

    it('counts for Send Again once it is chosen, whatever was sent elsewhere before', async () => {
      const [alpha, beta] = await services(2);
      const file = await writeFile(goodRequest);
      await sendTo('Alpha', file);
      await open(file);
      await sendFromTree(beta, 'Beta', nameOf(file));
      const choosing = run('chooseService', file);
      await answer(`Service for ${nameOf(file)}`, 'Alpha');
      await choosing;
      await run('sendAgain');
      assert.deepEqual([alpha?.received.length, beta?.received.length], [2, 1]);
    });
  });
});
