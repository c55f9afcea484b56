// Every id that package.json and the code share; a test compares the two.

import { recordOf } from '../base/shape';

/** What stands in front of all ids. */
export const prefix = 'azuremlWebServices';

/** What commands are called behind the prefix. A list, as it is read at each start of the editor and has to be short. */
const commandNames = [
  'sendToRrs', 'sendToService', 'sendAgain', 'cancelRequest', 'chooseService', 'showAnswer', 'addService', 'openWalkthrough',
  'renameService', 'editAddress', 'removeService', 'renameWorkspace', 'removeWorkspace', 'renameSelected', 'removeSelected',
  'copyAddress', 'copyServiceId', 'copyWorkspaceId', 'checkService', 'setServiceKey', 'forgetServiceKey', 'setSubscriptionKey',
  'forgetSubscriptionKey', 'setSubscriptionKeyHeader', 'startSample', 'stopSample', 'copySampleKey', 'openSampleRequest', 'refresh',
  'filter', 'clearFilter', 'runJob', 'submitBody', 'openJob', 'showJobs', 'startJob', 'carryOnJob', 'stopUpload', 'cancelJob',
  'deleteJob', 'deleteFinishedJobs', 'runJobAgain', 'submitJobAnew', 'checkJob', 'openResults', 'downloadResults', 'copyJobId',
  'copyJobStatus', 'cleanUpBlobs', 'withholdConnectionStrings', 'moreJobs', 'addStorage', 'removeStorage', 'checkStorage',
  'openSampleInput', 'openTable', 'openExchange', 'sendExchangeAgain', 'openExchangeRequest', 'copyExchangeCode', 'pinExchange',
  'unpinExchange', 'deleteExchange', 'compareExchange', 'comparePrevious', 'compareExchanges', 'searchHistory', 'clearHistorySearch',
  'deleteHistory', 'copyCode', 'showServicePage', 'newRequest', 'refreshDescription', 'apimSignIn', 'apimSignOut', 'apimAddInstance',
  'apimRemoveInstance', 'apimRefresh', 'apimRefreshLine', 'apimRetry', 'apimLoadMore', 'apimCancelLoad', 'apimFilter', 'apimClearFilter',
  'apimCopyId', 'apimCopyGateway', 'apimOpenPortal', 'apimCopyKey', 'apimRegisterProvider', 'apimLimitCalls', 'apimCreateProduct',
  'apimPublishProduct', 'apimUnpublishProduct', 'apimAddApiToProduct', 'apimRemoveFromProduct', 'apimDeleteProduct',
  'apimCreateSubscription', 'apimSuspendSubscription', 'apimActivateSubscription', 'apimCancelSubscription', 'apimDeleteSubscription',
  'apimRegeneratePrimaryKey', 'apimRegenerateSecondaryKey', 'apimUseForService', 'createApiDefinition', 'publishApi', 'apimEditPolicy',
  'apimDeletePolicy', 'apimComparePolicy', 'apimSavePolicyOver', 'apimRevertPolicy', 'apimRefreshPolicy', 'apimCreateInstance',
  'apimDeleteInstance', 'apimRestoreInstance', 'apimShowWorks', 'apimShowWorkError', 'apimRetryWork', 'apimStopFollowing',
  'apimDismissWork', 'testService', 'apimTryIt', 'apimUsage', 'apimThrottled', 'apimCompareWays', 'openSettings', 'showLog',
] as const;

/** Commands, by what they do. */
export const command = recordOf(commandNames, (name) => `${prefix}.${name}`);

/** Views. */
export const view = { services: `${prefix}.services`, history: `${prefix}.history`, apim: `${prefix}.apim` };

/** Webview panels. */
export const panel = {
  answer: `${prefix}.answer`,
  job: `${prefix}.job`,
  file: `${prefix}.file`,
  compare: `${prefix}.compare`,
  service: `${prefix}.service`,
  choices: `${prefix}.choices`,
  publish: `${prefix}.publish`,
  limits: `${prefix}.limits`,
  instance: `${prefix}.instance`,
  tryIt: `${prefix}.tryIt`,
  test: `${prefix}.test`,
  usage: `${prefix}.usage`,
  ways: `${prefix}.ways`,
};

/** Items of the status bar. */
export const statusItem = {
  service: `${prefix}.service`, sending: `${prefix}.sending`, jobs: `${prefix}.jobs`, instances: `${prefix}.instances`,
};

/** Context keys that menus and welcome texts ask for. */
export const contextKey = {
  filtered: `${prefix}.filtered`,
  sending: `${prefix}.sending`,
  sent: `${prefix}.sent`,
  sampleRunning: `${prefix}.sampleRunning`,
  ownService: `${prefix}.ownService`,
  jobsKnown: `${prefix}.jobsKnown`,
  historySearched: `${prefix}.historySearched`,
  apimFiltered: `${prefix}.apimFiltered`,
  requestPaths: `${prefix}.requestPaths`,
  batchPaths: `${prefix}.batchPaths`,
};

/** A context key that no menu asks for: it is set to see whether the editor answers. */
export const answeringKey = `${prefix}.answering`;

/** Settings, without the prefix. */
export const setting = {
  services: 'services',
  timeoutSeconds: 'timeoutSeconds',
  maxRetries: 'maxRetries',
  longestWaitSeconds: 'longestWaitSeconds',
  notifyJobs: 'notifyJobs',
  resultFileName: 'resultFileName',
  historyMegabytes: 'historyMegabytes',
  armEndpoint: 'armEndpoint',
};

/** URI scheme of an answer's body when it is opened in an editor. */
export const bodyScheme = 'azureml-web-services-answer';

/** URI scheme of what the history keeps, when it is opened or compared in an editor. */
export const historyScheme = 'azureml-web-services-history';

/** URI scheme of what a file of an API definition would hold, when it is compared in an editor. */
export const definitionScheme = 'azureml-web-services-definition';
/** URI scheme of what a publishing makes and changes, when it is opened or compared in an editor. */
export const publishScheme = 'azureml-web-services-publish';
/** URI scheme of policies as they are and would be, when they are compared in an editor from the form of limits. */
export const limitsScheme = 'azureml-web-services-limits';
/** URI scheme of the policies of API Management, which are edited as documents that save back. */
export const policyScheme = 'azureml-policy';
/** Id of their language, as package.json has it. */
export const policyLanguage = 'azureml-policy';
