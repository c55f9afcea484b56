// Every id that package.json and the code share; a test compares the two.

/** What stands in front of all ids. */
export const prefix = 'azuremlWebServices';

/** Commands, by what they do. */
export const command = {
  sendToRrs: `${prefix}.sendToRrs`,
  sendToService: `${prefix}.sendToService`,
  sendAgain: `${prefix}.sendAgain`,
  cancelRequest: `${prefix}.cancelRequest`,
  chooseService: `${prefix}.chooseService`,
  showAnswer: `${prefix}.showAnswer`,
  addService: `${prefix}.addService`,
  openWalkthrough: `${prefix}.openWalkthrough`,
  renameService: `${prefix}.renameService`,
  editAddress: `${prefix}.editAddress`,
  removeService: `${prefix}.removeService`,
  renameWorkspace: `${prefix}.renameWorkspace`,
  removeWorkspace: `${prefix}.removeWorkspace`,
  renameSelected: `${prefix}.renameSelected`,
  removeSelected: `${prefix}.removeSelected`,
  copyAddress: `${prefix}.copyAddress`,
  copyServiceId: `${prefix}.copyServiceId`,
  copyWorkspaceId: `${prefix}.copyWorkspaceId`,
  checkService: `${prefix}.checkService`,
  setServiceKey: `${prefix}.setServiceKey`,
  forgetServiceKey: `${prefix}.forgetServiceKey`,
  setSubscriptionKey: `${prefix}.setSubscriptionKey`,
  forgetSubscriptionKey: `${prefix}.forgetSubscriptionKey`,
  setSubscriptionKeyHeader: `${prefix}.setSubscriptionKeyHeader`,
  startSample: `${prefix}.startSample`,
  stopSample: `${prefix}.stopSample`,
  copySampleKey: `${prefix}.copySampleKey`,
  openSampleRequest: `${prefix}.openSampleRequest`,
  refresh: `${prefix}.refresh`,
  filter: `${prefix}.filter`,
  clearFilter: `${prefix}.clearFilter`,
  runJob: `${prefix}.runJob`,
  submitBody: `${prefix}.submitBody`,
  openJob: `${prefix}.openJob`,
  showJobs: `${prefix}.showJobs`,
  startJob: `${prefix}.startJob`,
  carryOnJob: `${prefix}.carryOnJob`,
  stopUpload: `${prefix}.stopUpload`,
  cancelJob: `${prefix}.cancelJob`,
  deleteJob: `${prefix}.deleteJob`,
  deleteFinishedJobs: `${prefix}.deleteFinishedJobs`,
  runJobAgain: `${prefix}.runJobAgain`,
  submitJobAnew: `${prefix}.submitJobAnew`,
  checkJob: `${prefix}.checkJob`,
  openResults: `${prefix}.openResults`,
  downloadResults: `${prefix}.downloadResults`,
  copyJobId: `${prefix}.copyJobId`,
  copyJobStatus: `${prefix}.copyJobStatus`,
  cleanUpBlobs: `${prefix}.cleanUpBlobs`,
  withholdConnectionStrings: `${prefix}.withholdConnectionStrings`,
  moreJobs: `${prefix}.moreJobs`,
  addStorage: `${prefix}.addStorage`,
  removeStorage: `${prefix}.removeStorage`,
  checkStorage: `${prefix}.checkStorage`,
  openSampleInput: `${prefix}.openSampleInput`,
  openTable: `${prefix}.openTable`,
  openExchange: `${prefix}.openExchange`,
  sendExchangeAgain: `${prefix}.sendExchangeAgain`,
  openExchangeRequest: `${prefix}.openExchangeRequest`,
  copyExchangeCode: `${prefix}.copyExchangeCode`,
  pinExchange: `${prefix}.pinExchange`,
  unpinExchange: `${prefix}.unpinExchange`,
  deleteExchange: `${prefix}.deleteExchange`,
  compareExchange: `${prefix}.compareExchange`,
  comparePrevious: `${prefix}.comparePrevious`,
  compareExchanges: `${prefix}.compareExchanges`,
  searchHistory: `${prefix}.searchHistory`,
  clearHistorySearch: `${prefix}.clearHistorySearch`,
  deleteHistory: `${prefix}.deleteHistory`,
  copyCode: `${prefix}.copyCode`,
  showServicePage: `${prefix}.showServicePage`,
  newRequest: `${prefix}.newRequest`,
  refreshDescription: `${prefix}.refreshDescription`,
  apimSignIn: `${prefix}.apimSignIn`,
  apimSignOut: `${prefix}.apimSignOut`,
  apimAddInstance: `${prefix}.apimAddInstance`,
  apimRemoveInstance: `${prefix}.apimRemoveInstance`,
  apimRefresh: `${prefix}.apimRefresh`,
  apimRefreshLine: `${prefix}.apimRefreshLine`,
  apimRetry: `${prefix}.apimRetry`,
  apimLoadMore: `${prefix}.apimLoadMore`,
  apimCancelLoad: `${prefix}.apimCancelLoad`,
  apimFilter: `${prefix}.apimFilter`,
  apimClearFilter: `${prefix}.apimClearFilter`,
  apimCopyId: `${prefix}.apimCopyId`,
  apimCopyGateway: `${prefix}.apimCopyGateway`,
  apimOpenPortal: `${prefix}.apimOpenPortal`,
  apimCopyKey: `${prefix}.apimCopyKey`,
  apimRegisterProvider: `${prefix}.apimRegisterProvider`,
  apimLimitCalls: `${prefix}.apimLimitCalls`,
  apimCreateProduct: `${prefix}.apimCreateProduct`,
  apimPublishProduct: `${prefix}.apimPublishProduct`,
  apimUnpublishProduct: `${prefix}.apimUnpublishProduct`,
  apimAddApiToProduct: `${prefix}.apimAddApiToProduct`,
  apimRemoveFromProduct: `${prefix}.apimRemoveFromProduct`,
  apimDeleteProduct: `${prefix}.apimDeleteProduct`,
  apimCreateSubscription: `${prefix}.apimCreateSubscription`,
  apimSuspendSubscription: `${prefix}.apimSuspendSubscription`,
  apimActivateSubscription: `${prefix}.apimActivateSubscription`,
  apimCancelSubscription: `${prefix}.apimCancelSubscription`,
  apimDeleteSubscription: `${prefix}.apimDeleteSubscription`,
  apimRegeneratePrimaryKey: `${prefix}.apimRegeneratePrimaryKey`,
  apimRegenerateSecondaryKey: `${prefix}.apimRegenerateSecondaryKey`,
  apimUseForService: `${prefix}.apimUseForService`,
  createApiDefinition: `${prefix}.createApiDefinition`,
  publishApi: `${prefix}.publishApi`,
  apimEditPolicy: `${prefix}.apimEditPolicy`,
  apimDeletePolicy: `${prefix}.apimDeletePolicy`,
  apimComparePolicy: `${prefix}.apimComparePolicy`,
  apimSavePolicyOver: `${prefix}.apimSavePolicyOver`,
  apimRevertPolicy: `${prefix}.apimRevertPolicy`,
  apimRefreshPolicy: `${prefix}.apimRefreshPolicy`,
  apimCreateInstance: `${prefix}.apimCreateInstance`,
  apimDeleteInstance: `${prefix}.apimDeleteInstance`,
  apimRestoreInstance: `${prefix}.apimRestoreInstance`,
  apimShowWorks: `${prefix}.apimShowWorks`,
  apimShowWorkError: `${prefix}.apimShowWorkError`,
  apimRetryWork: `${prefix}.apimRetryWork`,
  apimStopFollowing: `${prefix}.apimStopFollowing`,
  apimDismissWork: `${prefix}.apimDismissWork`,
  openSettings: `${prefix}.openSettings`,
  showLog: `${prefix}.showLog`,
};

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
