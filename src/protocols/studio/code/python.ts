// Programs in Python 3 that use nothing but its standard library.

import { lines, literal } from './literals';
import { requestFile, timeLimitSeconds, type BesProgram, type CallProgram, type KeyPlace, type ProgramBody } from './program';

const quoted = (text: string): string => literal('python', text);

/** A program that sends one request and prints the answer. */
export function pythonCall({ method, url, keys, headers, body, contentType, comments }: CallProgram): string {
  const all = body.kind === 'none' ? headers : [{ name: 'Content-Type', value: contentType }, ...headers];
  const given = all.map(({ name, value }) => `${quoted(name)}: ${quoted(value)}`).join(', ');
  return `${heading(comments)}

import http.client
import os
import sys
import urllib.error
import urllib.request

URL = ${quoted(url)}

${calling}
${body.kind === 'file' ? `
def read_file(path):
    try:
        with open(path, "rb") as file:
            return file.read()
    except OSError as error:
        fail("%s cannot be read: %s" % (path, error.strerror))

` : ''}
${keyLines(keys)}

request = ${requestOf(body)}

status, _, answer = call(${quoted(method)}, URL, ${all.length === 0 ? 'keys' : `dict(keys, **{${given}})`}, request)
check(status, answer, "The service")
sys.stdout.buffer.write(answer + b"\\n")
`;
}

function requestOf(body: ProgramBody): string {
  switch (body.kind) {
    case 'file':
      return `read_file(${quoted(requestFile)})`;
    case 'text':
      return `${lines('python', body.text, 4)}.encode("utf-8")`;
    case 'none':
      return 'None';
    default:
      return body satisfies never;
  }
}

/** A program that runs a batch job and saves its results. */
export function pythonBes(program: BesProgram): string {
  const { jobs, version, keys, single, inputs, outputs, parameters, pollSeconds, comments } = program;
  const inputLines = inputs.map(({ port, variable, file }) => `inputs[${quoted(port)}] = blob(${quoted(variable)}, ${quoted(file)})`);
  const outputLines = outputs.map(({ port, variable }) => `outputs[${quoted(port)}] = blob(${quoted(variable)})`);
  return `${heading(comments)}

import http.client
import json
import os
import re
import shutil
import sys
import time
import urllib.error
import urllib.parse
import urllib.request

JOBS = ${quoted(jobs)}
VERSION = ${quoted(version)}
POLL_SECONDS = ${pollSeconds}
TIME_LIMIT_SECONDS = ${timeLimitSeconds}

${calling}

def blob(variable, file_variable=None):
    """The reference to a blob as the service wants it; a file is put there first where one is named."""
    address = from_environment(variable, "the address of a blob with its token")
    parts = urllib.parse.urlsplit(address)
    if parts.scheme not in ("https", "http") or not parts.query:
        fail("%s is not the address of a blob with a token: https://ACCOUNT.blob.core.windows.net/CONTAINER/NAME.csv?..." % variable)
    path = os.environ.get(file_variable, "") if file_variable else ""
    if path:
        print("Uploading %s" % path, flush=True)
        try:
            with open(path, "rb") as file:
                headers = {"x-ms-blob-type": "BlockBlob", "Content-Length": str(os.path.getsize(path)), "Content-Type": "application/octet-stream"}
                status, _, _ = call("PUT", address, headers, file)
        except OSError as error:
            fail("%s cannot be read: %s" % (path, error.strerror))
        if not 200 <= status < 300:
            fail("The storage answered %d when the input was uploaded. Check the token of %s." % (status, variable))
    return {
        "BaseLocation": "%s://%s/" % (parts.scheme, parts.netloc),
        "RelativeLocation": urllib.parse.unquote(parts.path.lstrip("/")),
        "SasBlobToken": "?" + parts.query,
    }


def download(name, reference):
    location = (reference.get("RelativeLocation") or "").lstrip("/")
    token = (reference.get("SasBlobToken") or "").lstrip("?")
    address = "%s/%s%s" % ((reference.get("BaseLocation") or "").rstrip("/"), urllib.parse.quote(location), "?" + token if token else "")
    ending = os.path.splitext(location)[1]
    path = "result-%s%s" % (re.sub(r"[^A-Za-z0-9_-]", "_", name), ending if re.fullmatch(r"\\.[A-Za-z0-9]{1,10}", ending) else "")
    if not re.match("https?://", address):
        fail("The output %s has no address that can be called." % name)
    try:
        # Without the keys: the storage is not the service.
        with opener.open(urllib.request.Request(address), timeout=300) as answer, open(path, "wb") as file:
            shutil.copyfileobj(answer, file)
    except urllib.error.HTTPError as error:
        fail("The storage answered %d when the output %s was fetched." % (error.code, name))
    except (OSError, http.client.HTTPException) as error:
        fail("The output %s was not fetched whole: %s" % (name, error))
    print("Saved %s" % path, flush=True)


${keyLines(keys)}

inputs = {}
${inputLines.join('\n')}
outputs = {}
${outputLines.join('\n')}${outputLines.length === 0 ? '' : '\n'}
parts = []
if inputs:
    parts.append(${single ? '\'"Input":\' + json.dumps(list(inputs.values())[0])' : '\'"Inputs":\' + json.dumps(inputs)'})
if outputs:
    parts.append('"Outputs":' + json.dumps(outputs))
# As text, so that numbers keep their digits.
parts.append('"GlobalParameters":' + ${quoted(parameters)})
body = ("{" + ",".join(parts) + "}").encode("utf-8")

# Not to be repeated without a look: each submission makes another job.
status, _, answer = call("POST", JOBS + VERSION, dict(keys, **{"Content-Type": "application/json; charset=utf-8"}), body)
check(status, answer, "The service")
job_id = answer.decode("utf-8-sig", "replace").strip().strip("\\"'")
if not re.fullmatch(r"[A-Za-z0-9._~-]{1,200}", job_id) or job_id.strip(".") == "":
    fail("The service took the job, but its answer holds no job id.")
print("Submitted job %s" % job_id, flush=True)
job_url = JOBS + "/" + job_id

status, _, answer = call("POST", job_url + "/start" + VERSION, keys, b"")
check(status, answer, "The service")

deadline = time.monotonic() + TIME_LIMIT_SECONDS
while True:
    status, headers, answer = call("GET", job_url + VERSION, keys)
    wait = POLL_SECONDS
    if status == 429 or status >= 500:
        told = (headers.get("Retry-After") or "").strip()
        wait = max(1, int(told)) if re.fullmatch("[0-9]{1,9}", told) else wait
        print("The service is busy (%d); asking again in %d s" % (status, wait), flush=True)
    else:
        check(status, answer, "The service")
        try:
            job = json.loads(answer.decode("utf-8-sig"))
            state = str(job.get("StatusCode", job.get("Status Code"))).lower().replace(" ", "")
        except (ValueError, AttributeError):
            fail("The service answered, but not with the status of a job.")
        if state in ("4", "finished"):
            break
        if state in ("2", "failed"):
            fail("The job failed: %s" % (job.get("Details") or "the service does not say why"))
        if state in ("3", "cancelled", "canceled"):
            fail("The job was cancelled.")
        print("Status: %s" % job.get("StatusCode", job.get("Status Code")), flush=True)
    if time.monotonic() + wait > deadline:
        fail("The job %s is not over within %d s. It goes on without this program." % (job_id, TIME_LIMIT_SECONDS))
    time.sleep(wait)

for name, reference in (job.get("Results") or {}).items():
    download(name, reference)

if os.environ.get("AZUREML_DELETE_JOB") == "1":
    status, _, answer = call("DELETE", job_url + VERSION, keys)
    check(status, answer, "The service")
    print("Deleted job %s" % job_id)
`;
}

const calling = `
def fail(message):
    print(message, file=sys.stderr)
    sys.exit(1)


def from_environment(name, what):
    value = os.environ.get(name, "").strip()
    if value == "":
        fail("Set the environment variable %s to %s." % (name, what))
    if not all("!" <= character <= "~" for character in value):
        fail("The environment variable %s holds characters that do not belong there." % name)
    return value


class NoRedirect(urllib.request.HTTPRedirectHandler):
    """A key must not follow to another address."""

    def redirect_request(self, *details):
        return None


opener = urllib.request.build_opener(NoRedirect)


def call(method, url, headers, body=None):
    """Status, headers and body of the answer."""
    request = urllib.request.Request(url, data=body, headers=headers, method=method)
    try:
        with opener.open(request, timeout=300) as answer:
            return answer.status, answer.headers, answer.read()
    except urllib.error.HTTPError as error:
        return error.code, error.headers, error.read()
    except (OSError, http.client.HTTPException) as error:
        fail("No answer came from %s: %s" % (request.host, error))


def check(status, answer, who):
    if not 200 <= status < 300:
        fail("%s answered %d: %s" % (who, status, answer.decode("utf-8", "replace")))
`;

/** Python looks into the first two lines for a word that changes how it reads the others: names come later. */
function heading(comments: readonly string[]): string {
  return `# -*- coding: utf-8 -*-\n#\n${comments.map((each) => `# ${each}`).join('\n')}`;
}

function keyLines(keys: readonly KeyPlace[]): string {
  return ['keys = {}', ...keys.flatMap(({ variable, what, header, prefix, required }) => {
    const line =
      `keys[${quoted(header)}] = ${prefix === '' ? '' : `${quoted(prefix)} + `}from_environment(${quoted(variable)}, ` +
      `${quoted(what)})`;
    return required ? [line] : [`if os.environ.get(${quoted(variable)}):`, `    ${line}`];
  })].join('\n');
}
