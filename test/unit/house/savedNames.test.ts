// Names and forms of what people have saved, each as the text that it is: whoever changes one of these takes away what is kept under it.

import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import manifest from '../../../package.json';
import { addedInstancesKey } from '../../../src/features/apim/addedInstances';
import { policyBasesKey } from '../../../src/features/apim/policyDocument/bases';
import { confirmedName } from '../../../src/features/apim/tryIt/confirmed';
import { submittedJobsName } from '../../../src/features/apim/tryIt/submittedJobs';
import { instancesUnderWayKey, jobsUnderWayKey, sampleRanKey } from '../../../src/features/services/firstUse';
import {
  bodyScheme, command, contextKey, definitionScheme, historyScheme, limitsScheme, panel, policyScheme, prefix, publishScheme, setting, view,
} from '../../../src/ui/ids';
import { sampleFolderKey, sampleFolderNames } from '../../../src/features/sample/sampleFolders';
import { sampleArmTokenSecretName, sampleKeySecretName } from '../../../src/features/sample/sampleService';
import { memoryKey, savedName } from '../../../src/ui/savedNames';
import { languages } from '../../../src/protocols/studio/code/languages';
import { parseEndpoint } from '../../../src/protocols/studio/endpoint';
import { secretName } from '../../../src/protocols/studio/endpointAddress';
import { openFolder } from '../../../src/sample/folder/folder';
import { extentsFolder } from '../../../src/sample/storage/disk';
import { Claims } from '../../../src/features/jobs/store/claims';
import { parametersSecretName } from '../../../src/features/jobs/store/jobParameters';
import { Journal } from '../../../src/features/jobs/store/journal';
import { Quotas } from '../../../src/features/jobs/store/quotas';
import { testParametersName, testValuesKey } from '../../../src/features/tryIt/test/keptValues';
import { testWaysKey } from '../../../src/features/tryIt/test/keptWays';
import { sampleChoice, serviceOfFileKey } from '../../../src/features/services/remembered';
import { localStorageId, storagesSecretName } from '../../../src/storage/storages';
import { Computer, MemoryFiles, reading, someJob } from '../features/jobs/store/jobTools';
import { historyOn, keep, MemoryFiles as MemoryHistory, someExchange } from '../features/history/historyTools';

const workspace = '0123456789abcdef0123456789abcdef';
const service = 'fedcba9876543210fedcba9876543210';

describe('names of secrets', () => {
  it.each([
    ['the contract', `https://region.example/workspaces/${workspace}/services/${service}`, `"classic","https://region.example","","${workspace}","${service}"`],
    ['the contract behind a gateway', `https://gateway.example:8443/ml/v1/workspaces/${workspace}/services/${service}`, `"classic","https://gateway.example:8443","/ml/v1","${workspace}","${service}"`],
    ['the contract on this computer', `http://127.0.0.1:18765/workspaces/${workspace}/services/${service}`, `"classic","http://127.0.0.1:18765","","${workspace}","${service}"`],
    ['the older form', `https://region.example/odata/workspaces/${workspace}/services/${service}`, `"odata","https://region.example","","${workspace}","${service}"`],
    ['the newer form', `https://region.example/subscriptions/${workspace}/services/${service}`, `"new","https://region.example","","${workspace}","${service}"`],
    ['an address of its own', 'https://gateway.example/prices/score?version=3', '"exact","https://gateway.example","/prices/score","version=3"'],
  ])('a key of a service at an address of %s', (_, address, place) => {
    const read = parseEndpoint(address);
    if (!read.ok) throw new Error(read.reason);
    expect(secretName('serviceKey', read.endpoint)).toBe(`["serviceKey",${place}]`);
    expect(secretName('subscriptionKey', read.endpoint)).toBe(`["subscriptionKey",${place}]`);
  });

  it('other secrets', () => {
    expect(storagesSecretName).toBe('azuremlWebServices.storages');
    expect(parametersSecretName('0mx1eapqv-ucqqn66hm4pz')).toBe('azuremlWebServices.parameters 0mx1eapqv-ucqqn66hm4pz');
    expect(testParametersName('https://h/s')).toBe('["testParameters","https://h/s"]');
    expect(sampleKeySecretName).toBe('azuremlWebServices.sampleKey');
    expect(sampleArmTokenSecretName).toBe('azuremlWebServices.sampleArmToken');
  });
});

describe('what VS Code remembers', () => {
  it('the extension that it belongs to', () => {
    expect(`${manifest.publisher}.${manifest.name}`).toBe('azureml-web-services.azureml-web-services');
  });

  it('keys and values of the memories of a folder and of all windows', () => {
    expect({ jobsUnderWayKey, instancesUnderWayKey, ...memoryKey }).toEqual({
      jobsUnderWayKey: 'jobsUnderWay', instancesUnderWayKey: 'instancesUnderWay', givesConnectionStrings: 'givesConnectionStrings', storageOfService: 'storageOfService', codeLanguage: 'codeLanguage', requestForm: 'requestForm',
    });
    expect({
      sampleRanKey, sampleFolderKey, serviceOfFileKey, addedInstancesKey, policyBasesKey, confirmedName, submittedJobsName, testValuesKey,
      testWaysKey,
    }).toEqual({
      confirmedName: 'confirmedApis', submittedJobsName: 'submittedJobs', testValuesKey: 'testValues', testWaysKey: 'testWays',
      sampleRanKey: 'sampleRan', sampleFolderKey: 'sampleFolder', serviceOfFileKey: 'serviceOfFile', addedInstancesKey: 'apimInstances', policyBasesKey: 'apimPolicyBases',
    });
    expect({ sampleChoice, localStorageId }).toEqual({ sampleChoice: 'sample', localStorageId: 'local' });
    expect(languages.map(({ id }) => id)).toEqual(['curl', 'python', 'r', 'csharp', 'javascript', 'powershell']);
  });

  it('views, panels and schemes', () => {
    expect(Object.keys(manifest.contributes.viewsContainers)).toEqual(['activitybar']);
    expect(manifest.contributes.viewsContainers.activitybar.map(({ id }) => id)).toEqual(['azuremlWebServices']);
    expect(Object.keys(manifest.contributes.views)).toEqual(['azuremlWebServices']);
    expect(view).toEqual({ services: 'azuremlWebServices.services', history: 'azuremlWebServices.history', apim: 'azuremlWebServices.apim' });
    expect(panel).toEqual({
      answer: 'azuremlWebServices.answer', job: 'azuremlWebServices.job', file: 'azuremlWebServices.file', compare: 'azuremlWebServices.compare',
      service: 'azuremlWebServices.service', choices: 'azuremlWebServices.choices', publish: 'azuremlWebServices.publish',
      limits: 'azuremlWebServices.limits', instance: 'azuremlWebServices.instance', tryIt: 'azuremlWebServices.tryIt',
      test: 'azuremlWebServices.test', usage: 'azuremlWebServices.usage', ways: 'azuremlWebServices.ways',
    });
    expect({ bodyScheme, historyScheme, definitionScheme, publishScheme, policyScheme, limitsScheme }).toEqual({
      bodyScheme: 'azureml-web-services-answer', historyScheme: 'azureml-web-services-history', definitionScheme: 'azureml-web-services-definition',
      publishScheme: 'azureml-web-services-publish', policyScheme: 'azureml-policy', limitsScheme: 'azureml-web-services-limits',
    });
  });
});

describe('what people may name in settings, keys and tasks of their own', () => {
  it('settings', () => {
    const names = ['services', 'timeoutSeconds', 'maxRetries', 'longestWaitSeconds', 'notifyJobs', 'resultFileName', 'historyMegabytes', 'armEndpoint'];
    expect(Object.values(setting)).toEqual(names);
    expect(Object.keys(manifest.contributes.configuration.properties).sort()).toEqual(names.map((name) => `azuremlWebServices.${name}`).sort());
    expect(prefix).toBe('azuremlWebServices');
  });

  it('commands', () => {
    expect(Object.values(command).sort()).toEqual([
      'addService', 'addStorage', 'apimActivateSubscription', 'apimAddApiToProduct', 'apimAddInstance', 'apimCancelLoad',
      'apimCancelSubscription', 'apimClearFilter', 'apimComparePolicy', 'apimCompareWays', 'apimThrottled', 'apimTryIt', 'apimUsage',
      'testService', 'apimCopyGateway', 'apimCopyId', 'apimCopyKey',
      'apimCreateInstance', 'apimCreateProduct', 'apimCreateSubscription', 'apimDeleteInstance', 'apimDeletePolicy', 'apimDeleteProduct',
      'apimDeleteSubscription', 'apimDismissWork', 'apimEditPolicy', 'apimFilter', 'apimLimitCalls', 'apimLoadMore', 'apimOpenPortal',
      'apimPublishProduct', 'apimRefresh', 'apimRefreshLine', 'apimRefreshPolicy', 'apimRegeneratePrimaryKey',
      'apimRegenerateSecondaryKey', 'apimRegisterProvider', 'apimRemoveFromProduct', 'apimRemoveInstance', 'apimRestoreInstance',
      'apimRetry', 'apimRetryWork', 'apimRevertPolicy', 'apimSavePolicyOver', 'apimShowWorkError', 'apimShowWorks', 'apimSignIn',
      'apimSignOut', 'apimStopFollowing', 'apimSuspendSubscription', 'apimUnpublishProduct', 'apimUseForService', 'cancelJob',
      'cancelRequest', 'carryOnJob', 'checkJob', 'checkService', 'checkStorage', 'chooseService', 'cleanUpBlobs', 'clearFilter',
      'clearHistorySearch', 'compareExchange', 'compareExchanges', 'comparePrevious', 'copyAddress', 'copyCode', 'copyExchangeCode',
      'copyJobId', 'copyJobStatus', 'copySampleKey', 'copyServiceId', 'copyWorkspaceId', 'createApiDefinition', 'deleteExchange',
      'deleteFinishedJobs', 'deleteHistory', 'deleteJob', 'downloadResults', 'editAddress', 'filter', 'forgetServiceKey',
      'forgetSubscriptionKey', 'moreJobs', 'newRequest', 'openExchange', 'openExchangeRequest', 'openJob', 'openResults',
      'openSampleInput', 'openSampleRequest', 'openSettings', 'openTable', 'openWalkthrough', 'pinExchange', 'publishApi', 'refresh',
      'refreshDescription', 'removeSelected', 'removeService', 'removeStorage', 'removeWorkspace', 'renameSelected', 'renameService',
      'renameWorkspace', 'runJob', 'runJobAgain', 'searchHistory', 'sendAgain', 'sendExchangeAgain', 'sendToRrs', 'sendToService',
      'setServiceKey', 'setSubscriptionKey', 'setSubscriptionKeyHeader', 'showAnswer', 'showJobs', 'showLog', 'showServicePage',
      'startJob', 'startSample', 'stopSample', 'stopUpload', 'submitBody', 'submitJobAnew', 'unpinExchange', 'withholdConnectionStrings',
    ].map((name) => `azuremlWebServices.${name}`).sort());
  });

  it('context keys', () => {
    expect(Object.values(contextKey)).toEqual(['filtered', 'sending', 'sent', 'sampleRunning', 'ownService', 'jobsKnown', 'historySearched', 'apimFiltered', 'requestPaths', 'batchPaths'].map((name) => `azuremlWebServices.${name}`));
  });
});

describe('files', () => {
  const address = `https://region.example/workspaces/${workspace}/services/${service}`;
  const key = '0mx1eapqv-ucqqn66hm4pz';
  const job = someJob(key, { service: { name: 'Weather', address } });

  it("in the extension's folders", () => {
    expect(savedName).toEqual({ jobs: 'jobs', tables: 'tables', sample: 'sample', history: 'history', descriptions: 'descriptions', apim: 'apim.json', publishings: 'publishings', instances: 'instances', ownRequest: 'sample-request.json', ownInput: 'days.csv' });
  });

  it('of jobs that are not over, and of those that are', async () => {
    const files = new MemoryFiles();
    const journal = new Journal(files);
    await journal.write(job);
    const open = 'open/0mx1eapqv-ucqqn66hm4pz.json';
    expect([...files.texts.keys()]).toEqual([open]);
    expect(files.texts.get(open)).toMatch(/^\{\n "version": 1,\n "job": \{\n {2}"key": "0mx1eapqv-ucqqn66hm4pz",/);
    await journal.end({ ...job, step: 'ended', status: reading('failed', 'Failed') });
    expect([...files.texts.keys()].sort()).toEqual(['past/3e18b6d7fc69e3a0817c97b50c4a2a7a/0mx1eapqv-ucqqn66hm4pz.json', 'unseen/0mx1eapqv-ucqqn66hm4pz']);
    expect(files.texts.get('unseen/0mx1eapqv-ucqqn66hm4pz')).toBe(address);
  });

  it('of windows, claims and quotas', async () => {
    const { files, open } = computer();
    const { windows } = await open();
    const [window] = [...files.texts.keys()];
    expect(window).toMatch(/^windows\/0loyw3v28-[0-9a-z]{12}\.json$/);
    expect(files.texts.get(window ?? '')).toBe('{"host":"here","pid":101,"beat":1}\n');
    await windows.claim(key);
    expect(JSON.parse(files.texts.get('claims/0mx1eapqv-ucqqn66hm4pz') ?? '')).toEqual({ id: expect.stringMatching(/^[0-9a-z]{12}$/), window: windows.name });
    // A claim that takes the place of a dead one.
    await new Claims(files, 'other', () => 'next', () => Promise.resolve(false)).claim(key);
    const dead: unknown = JSON.parse(files.texts.get('claims/0mx1eapqv-ucqqn66hm4pz') ?? '').id;
    expect(files.texts.get(`claims/0mx1eapqv-ucqqn66hm4pz~${String(dead)}`)).toBe('{"id":"next","window":"other"}');
    const quotas = new Quotas(files, () => 1000, () => undefined);
    await quotas.ask('Gateway.example:8443', () => Promise.resolve({ kind: 'quota', retryAfterMs: 500, problem: { sentence: 'Used up.' } }));
    expect(files.texts.get('quotas/gateway.example_8443.json')).toBe('{"since":1000,"until":1500,"sentence":"Used up."}\n');
  });

  it('of the history', async () => {
    const files = new MemoryHistory();
    const { history } = historyOn(files, { random: () => 0.5 });
    const id = await keep(history, someExchange());
    await history.pin([id], true);
    expect(id).toBe('0mp2kwao0-iiiiiiiiiiii');
    expect([...files.texts.keys(), ...files.bodies.keys()].sort()).toEqual([`${id}.answer.gz`, `${id}.json`, `${id}.pin`, `${id}.request.gz`]);
    expect(files.texts.get(`${id}.json`)?.text).toMatch(new RegExp(`^\\{"schema":1,"id":"${id}",`));
  });

  it("of the sample's folder", async () => {
    expect(sampleFolderNames).toEqual(['1', '2', '3', '4']);
    const folder = mkdtempSync(join(tmpdir(), 'saved-names-'));
    try {
      const { jobs, blobs, keepPorts, release } = await openFolder(folder);
      expect([jobs, blobs]).toEqual([join(folder, 'jobs'), join(folder, 'blobs')]);
      keepPorts({ service: 18765, storage: 18766 });
      expect(readdirSync(folder).sort()).toEqual(['blobs', 'jobs', 'lock', 'ports.json']);
      expect(readFileSync(join(folder, 'ports.json'), 'utf8')).toBe('{"service":18765,"storage":18766,"former":[]}');
      expect(extentsFolder(blobs)).toBe(join(folder, 'blobs', 'extents'));
      release();
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });
});

function computer(): Pick<Computer, 'files'> & { readonly open: () => ReturnType<Computer['open']> } {
  const own = new Computer();
  return { files: own.files, open: () => own.open() };
}
