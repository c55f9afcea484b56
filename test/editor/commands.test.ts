// Every command as the palette runs it, without an argument: what asks can be left with Esc, what cannot go on says why, the rest just works.

import { strict as assert } from 'node:assert';
import * as vscode from 'vscode';
import { command } from '../../src/ui/ids';
import { answerTabs, extension, messages, open, run, saidNothing, savedServices, setServices, setSetting, tidy, writeFile } from './support/editor';
import { anyQuestion, leave } from './support/questions';
import { goodRequest, servicePath, startService } from './support/service';
import { until } from './support/until';
import { watched } from './support/watched';

type CommandId = keyof typeof command;

const alpha = { name: 'Alpha', workspace: 'Office', address: `http://127.0.0.1:9${servicePath}` };

/** Commands that ask something first, with the question's title. */
const asking = new Map<CommandId, string>([
  ['sendToService', 'Send Request'],
  ['addService', 'Add Service'],
  ['renameService', 'Rename Service'],
  ['editAddress', 'Edit Address'],
  ['removeService', 'Remove Service'],
  ['renameSelected', 'Rename Service'],
  ['removeSelected', 'Remove Service'],
  ['renameWorkspace', 'Rename Workspace'],
  ['removeWorkspace', 'Remove Workspace'],
  ['copyAddress', 'Copy Address'],
  ['copyServiceId', 'Copy Service ID'],
  ['copyWorkspaceId', 'Copy Workspace ID'],
  ['checkService', 'Check Connection'],
  ['setServiceKey', 'Set the API key of which service?'],
  ['forgetServiceKey', 'Forget the API key of which service?'],
  ['setSubscriptionKey', 'Set the subscription key of which service?'],
  ['forgetSubscriptionKey', 'Forget the subscription key of which service?'],
  ['setSubscriptionKeyHeader', 'Change the header of which service?'],
  ['filter', 'Filter Services'],
  ['runJob', 'Run Batch Job on'],
  ['copyCode', 'Copy as Code'],
  ['showServicePage', 'How to Call a Service'],
  ['createApiDefinition', 'Create API Management Definition'],
  ['addStorage', 'Add Storage Account'],
  ['checkStorage', 'Check Storage Account'],
  ['removeStorage', 'Remove which storage account?'],
  ['searchHistory', 'Search History'],
  ['apimAddInstance', 'Add API Management Instance'],
  ['apimFilter', 'Filter API Management'],
  ['apimDeleteInstance', 'Which API Management Instance?'],
  ['apimRestoreInstance', 'Restore a Deleted Instance of Which Subscription?'],
  ['apimCopyId', 'Which API Management Instance?'],
  ['apimCopyGateway', 'Which API Management Instance?'],
  ['apimOpenPortal', 'Which API Management Instance?'],
  ['apimEditPolicy', 'Which API Management Instance?'],
  ['apimDeletePolicy', 'Which API Management Instance?'],
  ['apimCreateProduct', 'Which API Management Instance?'],
  ['apimPublishProduct', 'Which API Management Instance?'],
  ['apimUnpublishProduct', 'Which API Management Instance?'],
  ['apimAddApiToProduct', 'Which API Management Instance?'],
  ['apimRemoveFromProduct', 'Which API Management Instance?'],
  ['apimDeleteProduct', 'Which API Management Instance?'],
  ['apimCreateSubscription', 'Which API Management Instance?'],
  ['apimSuspendSubscription', 'Which API Management Instance?'],
  ['apimActivateSubscription', 'Which API Management Instance?'],
  ['apimCancelSubscription', 'Which API Management Instance?'],
  ['apimDeleteSubscription', 'Which API Management Instance?'],
  ['apimRegeneratePrimaryKey', 'Which API Management Instance?'],
  ['apimRegenerateSecondaryKey', 'Which API Management Instance?'],
  ['apimUseForService', 'Which API Management Instance?'],
  ['apimCopyKey', 'Which API Management Instance?'],
  ['apimLimitCalls', 'Which API Management Instance?'],
  ['apimTryIt', 'Which API Management Instance?'],
  ['apimUsage', 'Which API Management Instance?'],
  ['apimThrottled', 'Which API Management Instance?'],
  ['apimCompareWays', 'Compare Both Ways to Which Service?'],
  ['testService', 'Test Which Service?'],
]);

/** Commands that ask which job is meant, and say so when there is none. */
const forJobs: readonly CommandId[] = [
  'openJob', 'showJobs', 'startJob', 'carryOnJob', 'stopUpload', 'cancelJob', 'deleteJob', 'runJobAgain', 'submitJobAnew', 'checkJob', 'openResults', 'downloadResults', 'copyJobId', 'copyJobStatus', 'cleanUpBlobs',
];

/** Commands that ask which exchange is meant, and say so when there is none. */
const forHistory: readonly CommandId[] = [
  'openExchange', 'sendExchangeAgain', 'openExchangeRequest', 'copyExchangeCode', 'pinExchange', 'unpinExchange', 'deleteExchange', 'compareExchange', 'comparePrevious', 'compareExchanges', 'deleteHistory',
];

/** Commands that ask which service the active editor's request is for. */
const askingForFile: readonly CommandId[] = ['sendToRrs', 'chooseService'];

/** Commands on the policy in the active editor. */
const forPolicies: readonly CommandId[] = ['apimComparePolicy', 'apimSavePolicyOver', 'apimRevertPolicy', 'apimRefreshPolicy'];

/** Commands that ask nothing. */
const silent: readonly CommandId[] = ['cancelRequest', 'showAnswer', 'startSample', 'stopSample', 'openSampleRequest', 'openSampleInput', 'moreJobs', 'refresh', 'clearFilter', 'clearHistorySearch', 'openSettings', 'showLog', 'apimRefresh', 'apimRefreshLine', 'apimRetry', 'apimLoadMore', 'apimCancelLoad', 'apimClearFilter'];

/** Commands that depend on what was sent before, or ask with a dialog: tested where they belong. */
const elsewhere: readonly CommandId[] = ['sendAgain', 'openTable', 'copySampleKey', 'deleteFinishedJobs', 'openWalkthrough', 'newRequest', 'refreshDescription', 'apimSignIn', 'apimSignOut', 'publishApi', 'apimCreateInstance'];

/** Commands about instances that are created, restored or deleted, and say so when there is none. */
const forWorks: readonly CommandId[] = ['apimShowWorks', 'apimShowWorkError', 'apimRetryWork', 'apimStopFollowing', 'apimDismissWork'];

const noWork = 'No API Management instance is being created, restored or deleted from here. What is ready stands in the section API Management of the sidebar.';

const noJob = 'There is no batch job for this. Right-click a CSV file in the Explorer and choose Run Batch Job.';

describe('commands', () => {
  afterEach(tidy);

  describe('the commands that are tested here', () => {
    it('are all that package.json declares', () => {
      const declared: unknown[] = extension().packageJSON.contributes.commands.map((each: { command: string }) => each.command);
      const tested = [...asking.keys(), ...askingForFile, 'submitBody' as const, 'withholdConnectionStrings' as const, 'apimRemoveInstance' as const, 'apimRegisterProvider' as const, ...forPolicies, ...forJobs, ...forWorks, ...forHistory, ...silent, ...elsewhere].map((id) => command[id]);
      assert.deepEqual(tested.sort(), declared.sort());
    });
  });

  describe('a command that asks', () => {
    for (const [id, title] of asking) {
      it(`${id} is left with Esc, and nothing happens`, async () => {
        await setServices(alpha);
        const running = run(id);
        const asked = await anyQuestion();
        assert.equal(asked.title, title);
        await leave(asked);
        assert.equal(await running, undefined);
        saidNothing();
        assert.deepEqual(savedServices(), [alpha]);
        assert.deepEqual(answerTabs(), []);
      });
    }

    for (const id of askingForFile) {
      it(`${id} is left with Esc, and nothing is sent or remembered`, async () => {
        const service = await startService();
        await setServices({ address: service.address });
        const file = await writeFile(goodRequest);
        await open(file);
        for (let round = 0; round < 2; round += 1) {
          const running = run(id);
          await leave(await anyQuestion());
          await running;
        }
        saidNothing();
        assert.deepEqual(service.received, []);
        assert.deepEqual(answerTabs(), []);
      });
    }
  });

  describe('a command that cannot go on', () => {
    const sentences = new Map<CommandId, string>([
      ['sendToRrs', 'There is no request to send. Open a JSON file with a request, or right-click one in the Explorer.'],
      ['chooseService', 'There is no file to choose a service for. Open a JSON file with a request first.'],
      ['renameWorkspace', 'There is no workspace yet. Add a service first.'],
      ['removeWorkspace', 'There is no workspace yet. Add a service first.'],
      ['copyWorkspaceId', 'There is no workspace yet. Add a service first.'],
      ['withholdConnectionStrings', 'No service is given connection strings. Services get tokens for single blobs.'],
      ['apimRemoveInstance', 'No instance was added by its resource id. Those that were found in Azure stay in the list as long as they are there.'],
      ['apimRegisterProvider', 'No Azure subscription is known yet. Open the section API Management in the sidebar, and sign in there.'],
      ['submitBody', 'There is no body to submit. Open a JSON file with the body of a batch job.'],
      ...forPolicies.map((id) => [id, 'Open a policy of API Management first.'] as const),
      ...forJobs.map((id) => [id, noJob] as const),
      ...forWorks.map((id) => [id, noWork] as const),
    ]);
    for (const id of forHistory) {
      it(`${id} says that the history is empty`, async () => {
        await setSetting('azuremlWebServices.historyMegabytes', 0);
        await run(id);
        assert.deepEqual(messages(), [{ kind: 'error', text: 'The history is empty. What you send to a service is kept there.', modal: false, buttons: [] }]);
      });
    }

    for (const [id, sentence] of sentences) {
      it(`${id} says what is missing`, async () => {
        await run(id);
        assert.deepEqual(messages(), [{ kind: 'error', text: sentence, modal: false, buttons: [] }]);
      });
    }
  });

  describe('a command that asks nothing', () => {
    for (const id of silent) {
      it(`${id} runs without a word`, async () => {
        await run(id);
        saidNothing();
      });
    }

    it('openSettings shows the settings', async () => {
      await run('openSettings');
      await until('the settings are open', () => vscode.window.tabGroups.activeTabGroup.activeTab?.label === 'Settings');
    });

    it('showLog shows the log', async () => {
      const shown = (): boolean => vscode.window.visibleTextEditors.some(({ document: { uri } }) => uri.scheme === 'output' && /azureml-web-services/.test(uri.path));
      await vscode.commands.executeCommand('workbench.action.closePanel');
      await until('the log is closed', () => !shown());
      await run('showLog');
      await until('the log is shown', shown);
    });

    it('showAnswer shows the panel, with nothing in it yet', async () => {
      await run('showAnswer');
      await until('the panel is there', () => answerTabs().length === 1);
    });

    it('clearFilter tells the menus that there is no filter', async () => {
      watched.contexts.delete('azuremlWebServices.filtered');
      await run('clearFilter');
      assert.equal(watched.contexts.get('azuremlWebServices.filtered'), false);
    });
  });
});
