// Names under which the editor keeps things between two starts. A changed one loses what people have: a test holds each to its text.

/** Files and folders in the folder that the extension has for all windows; `history` is in that of the workspace where there is one. */
export const savedName = {
  jobs: 'jobs',
  tables: 'tables',
  sample: 'sample',
  history: 'history',
  descriptions: 'descriptions',
  apim: 'apim.json',
  publishings: 'publishings',
  instances: 'instances',
  ownRequest: 'sample-request.json',
  ownInput: 'days.csv',
};

/** Keys in the memory of all windows. */
export const memoryKey = {
  /** Addresses of services that are given connection strings. */
  givesConnectionStrings: 'givesConnectionStrings',
  /** Ids of storages by addresses of services. */
  storageOfService: 'storageOfService',
  /** Id of the language that code was copied in last. */
  codeLanguage: 'codeLanguage',
  /** The form that a new request was made in last. */
  requestForm: 'requestForm',
};
