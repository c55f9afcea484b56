// What the contract's error codes mean in plain words (the classes and causes of contract section 4.2).

import type { ErrorAction } from '../../model/errors';

/** An explanation. `{service}` stands for the service's name, `{at}` for the target that the service names. */
export interface FaultMessages {
  readonly sentence: string;
  readonly advice?: string;
  readonly actions?: readonly ErrorAction[];
  /** True when the cause is the API key: the words then depend on whether one was sent. */
  readonly key?: boolean;
}

const busy: readonly ErrorAction[] = ['retry'];
const askOwner = 'Tell those who run the service; the request id helps them.';

/** By `class/detail`; `*` stands for any class. */
export const detailMessages: ReadonlyMap<string, FaultMessages> = new Map(
  Object.entries<FaultMessages>({
    '*/BadVersionCall': {
      sentence: '{service} does not speak version 2.0 of the contract, or something on the way dropped the api-version.',
      advice: 'If a gateway is in front, check that it passes the query on.',
    },
    '*/InvalidQueryParameter': {
      sentence: '{service} refuses an argument in the address.',
      advice: 'Only api-version, details and format are allowed. If a gateway is in front, check what it adds.',
    },
    '*/RequestIsEmpty': { sentence: 'The request reached {service} without a body.' },
    '*/RequestBodyInvalid': {
      sentence: '{service} cannot read the body of the request{at}.',
      advice: "Compare it with the sample request on the service's page: names of inputs and columns, and the form of the rows.",
    },
    '*/InvalidInputNames': {
      sentence: 'The request names an input that {service} does not have.',
      advice: 'Names of inputs matter to the letter, upper and lower case too; most services call theirs "input1".',
    },
    '*/MissingRequestInput': {
      sentence: '{service} expects an input that the request does not hold.',
      advice: 'Add it under "Inputs"; most services call theirs "input1".',
    },
    '*/MultipleInputsNotAllowed': { sentence: '{service} takes one input only, and the request has several.' },
    '*/IncompatibleModel': { sentence: 'The model behind {service} does not fit this kind of request.', advice: askOwner },
    '*/MissingRequiredGlobalParameters': {
      sentence: 'A required parameter is missing.',
      advice: 'Add it under "GlobalParameters"; the service names it below.',
    },
    '*/UnexpectedParameter': {
      sentence: 'The request has a parameter that {service} does not know{at}.',
      advice: 'Look at "GlobalParameters": names matter to the letter.',
    },
    '*/UserParameterInvalid': { sentence: 'A parameter has a value that {service} cannot use{at}.', advice: 'Look at "GlobalParameters".' },
    '*/BadParameterValue': { sentence: 'A parameter has a value that breaks its rule{at}.', advice: 'Look at "GlobalParameters".' },
    '*/DataTypeNotSupported': { sentence: 'The request uses a data type that {service} does not know.' },
    '*/InputMismatchError': {
      sentence: 'The data does not fit what {service} expects{at}.',
      advice: "Compare names, number and types of the columns with the service's sample request.",
    },
    '*/InputParseError': {
      sentence: '{service} could not read the data{at}: the number of columns or a type is wrong.',
      advice:
        'Every column of the service has to be there, the label too (any value will do), and numbers need a full stop as decimal sign.',
    },
    '*/ScoreRequestUnauthorized': { sentence: '', key: true },
    '*/AdminRequestUnauthorized': { sentence: '', key: true },
    '*/ManagementRequestUnauthorized': { sentence: '', key: true },
    '*/WorkspaceNotFound': {
      sentence: "The service's host knows no workspace with this id.",
      advice: 'Check the workspace id in the address.',
    },
    '*/WebServiceNotFound': {
      sentence: 'The host knows no service with this id.',
      advice: 'Check the service id in the address; it is the id of the endpoint, which is another one than that of the web service.',
    },
    '*/WebServiceIdNotFoundInWorkspace': {
      sentence: 'The workspace holds no service with this id.',
      advice: 'Check the service id in the address; it is the id of the endpoint, which is another one than that of the web service.',
    },
    '*/WebServiceIdInvalid': { sentence: 'The service id in the address is not well formed.', advice: 'It has 32 hexadecimal digits.' },
    '*/ModelPackageNotFound': { sentence: 'The model behind {service} is gone.', advice: askOwner },
    '*/ScoreRequestTimeout': {
      sentence: '{service} took too long with this request.',
      advice: 'Send fewer rows, or run a batch job.',
      actions: busy,
    },
    '*/RequestCanceled': { sentence: '{service} stopped because the connection was given up.', actions: busy },
    '*/OutOfMemoryLimit': {
      sentence: 'The model behind {service} used more memory than it may.',
      advice: 'The size of your request is not the limit, but fewer rows can help.',
    },
    '*/ModelOutputMetadataMismatch': {
      sentence: 'The model behind {service} gives a column that its definition does not allow.',
      advice: askOwner,
    },
    '*/RequestThrottled': {
      sentence: 'Too many requests to {service} are under way at once.',
      advice: 'Wait a little, or send fewer at a time.',
      actions: busy,
    },
    '*/TooManyConcurrentRequests': {
      sentence: 'Too many requests to {service} are under way at once.',
      advice: 'Wait a little, or send fewer at a time.',
      actions: busy,
    },
    '*/NoMoreResources': { sentence: '{service} has no free capacity at the moment.', actions: busy },
    '*/TooManyHostsBeingInitialized': { sentence: '{service} is still starting.', actions: busy },
    '*/TooManyHostsBeingInitializedPerModel': { sentence: '{service} is still starting.', actions: busy },
    '*/BackendInitializationTimeout': {
      sentence: '{service} took too long to start.',
      advice: 'A service that has not been called for a while starts slowly; the next try is often quick.',
      actions: busy,
    },
    '*/BackendScoreTimeout': {
      sentence: '{service} took too long with this request.',
      advice: 'Send fewer rows, or run a batch job.',
      actions: busy,
    },
    '*/WorkerUnreachable': { sentence: '{service} could not reach a part of itself.', actions: busy },
    '*/ResourceDownload': { sentence: '{service} could not load a part of its model.', actions: busy },
    '*/TableSchemaColumnCountMismatch': {
      sentence: 'The number of columns does not fit what {service} expects.',
      advice: 'Every column of the service has to be there, the label too (any value will do).',
    },
    '*/FailedToEvaluateRScript': {
      sentence: 'The R script inside {service} failed on this data.',
      advice: "The script's own words are below. If the data is right, those who made the service have to look at the script.",
    },
    'WebServicePackageError/FormatError': { sentence: 'The definition behind {service} cannot be read.', advice: askOwner },
    'WebServicePackageError/RuntimesError': {
      sentence: 'The definition behind {service} names a runtime that is not there.',
      advice: askOwner,
    },
    'WebServicePackageError/ValidationError': { sentence: 'The definition behind {service} is not valid.', advice: askOwner },
  }),
);

/** By class, for answers whose details tell nothing more. */
export const classMessages: ReadonlyMap<string, FaultMessages> = new Map(
  Object.entries<FaultMessages>({
    BadArgument: { sentence: '{service} refuses something in the request.', advice: "The service's own words are below." },
    BadUserArgument: {
      sentence: 'The data does not fit what {service} expects.',
      advice: "Compare names, number and types of the columns with the service's sample request.",
    },
    InvalidOperation: { sentence: '{service} cannot do this with the request as it is.', advice: "The service's own words are below." },
    LibraryExecutionError: {
      sentence: 'A library inside {service} failed on this data.',
      advice: "Often a column is missing, has another type or an unexpected value. The library's own words are below.",
    },
    ModuleExecutionError: {
      sentence: 'A module inside {service} failed on this data.',
      advice: "Often a column is missing, has another type or an unexpected value. The module's own words are below.",
    },
    WebServicePackageError: { sentence: 'The definition behind {service} is broken.', advice: askOwner },
    Unauthorized: { sentence: '', key: true },
    NotFound: {
      sentence: 'Nothing of this name is there: the address of {service} may be wrong.',
      advice: 'Check the ids of workspace and service in the address.',
    },
    RequestTimeout: {
      sentence: '{service} took too long with this request.',
      advice: 'Send fewer rows, or run a batch job.',
      actions: busy,
    },
    Conflict: { sentence: '{service} finds the request at odds with its own state.', advice: askOwner },
    MemoryQuotaViolation: {
      sentence: 'The model behind {service} used more memory than it may.',
      advice: 'The size of your request is not the limit, but fewer rows can help.',
    },
    InternalError: {
      sentence: '{service} failed while it worked on the request.',
      advice: 'Try again. If it fails each time, tell those who run the service; the request id helps them.',
      actions: busy,
    },
    InternalErrorSystemLowOnMemory: {
      sentence: '{service} is short of memory at the moment.',
      advice: 'It asks to try again.',
      actions: busy,
    },
    ModelPackageFormatError: { sentence: 'The model behind {service} cannot be read.', advice: askOwner },
    WebServicePackageInternalError: { sentence: 'The definition behind {service} made it fail.', advice: askOwner },
    InitializingContainers: {
      sentence: '{service} is still starting.',
      advice: 'A service that has not been called for a while starts slowly.',
      actions: busy,
    },
    ServiceUnavailable: { sentence: '{service} is busy at the moment.', actions: busy },
    GatewayTimeout: { sentence: '{service} took too long to answer.', advice: 'Send fewer rows, or run a batch job.', actions: busy },
    InvalidWorkspaceId: { sentence: 'The host knows no workspace with this id.', advice: 'Check the workspace id in the address.' },
  }),
);
