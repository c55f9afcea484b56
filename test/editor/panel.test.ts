// The answer panel as a tab beside the editor, and the place of what is wrong in a request.

import { strict as assert } from 'node:assert';
import * as vscode from 'vscode';
import { answerPanel, answerTabs, messages, nameOf, open, run, saidNothing, sendHere, setServices, shownAnswer, tidy, writeFile } from './support/editor';
import { answer } from './support/questions';
import { goodRequest, startService, type RecordingService } from './support/service';
import { until } from './support/until';
import { watched } from './support/watched';

describe('the answer panel', () => {
  afterEach(tidy);

  let service: RecordingService;
  beforeEach(async () => {
    service = await startService();
    await setServices({ name: 'Alpha', address: service.address });
  });

  /** Sends the active editor's request to Alpha. */
  const send = (): Promise<unknown> => sendHere(service.address);

  describe('the end of a request', () => {
    /** Sends to a service that says no after a while, the panel open or closed meanwhile. Gives the name of the file. */
    async function refused({ closed }: { readonly closed: boolean }): Promise<string> {
      let answer = (): void => undefined;
      service = await startService((response) => {
        answer = () => void response.writeHead(401).end('{}');
      });
      await setServices({ name: 'Alpha', address: service.address });
      const file = await writeFile(goodRequest);
      await open(file);
      const sending = send();
      await until('the request has come', () => service.received.length === 1);
      const [tab] = answerTabs();
      if (closed && tab) await vscode.window.tabGroups.close(tab);
      await until('the panel is as it is to be', () => (answerTabs().length === 0) === closed);
      answer();
      await sending;
      return nameOf(file);
    }

    it('is told of by the panel alone while that can be seen', async () => {
      await refused({ closed: false });
      assert.equal(shownAnswer().status, 401);
      saidNothing();
    });

    it('is told of in a message where the panel was closed, with the way back to it', async () => {
      const name = await refused({ closed: true });
      const [message, ...others] = messages();
      assert.deepEqual(others, []);
      assert.ok(message);
      assert.ok(message.text.endsWith(`(${name}, sent to Alpha)`), message.text);
      assert.deepEqual([message.kind, message.modal, message.buttons], ['error', false, ['Show Answer']]);
      assert.deepEqual(answerTabs(), []);
    });
  });

  describe('the answer', () => {
    it('opens beside the request, which keeps the focus', async () => {
      const editor = await open(await writeFile(goodRequest));
      await send();
      const [tab, ...others] = answerTabs();
      assert.deepEqual(others, []);
      assert.equal(tab?.label, `Answer: ${nameOf(editor.document.uri)}`);
      assert.equal(tab.group.viewColumn, vscode.ViewColumn.Two);
      assert.equal(tab.isActive, true);
      assert.equal(vscode.window.activeTextEditor?.document.uri.toString(), editor.document.uri.toString());
      assert.equal(vscode.window.tabGroups.activeTabGroup.viewColumn, vscode.ViewColumn.One);
      saidNothing();
    });

    it('takes the place of the one before, also of another file', async () => {
      for (let round = 0; round < 3; round += 1) {
        const file = await writeFile(goodRequest);
        await open(file);
        await send();
        await until('the title names the file', () => answerTabs()[0]?.label === `Answer: ${nameOf(file)}`);
        assert.equal(answerTabs().length, 1);
      }
      assert.equal(service.received.length, 3);
    });

    it('is brought to the front again, without the focus', async () => {
      const request = await open(await writeFile(goodRequest));
      await send();
      await vscode.window.showTextDocument(await vscode.workspace.openTextDocument(await writeFile('{}')), { viewColumn: vscode.ViewColumn.Two });
      await until('the answer is behind', () => answerTabs()[0]?.isActive === false);
      await vscode.window.showTextDocument(request.document, vscode.ViewColumn.One);
      await send();
      await until('the answer is in front', () => answerTabs()[0]?.isActive === true);
      assert.equal(vscode.window.activeTextEditor?.document, request.document);
    });

    it('opens again after its tab was closed', async () => {
      await open(await writeFile(goodRequest));
      await send();
      await vscode.window.tabGroups.close(answerTabs());
      await until('the tab is closed', () => answerTabs().length === 0);
      await send();
      assert.equal(answerTabs().length, 1);
      assert.equal(service.received.length, 2);
    });

    it('is asked for again with the text as it is now', async () => {
      const editor = await open(await writeFile(goodRequest));
      await send();
      await editor.edit((change) => change.replace(new vscode.Range(0, 0, 1, 0), goodRequest.replace('39', '40')));
      await run('sendAgain');
      assert.deepEqual(service.received.map(({ body }) => body), [goodRequest, goodRequest.replace('39', '40')]);
      assert.equal(shownAnswer().status, 200);
      saidNothing();
    });

    it('opens beside an editor also where it had the window for itself', async () => {
      const file = await writeFile(goodRequest);
      const sending = run('sendToRrs', file);
      await answer(`Send ${nameOf(file)} to`, 'Alpha');
      await sending;
      const columns = (): (vscode.ViewColumn | undefined)[] => vscode.window.tabGroups.all.map(({ viewColumn }) => viewColumn);
      assert.deepEqual(columns(), [answerTabs()[0]?.group.viewColumn]);
      const editor = await open(file);
      await send();
      await until('both are to be seen', () => answerTabs()[0]?.isActive === true && vscode.window.visibleTextEditors.includes(editor));
      assert.equal(service.received.length, 2);
    });

    it('reaches its page, which asks for it when it is ready', async () => {
      await open(await writeFile(goodRequest));
      await send();
      const { fromPage, toPage } = answerPanel();
      await until('the page is ready', () => fromPage.some(({ type }) => type === 'ready'));
      await until('the page is told', () => toPage.some(({ type }) => type === 'state'));
      assert.equal(shownAnswer().status, 200);
    });
  });

  it('stands for the file whose answer it shows, while it is the active editor', async () => {
    const file = await writeFile(goodRequest);
    await open(file);
    await send();
    await run('showAnswer');
    // Its own editor is closed: nothing but the panel tells which file is meant.
    await vscode.commands.executeCommand('workbench.action.closeEditorsInOtherGroups');
    await until('no text editor is active', () => vscode.window.activeTextEditor === undefined);
    const choosing = run('chooseService');
    await answer(`Service for ${nameOf(file)}`, 'Alpha');
    await choosing;
    await run('sendToRrs');
    assert.equal(service.received.length, 2);
    saidNothing();
  });

  describe('a request that is none', () => {
    const marks = (file: vscode.Uri): vscode.Diagnostic[] => vscode.languages.getDiagnostics(file).filter(({ source }) => source === 'Azure ML Web Services');

    /** Tries to send a text from a file that nobody has opened; it comes to no question where to. */
    async function sendText(text: string, ending?: string): Promise<vscode.Uri> {
      const file = await writeFile(text, ending);
      const questions = watched.questions.length;
      await run('sendToRrs', file);
      assert.equal(watched.questions.length, questions);
      return file;
    }

    it('is opened and marked at the place that is wrong, and nothing is sent', async () => {
      const line = '    "input1": { "ColumnNames": ["a", "b"], "Values": [["1", "2"], ["3"]] }';
      const file = await sendText(`{\n  "Inputs": {\n${line}\n  }\n}\n`);
      const [mark, ...others] = marks(file);
      assert.deepEqual(others, []);
      assert.equal(mark?.severity, vscode.DiagnosticSeverity.Error);
      assert.equal(mark.message, 'Row 2 of "input1" has 1 value, but there are 2 column names.');
      const column = line.indexOf('["3"]');
      assert.deepEqual(mark.range, new vscode.Range(2, column, 2, column + 5));
      const editor = vscode.window.activeTextEditor;
      assert.equal(editor?.document.uri.toString(), file.toString());
      assert.equal(editor.document.getText(editor.selection), '["3"]');
      assert.deepEqual(editor.selection.active, mark.range.start);
      assert.equal(messages().length, 1);
      assert.equal(messages()[0]?.text.startsWith(`Row 2 of "input1" has 1 value, but there are 2 column names (${nameOf(file)}, line 3, column ${column + 1}).`), true);
      assert.deepEqual(service.received, []);
      assert.deepEqual(answerTabs(), []);
    });

    it('is marked on one line only, however long the wrong thing is', async () => {
      const file = await sendText('{\n  "Inputs": [\n    1,\n    2\n  ]\n}\n');
      const [mark] = marks(file);
      assert.deepEqual(mark?.range, new vscode.Range(1, 12, 1, 13));
    });

    it('that is no JSON is marked where it stops being JSON', async () => {
      const file = await sendText('{ "Inputs": { "input1": { "ColumnNames": ["a"], "Values": [[NaN]] } } }');
      const [mark] = marks(file);
      assert.equal(mark?.message, 'NaN is not JSON.');
      assert.equal(mark.range.start.character, 60);
    });

    it('keeps its mark until it is edited', async () => {
      const file = await sendText('{ "Inputs": 7 }');
      assert.equal(marks(file).length, 1);
      await vscode.window.activeTextEditor?.edit((change) => change.insert(new vscode.Position(0, 0), ' '));
      await until('the mark is gone', () => marks(file).length === 0);
    });

    it('is sent once it has become right', async () => {
      const file = await sendText('{ "Inputs": 7 }', 'jsonc');
      await vscode.window.activeTextEditor?.edit((change) => change.replace(new vscode.Range(0, 0, 1, 0), goodRequest));
      const running = run('sendToRrs', file);
      await answer(`Send ${nameOf(file)} to`, 'Alpha');
      await running;
      assert.deepEqual(marks(file), []);
      assert.equal(service.received[0]?.body, goodRequest);
    });
  });
});
