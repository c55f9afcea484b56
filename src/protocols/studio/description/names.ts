// Names that stand in descriptions, and those of their formats.

/** Members of requests and answers, definitions of them, and what descriptions are written as. */
export const names: {
  readonly inputs: 'Inputs';
  readonly parameters: 'GlobalParameters';
  readonly results: 'Results';
  readonly columnNames: 'ColumnNames';
  readonly values: 'Values';
  readonly request: 'ExecutionRequest';
  readonly answer: 'ExecutionResults';
  readonly otherRequest: 'ServiceInput';
  readonly otherAnswer: 'ServiceOutput';
  readonly swagger: 'Swagger';
  readonly openApi: 'OpenAPI';
} = {
  inputs: 'Inputs',
  parameters: 'GlobalParameters',
  results: 'Results',
  columnNames: 'ColumnNames',
  values: 'Values',
  request: 'ExecutionRequest',
  answer: 'ExecutionResults',
  // What services of the successors call them.
  otherRequest: 'ServiceInput',
  otherAnswer: 'ServiceOutput',
  swagger: 'Swagger',
  openApi: 'OpenAPI',
};
