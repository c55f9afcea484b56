// What the page of a service shows: its operations with addresses, headers and bodies, and programs that call it. Holds no key.

import type { Service } from '../../model/service';
import type { Header } from '../../model/wire';
import { readableText } from '../../base/readableText';
import { jobUrl, startUrl, submitUrl } from './bes';
import { besCode, rrsCode } from './code/code';
import { formOf } from './code/form';
import { languages } from './code/languages';
import { keyPlaces, withoutSecrets } from './code/program';
import { answerShape, jobIdShape, jobShape, requestShape, requestShapeNote, rowsAnswerShape, rowsShape, statusShape } from './code/shapes';
import { retiredHostNote } from './endpoint';
import { isGateway, scoreUrl, serviceId, swaggerUrl, workspaceId } from './endpointAddress';
import type { RequestForm } from './request';
import type { LastExchange, ServiceOperation, ServicePageParts, ServiceProgram } from '../code';

/** More of a body than this is no sample. */
const longestSample = 20_000;
/** So much more is looked through for secrets, in UTF-16 units. */
const margin = 4000;

/** The page of a service. */
export function serviceView(service: Service, lastExchange: LastExchange): ServicePageParts {
  const { endpoint } = service;
  const retired = retiredHostNote(endpoint);
  const jobs = submitUrl(endpoint) !== undefined;
  return {
    facts: [
      ...(endpoint.form === 'exact'
        ? []
        : [`Service ID: ${serviceId(endpoint)}`, `${endpoint.form === 'new' ? 'Subscription' : 'Workspace'}: ${workspaceId(endpoint)}`]),
    ],
    notes: [
      ...(isGateway(endpoint) ? ['An API gateway stands in front of it.'] : []),
      ...(jobs ? [] : ['The address leads to one operation only, so there are no batch jobs.']),
      ...(retired === undefined ? [] : [retired]),
    ],
    ways: [
      { name: 'Request-response', operations: requestOperations(service, lastExchange), codes: requestCodes(service, lastExchange) },
      ...(jobs ? [{ name: 'Batch', operations: jobOperations(service), codes: jobCodes(service) }] : []),
    ],
  };
}

/** The body that programs of the page send. */
export function sampleRequest({ request, made }: LastExchange): { readonly body: string; readonly notes: readonly string[] } {
  if (request !== undefined) return { body: request, notes: [] };
  const described = madeIn(made, 'table');
  return described === undefined ? { body: requestShape, notes: [requestShapeNote] } : { body: described, notes: [madeNote] };
}

/** What a reader of code with a request from the description has to do. */
const madeNote = 'The request below is made from the description of the service. Put your values in the place of these.';

/** A request from the description, where it is short enough to be a sample. */
function madeIn(made: LastExchange['made'], form: RequestForm): string | undefined {
  const text = made?.[form];
  return text === undefined || text.length > longestSample ? undefined : text;
}

function requestCodes(service: Service, lastExchange: LastExchange): ServiceProgram[] {
  const { body, notes } = sampleRequest(lastExchange);
  return languages.map(({ id, name, needs }) => ({ language: name, needs, code: rrsCode(id, { service, body, notes }) }));
}

function jobCodes(service: Service): ServiceProgram[] {
  return languages.map(({ id, name, needs }) => ({
    language: name,
    needs,
    code: besCode(id, { service, job: { inputs: [{}], outputs: [], parametersJson: '' } }) ?? '',
  }));
}

function requestOperations(service: Service, { request, answer, answerGoesOn = false, made }: LastExchange): ServiceOperation[] {
  const { endpoint } = service;
  const form = request === undefined ? undefined : formOf(request);
  const score = (name: string, own: RequestForm, shape: string, answerTo: string): ServiceOperation => {
    const theirs = form === own && request !== undefined;
    const described = madeIn(made, own);
    return {
      name,
      method: 'POST',
      url: scoreUrl(endpoint, own),
      headers: headersOf(service, true),
      request: theirs ? sample(request) : described === undefined ? shape : readableText(described),
      requestNote: theirs
        ? 'The last request that you have sent.'
        : described !== undefined
          ? 'Made from the description of the service.'
          : 'The shape of a request. The names of inputs and columns are those of your service; "GlobalParameters" may be empty.',
      response: theirs && answer !== undefined ? sample(answer, answerGoesOn) : answerTo,
      notes: answerNotes(service),
    };
  };
  const described = swaggerUrl(endpoint);
  return [
    score('Score a table', 'table', requestShape, answerShape),
    // An exact address is one operation, which takes both forms.
    ...(endpoint.form === 'exact' && form !== 'rows' ? [] : [score('Score row objects', 'rows', rowsShape, rowsAnswerShape)]),
    ...(described === undefined
      ? []
      : [
          {
            name: 'Describe',
            method: 'GET',
            url: described,
            headers: isGateway(endpoint) ? headersOf(service, false) : [],
            notes: [
              'The service describes its inputs, outputs and parameters as a Swagger 2.0 document. No key is needed for that.',
              ...(isGateway(endpoint) ? ['A gateway may not pass this operation on.'] : []),
            ],
          },
        ]),
  ];
}

function jobOperations(service: Service): ServiceOperation[] {
  const { endpoint } = service;
  const id = 'JOB_ID';
  const job = jobUrl(endpoint, id) ?? '';
  return [
    {
      name: 'Submit',
      method: 'POST',
      url: submitUrl(endpoint) ?? '',
      headers: headersOf(service, true),
      request: jobShape,
      response: jobIdShape,
      requestNote:
        'Where the input is: a blob whose name ends in .csv, .tsv or .arff, with a token for it. A service with several inputs takes ' +
        '"Inputs", an object with one such reference for each.',
      notes: [
        'The answer is the id of the job in double quotes. Nothing runs before the job is started.',
        'Not to be repeated without a look: each submission makes another job.',
        'Instead of base location and token, a "ConnectionString" of the storage account can be given; it gives away the whole account.',
        '"Outputs" names places for outputs, in the same way. Without it the service chooses them.',
      ],
    },
    {
      name: 'Start',
      method: 'POST',
      url: startUrl(endpoint, id) ?? '',
      headers: headersOf(service, false),
      notes: ['The body is empty. 400 with CannotStartJob: the job was started already.'],
    },
    {
      name: 'Status',
      method: 'GET',
      url: job,
      headers: headersOf(service, false),
      response: statusShape,
      notes: [
        'StatusCode is 0 or NotStarted, 1 or Running, 2 or Failed, 3 or Cancelled, 4 or Finished. The last three are final.',
        'A result is fetched with GET from BaseLocation + RelativeLocation + SasBlobToken, without any key. The token is good for about ' +
        'a day; asking for the status again gives a fresh one.',
        isGateway(endpoint) ? 'Ask seldom: a gateway counts each question against its quota.' : 'Ask every few seconds at most.',
        'Details says why a job has failed. 429 and 503: ask again after the seconds of Retry-After.',
      ],
    },
    {
      name: 'Cancel or delete',
      method: 'DELETE',
      url: job,
      headers: headersOf(service, false),
      notes: ['Cancels a job that runs, and removes one that is over. What it has written to storage stays.'],
    },
  ];
}

function headersOf(service: Service, withBody: boolean): Header[] {
  return [
    ...keyPlaces(service).map(({ header, prefix, what }) => ({
      name: header,
      value: `${prefix}<${what.replace(/^the (.*) of .*$/, 'your $1')}>`,
    })),
    ...(withBody ? [{ name: 'Content-Type', value: 'application/json' }] : []),
  ];
}

function answerNotes({ endpoint }: Service): string[] {
  return [
    '200: the predictions. Every cell is text or null, numbers too.',
    '400: the request does not fit the service; error.details[].code tells why.',
    '401: a key is missing or wrong.',
    '503 and 504: the service is busy or starting. Scoring changes nothing, so try again after the seconds of Retry-After.',
    ...(isGateway(endpoint)
      ? ['429 and 403 of the gateway: its rate or its quota is used up. 404 of the gateway: it does not know the operation.']
      : []),
  ];
}

/** The beginning of a body; what is not shown is not looked through. `goesOn` when more follows on the text. */
function sample(body: string, goesOn = false): string {
  const isCut = goesOn || body.length > longestSample + margin;
  const { text } = withoutSecrets(body.slice(0, longestSample + margin));
  // Near the end of what was looked through, a secret may be cut in two and not be known for one.
  const shown = text.slice(0, isCut ? Math.max(0, Math.min(longestSample, text.length - margin)) : longestSample);
  if (shown === text) return readableText(text);
  return (
    `${shown.replace(/[\uD800-\uDBFF]$/, '')}\n… ` +
    `(${goesOn ? 'much more follows' : `${(isCut ? body : text).length - shown.length} more characters`})`
  );
}
