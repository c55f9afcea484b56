// Waiting, trying again and giving up, told by what the sample service has counted.

import { strict as assert } from 'node:assert';
import { forgetMessages, open, panelState, run, saidNothing, sendHere, setServices, setSetting, shownAnswer, tidy, writeFile } from './support/editor';
import { answer } from './support/questions';
import { startSampleProcess, type SampleProcess } from './support/sample';
import { until } from './support/until';
import { watched } from './support/watched';

const request = '{"Inputs":{"input1":{"ColumnNames":["Col2"],"Values":[["This is a good day"]]}}}';

describe('calls', () => {
  let sample: SampleProcess;
  beforeEach(async () => {
    sample = await startSampleProcess();
    await setServices();
    const adding = run('addService', `Service name: Mine\n${sample.address}\nAPI key: ${sample.key}`);
    await answer('Add Service', 'Save');
    await adding;
    forgetMessages();
    await open(await writeFile(request));
  });
  afterEach(tidy);

  const send = (): Promise<unknown> => sendHere(sample.address);

  describe('an answer', () => {
    it('of the sample is a table', async () => {
      await send();
      const [table] = shownAnswer().tables;
      assert.deepEqual(table?.columns.slice(0, 2).map(({ group, name }) => [group, name]), [['Sent', 'Col2'], ['Came back', 'Col2 - Hashing feature 1']]);
      assert.equal(table.totalRows, 1);
      assert.deepEqual(await sample.counts(), { calls: 1, aborted: 0 });
    });

    it('that does not come is waited for as long as timeoutSeconds says, and its connection closed', async () => {
      await setSetting('azuremlWebServices.timeoutSeconds', 0.5);
      await sample.plan({ never: true });
      await send();
      assert.match(shownAnswer().problem?.sentence ?? '', /^No answer from 127\.0\.0\.1:\d+ within 0\.5 seconds\.$/);
      await until('the sample sees the connection closed', async () => (await sample.counts()).aborted === 1);
      assert.deepEqual(await sample.counts(), { calls: 1, aborted: 1 });
      saidNothing();
    });

    it('that comes late is waited for where timeoutSeconds is 0', async () => {
      await setSetting('azuremlWebServices.timeoutSeconds', 0);
      await sample.plan({ delayMs: 300 });
      await send();
      assert.equal(shownAnswer().status, 200);
    });

    it('to a wrong key says so, and offers to set another', async () => {
      await sample.plan({ status: 401, body: { error: { code: 'Unauthorized', message: 'No.', details: [] } } });
      await send();
      assert.equal(shownAnswer().problem?.sentence, '"Mine" does not accept the API key.');
      assert.deepEqual(shownAnswer().problem?.actions, ['setServiceKey', 'retry']);
      assert.deepEqual(await sample.counts(), { calls: 1, aborted: 0 });
    });
  });

  describe('a busy service', () => {
    it('is asked again after the wait that it names', async () => {
      await sample.plan({ throttle: { retryAfterSeconds: 1 } }, { throttle: { retryAfterSeconds: 2, gateway: true } });
      await send();
      assert.equal(shownAnswer().status, 200);
      assert.deepEqual(shownAnswer().earlierAttempts.map(({ status, waitMs }) => [status, waitMs]), [[503, 1000], [429, 2000]]);
      assert.deepEqual(await sample.counts(), { calls: 3, aborted: 0 });
    });

    it('is not asked again where maxRetries is 0', async () => {
      await setSetting('azuremlWebServices.maxRetries', 0);
      await sample.plan({ throttle: { retryAfterSeconds: 0 } });
      await send();
      assert.equal(shownAnswer().status, 503);
      assert.deepEqual(await sample.counts(), { calls: 1, aborted: 0 });
    });

    it('is asked as often as maxRetries allows', async () => {
      await setSetting('azuremlWebServices.maxRetries', 2);
      await sample.plan({ throttle: { retryAfterSeconds: 0 }, times: 5 });
      await send();
      assert.equal(shownAnswer().status, 503);
      assert.deepEqual(await sample.counts(), { calls: 3, aborted: 0 });
    });

    it('is not waited for longer than longestWaitSeconds', async () => {
      await setSetting('azuremlWebServices.longestWaitSeconds', 1);
      await sample.plan({ throttle: { retryAfterSeconds: 2 } });
      await send();
      assert.equal(shownAnswer().status, 503);
      assert.match(shownAnswer().problem?.advice ?? '', /Try again in 2 seconds\./);
      assert.deepEqual(await sample.counts(), { calls: 1, aborted: 0 });
    });

    it('is no longer waited for when that is cancelled', async () => {
      await sample.plan({ throttle: { retryAfterSeconds: 60 } });
      const sending = send();
      await until('the wait has begun', () => panelIs('waiting'));
      await run('cancelRequest');
      await sending;
      assert.equal(panelState().kind, 'cancelled');
      assert.deepEqual(await sample.counts(), { calls: 1, aborted: 0 });
      saidNothing();
    });
  });

  describe('a connection that is cut', () => {
    it('is opened once more', async () => {
      await sample.plan({ cut: 'before' });
      await send();
      assert.equal(shownAnswer().status, 200);
      assert.equal((await sample.counts()).calls, 2);
    });

    it('twice is told', async () => {
      await sample.plan({ cut: 'before', times: 3 });
      await send();
      assert.match(shownAnswer().problem?.sentence ?? '', /^The connection to 127\.0\.0\.1:\d+ was closed before the answer was complete\.$/);
      assert.equal((await sample.counts()).calls, 2);
    });
  });

  describe('a call under way', () => {
    it('is closed when it is cancelled, and the menus know when it is over', async () => {
      await sample.plan({ never: true });
      const sending = send();
      await until('the call has come', async () => (await sample.counts()).calls === 1);
      assert.equal(watched.contexts.get('azuremlWebServices.sending'), true);
      await run('cancelRequest');
      await sending;
      await until('the sample sees the connection closed', async () => (await sample.counts()).aborted === 1);
      assert.equal(panelState().kind, 'cancelled');
      assert.equal(watched.contexts.get('azuremlWebServices.sending'), false);
      saidNothing();
    });

    it('is closed when its request is sent again, which is answered', async () => {
      await sample.plan({ never: true });
      const first = send();
      await until('the call has come', async () => (await sample.counts()).calls === 1);
      await send();
      await first;
      assert.equal(shownAnswer().status, 200);
      await until('the sample sees the connection closed', async () => (await sample.counts()).aborted === 1);
      assert.deepEqual(await sample.counts(), { calls: 2, aborted: 1 });
      saidNothing();
    });

    it('is closed in the middle of its answer too', async () => {
      await sample.plan({ slowBody: { bytes: 1, everyMs: 200 } });
      const sending = send();
      await until('the call has come', async () => (await sample.counts()).calls === 1);
      await run('cancelRequest');
      await sending;
      await until('the sample sees the connection closed', async () => (await sample.counts()).aborted === 1);
      assert.equal(panelState().kind, 'cancelled');
    });
  });

  function panelIs(kind: string): boolean {
    return watched.panels.length > 0 && panelState().kind === kind;
  }
});
