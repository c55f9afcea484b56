// What `--help` prints.

import { sampleDefinition } from './definition';
import { apimHelp } from './helpApim';
import { jobsHelp } from './helpJobs';
import { keptMs, mostJobs } from './jobs/jobFiles';
import { mostBlobs, mostBytes } from './jobs/sweepBlobs';

const { workspace, service, name, hashing } = sampleDefinition;

const keptDays = keptMs / (24 * 60 * 60 * 1000);

/** The whole help of the sample program, with examples that can be copied. */
export const helpText = `Serves a small Azure ML (classic) web service on 127.0.0.1, for trying a client and for tests:
scoring (request/response) and batch jobs, with a blob storage of its own.

Usage: node sample.js [--port N] [--blob-port N] [--bits N] [--ngrams N] [--key-file PATH] [--folder DIR]
                      [--api-management [--arm-port N] [--gateway-port N] [--creation-seconds N]]

Options
  --port N         port to listen at, 0 to 65535; 0, the default, takes any free one
  --blob-port N    port of the blob storage, likewise
  --bits N         1 to 16: the answer has 2^N columns (default ${hashing.bits})
  --ngrams N       1 to 10: how many neighbouring words make up the longest feature (default ${hashing.ngrams})
  --key-file PATH  where to write the made-up API key; the file must not exist yet
  --folder DIR     keeps jobs and blobs in this folder, so that a restart loses nothing; one sample at a time. Without --port and
                   --blob-port it listens where it did last, if it can. The key is not kept: give it as SAMPLE_API_KEY.
                   Removed are jobs ${keptDays} days after their end and beyond the last ${mostJobs}, and blobs that are ${keptDays} days old, more
                   than ${mostBlobs} or more than ${mostBytes / 1024 ** 3} GB, oldest first. Without --folder all is in memory
  --api-management also plays an Azure API Management instance, see below
  --arm-port N     port of its Azure Resource Manager, --gateway-port N that of its gateway, likewise
  --creation-seconds N
                   so long it takes until an instance that is made is active: 0 to 3600 (default 20)
  --help           this text

Environment
  SAMPLE_API_KEY   the API key that callers must send. Without it a key is made up and written to a file that only you can read;
                   standard error says where. The file is removed when the service ends.
  SAMPLE_ARM_TOKEN the token for Sample API Management, likewise

When it is ready it prints one line of JSON on standard output:
  {"baseUrl":"http://127.0.0.1:PORT","workspace":"ID","services":[{"name":"${name}","id":"ID"}],"blobEndpoint":"http://127.0.0.1:PORT/ACCOUNT"}
It ends on SIGTERM, SIGINT and SIGHUP, and when the IPC channel of the program that started it closes.
With --folder the line may also have "formerBaseUrls", where the same jobs were to be found before.
Exit codes: 0 told to end, 1 could not start or go on, 2 wrong arguments, 3 another sample has the folder.

Operations (BASE is {baseUrl}/workspaces/${workspace}/services/${service};
/odata in front of /workspaces works the same)
  POST BASE/execute?api-version=2.0[&details=true][&format=swagger]   scores rows; needs the key
  POST BASE/jobs?api-version=2.0                                      submits a batch job; needs the key, as do the next three
  POST BASE/jobs/ID/start?api-version=2.0                             starts it
  GET  BASE/jobs/ID?api-version=2.0                                   its status, and where the result is
  DELETE BASE/jobs/ID[?api-version=2.0]                               cancels it; forgets it when it is over
  GET  BASE/swagger.json                                              describes the service; needs no key
  POST, GET, DELETE {baseUrl}/faults and {baseUrl}/behaviour          see below; need the key
  GET  {baseUrl}/jobs-seen                                            all jobs that were ever submitted; needs the key

Example
  curl -H "Authorization: Bearer $SAMPLE_API_KEY" -H "Content-Type: application/json" \\
    -d '{"Inputs":{"input1":{"ColumnNames":["Col2"],"Values":[["This is a good day"]]}},"GlobalParameters":{}}' \\
    "http://127.0.0.1:PORT/workspaces/${workspace}/services/${service}/execute?api-version=2.0&details=true"

${jobsHelp}
Faults
  POST /faults with {"faults":[FAULT, ...]} plans what the next calls get, in order, one call each, whatever key they send.
  GET /faults returns what is pending, how many calls each operation got, and how many of them were aborted by the client.
  DELETE /faults forgets what is pending and returns for how many calls it was left.

  {"status":500}                                     this status; "headers":{...} and "body" (text or JSON) are optional
  {"status":302,"headers":{"Location":"/elsewhere"}}
  {"status":400,"body":{"error":{"code":"BadArgument","message":"No.","details":[]}}}
  {"delayMs":3000}                                   the normal answer, later
  {"cut":"before"}                                   closes the connection without an answer; the call is not carried out
  {"cut":"middle"}                                   closes it after half of the normal answer, or of an answer without a body before it: the call was carried out
  {"brokenJson":true}                                half of the normal answer, as if it were all
  {"throttle":{"retryAfterSeconds":2}}               503 TooManyConcurrentRequests with Retry-After
  {"throttle":{"retryAfterDate":"Wed, 21 Oct 2037 07:28:00 GMT","gateway":true}}
                                                     429 as an API Management gateway sends it
  {"never":true}                                     takes the request and never answers
  {"slowBody":{"bytes":10,"everyMs":100}}            the normal answer, 10 bytes every 100 ms
  {"bytes":10000000}                                 a valid table of about so many bytes
  {"echo":true}                                      a table of the header names that came and the size of the body
  Each may also have "times":N (for N calls), "delayMs":N (wait first) and "operation":NAME (for another than
  execute: swagger, submit, start, status or cancel).

  curl -H "Authorization: Bearer $SAMPLE_API_KEY" -d '{"faults":[{"status":503,"times":2},{"delayMs":1000}]}' http://127.0.0.1:PORT/faults

${apimHelp}`;
