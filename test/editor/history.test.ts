// The history inside VS Code: what was sent is kept, opened, sent again, compared, deleted and taken back.

import { strict as assert } from 'node:assert';
import * as vscode from 'vscode';
import type { ToComparePage } from '../../src/features/history/messages';
import { messages, nameOf, run, saidNothing, setServices, setSetting, shownAnswer, tidy, writeFile } from './support/editor';
import { answer, labels, leave, question } from './support/questions';
import { goodRequest, startService, tableAnswer, type Answer, type RecordingService } from './support/service';
import { until } from './support/until';
import { watched } from './support/watched';

const limit = 'azuremlWebServices.historyMegabytes';

/** Answers with another number each time. */
function counting(): Answer {
  let count = 0;
  return (response) => {
    count += 1;
    response.setHeader('Content-Type', 'application/json; charset=utf-8');
    response.end(`{"Results":{"output1":{"type":"table","value":{"ColumnNames":["id","Scored Labels"],"ColumnTypes":["Int32","Double"],"Values":[["7","0.${count}"]]}}}}`);
  };
}

describe('the history', () => {
  beforeEach(async () => {
    // What earlier tests have sent goes, and what this one sends is kept.
    await setSetting(limit, 0);
    await setSetting(limit, 100);
  });
  afterEach(tidy);

  async function send(file: vscode.Uri, first: boolean): Promise<void> {
    const running = run('sendToRrs', file);
    if (first) await answer(`Send ${nameOf(file)} to`, 'Alpha');
    await running;
  }

  async function sentTo(service: RecordingService, text = goodRequest): Promise<vscode.Uri> {
    await setServices({ name: 'Alpha', address: service.address });
    const file = await writeFile(text);
    await send(file, true);
    return file;
  }

  it('shows an exchange as it was, after its file has changed', async () => {
    const service = await startService(tableAnswer);
    const file = await sentTo(service);
    const shown = shownAnswer();
    await vscode.workspace.fs.writeFile(file, Buffer.from('{}'));
    const running = run('openExchange');
    await answer('Open Which Request?', nameOf(file));
    await running;
    const past = await until('the exchange of the history is shown', () => (shownAnswer().past ? shownAnswer() : undefined));
    assert.equal(past.key, shown.key);
    assert.deepEqual([past.status, past.source, past.startedAt, past.body?.text], [shown.status, shown.source, shown.startedAt, shown.body?.text]);
    assert.deepEqual(past.tables.map(({ columns, rows }) => [columns, rows]), shown.tables.map(({ columns, rows }) => [columns, rows]));
    assert.equal(service.received.length, 1);
    saidNothing();
  });

  it('sends the request as it was kept, to the service as it is now', async () => {
    const service = await startService();
    const file = await sentTo(service);
    await vscode.workspace.fs.writeFile(file, Buffer.from('{}'));
    const running = run('sendExchangeAgain');
    await answer('Send Which Request Again?', nameOf(file));
    await running;
    assert.deepEqual(service.received.map(({ body }) => body), [goodRequest, goodRequest]);
    saidNothing();
  });

  it('sends nothing to a service that was removed', async () => {
    const service = await startService();
    const file = await sentTo(service);
    await setServices();
    const running = run('sendExchangeAgain');
    await answer('Send Which Request Again?', nameOf(file));
    await running;
    assert.equal(service.received.length, 1);
    assert.match(messages()[0]?.text ?? '', /^"Alpha" has been removed, so nothing was sent to it\./);
  });

  it('sends nothing in which a secret was masked', async () => {
    const service = await startService();
    const file = await sentTo(service, goodRequest.replace('39', 'https://contoso.blob.core.windows.net/c/b?sv=2024-11-04&sig=Zm9vYmFyYmF6cXV4'));
    const running = run('sendExchangeAgain');
    await answer('Send Which Request Again?', nameOf(file));
    await running;
    assert.equal(service.received.length, 1);
    assert.match(messages()[0]?.text ?? '', /held a secret that was masked/);
  });

  it('keeps failures too, and says how they ended', async () => {
    const service = await startService((response) => response.writeHead(400).end('{"error":{"code":"BadArgument","message":"No."}}'));
    const file = await sentTo(service);
    const running = run('openExchange');
    const asked = await question('Open Which Request?');
    assert.deepEqual(labels(asked), [nameOf(file)]);
    assert.match(asked.choices[0]?.detail ?? '', /400 Bad Request/);
    await leave(asked);
    await running;
  });

  it('compares two exchanges, the earlier one first', async () => {
    const service = await startService(counting());
    const file = await sentTo(service);
    await send(file, false);
    const running = run('compareExchanges');
    await answer('Compare Which Request?', nameOf(file));
    const second = await until('the other one is asked for', () => watched.questions.find((each) => !each.over && each.title.startsWith('Compare "')));
    await answer(second.title, nameOf(file));
    await running;
    const compared = await until('the comparison is shown', () => {
      const told: readonly object[] = watched.panels.find(({ viewType, panel }) => viewType === 'azuremlWebServices.compare' && panel.visible)?.toPage ?? [];
      return (told as readonly ToComparePage[]).findLast((message) => message.type === 'compare');
    });
    assert.equal(compared.same, false);
    assert.deepEqual(compared.compared.map(({ facts }) => facts), [['1 row of 1 is different.']]);
    assert.deepEqual(compared.compared[0]?.columns, [{ name: 'Scored Labels', rows: '1', most: '0.1', mean: '0.1' }]);
    assert.deepEqual(compared.views[0]?.rows[0]?.cells, ['1', '39', '0.1', '0.2', '0.1', '7']);
    assert.deepEqual(compared.views[0]?.rows[0]?.changes, { 2: 'changed before', 3: 'changed after' });
    assert.equal(compared.before.startedAt <= compared.after.startedAt, true);
  });

  it('says when there is nothing to compare with', async () => {
    const file = await sentTo(await startService());
    const running = run('compareExchange');
    await answer('Compare Which Request?', nameOf(file));
    await running;
    assert.deepEqual(messages().map(({ text }) => text), ['There is nothing in the history to compare it with. Send another request first.']);
  });

  it('opens a request as it was sent, read-only, with its numbers as they were', async () => {
    const file = await sentTo(await startService(), goodRequest.replace('"39"', '39.10'));
    const running = run('openExchangeRequest');
    await answer('Open the Text of Which Request?', nameOf(file));
    await running;
    const document = vscode.window.activeTextEditor?.document;
    assert.equal(document?.uri.scheme, 'azureml-web-services-history');
    assert.match(document?.getText() ?? '', /39\.10/);
    assert.equal((document?.lineCount ?? 0) > 5, true);
  });

  it('deletes one at once, and offers to take that back', async () => {
    const file = await sentTo(await startService());
    const running = run('deleteExchange');
    await answer('Delete Which Request?', nameOf(file));
    await running;
    assert.deepEqual(messages().map(({ text, buttons }) => [text.replace(/of [\d:]+/, 'of TIME'), buttons]), [[`Deleted "${nameOf(file)}" of TIME from the history.`, ['Undo']]]);
    await run('openExchange');
    assert.equal(messages().at(-1)?.text, 'The history is empty. What you send to a service is kept there.');
  });

  it('keeps nothing when the person wants none', async () => {
    await setSetting(limit, 0);
    await sentTo(await startService());
    await run('openExchange');
    assert.equal(messages().at(-1)?.text, 'The history is empty. What you send to a service is kept there.');
  });

  it('is shown in its view without a word', async () => {
    await sentTo(await startService());
    await vscode.commands.executeCommand('azuremlWebServices.history.focus');
    const running = run('searchHistory');
    await leave(await question('Search History'));
    await running;
    await run('clearHistorySearch');
    assert.equal(watched.contexts.get('azuremlWebServices.historySearched'), false);
    saidNothing();
  });
});
