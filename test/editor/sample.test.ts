// The extension's own sample service: a process that starts, answers, ends and starts again.

import { strict as assert } from 'node:assert';
import * as vscode from 'vscode';
import { extension, messages, nameOf, run, saidNothing, setServices, shownAnswer, tidy } from './support/editor';
import { leave, labels, question } from './support/questions';
import { listens } from './support/service';
import { until } from './support/until';
import { watched } from './support/watched';

describe('the sample', () => {
  beforeEach(() => setServices());
  afterEach(tidy);

  /** Sends the sample's request, which is open, and gives the port that answered. */
  async function send(): Promise<number> {
    await run('sendToRrs');
    const { status, url } = shownAnswer();
    assert.equal(status, 200);
    return Number(new URL(url).port);
  }

  const running = (): unknown => watched.contexts.get('azuremlWebServices.sampleRunning');

  describe('the sample service', () => {
    it('starts and opens a request that can be sent at once', async () => {
      await run('startSample');
      const document = vscode.window.activeTextEditor?.document;
      assert.equal(nameOf(document?.uri ?? vscode.Uri.file('/')), 'sample-request.json');
      const shipped = vscode.Uri.joinPath(extension().extensionUri, 'media', 'sample', 'good-day.json');
      assert.equal(document?.getText(), Buffer.from(await vscode.workspace.fs.readFile(shipped)).toString());
      assert.equal(running(), true);
      const questions = watched.questions.length;
      await send();
      assert.equal(watched.questions.length, questions);
      assert.equal(shownAnswer().tables[0]?.columns.filter(({ group }) => group === 'Came back').length, 8);
      saidNothing();
    });

    it('takes only calls with its key, which nobody has to give', async () => {
      await run('startSample');
      await send();
      const { requestHeaders, url } = shownAnswer();
      assert.ok(requestHeaders.some(({ name }) => name === 'Authorization'));
      const body = vscode.window.activeTextEditor?.document.getText() ?? '';
      const response = await fetch(url, { method: 'POST', body, headers: { 'Content-Type': 'application/json' } });
      assert.equal(response.status, 401);
    });

    it('is one process, however often it is started', async () => {
      await Promise.all([run('startSample'), run('startSample')]);
      const port = await send();
      await run('startSample');
      assert.equal(await send(), port);
    });

    it('ends when it is stopped, and starts again when it is needed', async () => {
      await run('startSample');
      const port = await send();
      assert.equal(await listens(port), true);
      await run('stopSample');
      await until('its port is closed', async () => !(await listens(port)));
      assert.equal(running(), false);
      const again = await send();
      assert.equal(await listens(again), true);
      assert.equal(running(), true);
      saidNothing();
    });

    it('has the same port again when it was stopped', async () => {
      await run('startSample');
      const port = await send();
      await run('stopSample');
      await until('its port is closed', async () => !(await listens(port)));
      assert.equal(await send(), port);
    });

    it('does not give its key without a yes to a modal question', async () => {
      await vscode.env.clipboard.writeText('before');
      await run('copySampleKey');
      const text = 'Copy the key of the sample service, which opens nothing but the sample on this computer?';
      // VS Code shows no modal dialog to tests: the extension gets no yes.
      assert.deepEqual(messages()[0], { kind: 'warning', text, modal: true, buttons: ['Copy'] });
      assert.equal(await vscode.env.clipboard.readText(), 'before');
    });

    it('is offered as a service while it runs, and as one to start while it does not', async () => {
      const offered = async (): Promise<string[]> => {
        const sending = run('sendToService');
        const asked = await question('Send Request');
        await leave(asked);
        await sending;
        return labels(asked);
      };
      assert.deepEqual(await offered(), ['Sample service', 'Add a service…']);
      await run('startSample');
      assert.deepEqual(await offered(), ['SimpleFeatureHashingExperiment', 'Add a service…']);
    });

    it('keeps what the person has written into its request', async () => {
      await run('startSample');
      const editor = vscode.window.activeTextEditor;
      const before = editor?.document.getText() ?? '';
      const write = async (text: string): Promise<void> => {
        await vscode.workspace.fs.writeFile(editor?.document.uri ?? vscode.Uri.file('/'), Buffer.from(text));
      };
      await write(before.replace('good', 'rainy'));
      try {
        await vscode.commands.executeCommand('workbench.action.closeAllEditors');
        await run('openSampleRequest');
        await until('the text is read', () => vscode.window.activeTextEditor?.document.getText().includes('rainy'));
      } finally {
        await write(before);
      }
    });

    it('cannot be renamed, removed or given a key', async () => {
      await run('startSample');
      await send();
      const node = { kind: 'service', service: { address: shownAnswer().address } };
      for (const id of ['renameService', 'removeService'] as const) await run(id, node);
      for (const id of ['setServiceKey', 'forgetServiceKey', 'setSubscriptionKey', 'forgetSubscriptionKey', 'setSubscriptionKeyHeader'] as const) await run(id, node);
      const texts = watched.messages.map(({ text }) => text);
      assert.deepEqual(new Set(texts.slice(0, 2)), new Set(['The sample service is as it is: it cannot be renamed or removed, only stopped.']));
      assert.deepEqual(new Set(texts.slice(2)), new Set(['The sample service makes its key by itself.']));
      assert.equal(texts.length, 7);
    });
  });
});
