// Programs for a POSIX shell that call with curl.

import { literal } from './literals';
import { requestFile, timeLimitSeconds, type BesProgram, type CallProgram, type KeyPlace, type ProgramBody } from './program';

const quoted = (text: string): string => literal('curl', text);

/** A program that sends one request and prints the answer. */
export function curlCall({ method, url, keys, headers, body, contentType, comments }: CallProgram): string {
  // curl leaves out a header that ends in a colon.
  const given = headers.map(({ name, value }) => ` --header ${quoted(value === '' ? `${name};` : `${name}: ${value}`)}`).join('');
  const sent = body.kind === 'none' ? '' : ` --header ${quoted(`Content-Type: ${contentType}`)} --data-binary "@$request"`;
  return `#!/bin/sh
${comments.map((each) => `# ${each}`).join('\n')}

${beginning}
${checks(keys)}
${requestLine(body)}

call${methodOption(method, body)}${given}${sent} ${quoted(url)}
check
cat "$work/answer"
echo
`;
}

function methodOption(method: string, body: ProgramBody): string {
  if (method === 'HEAD') return ' --head';
  if (method === (body.kind === 'none' ? 'GET' : 'POST')) return '';
  // Some gateways refuse a POST that does not say how long its body is.
  return ` --request ${quoted(method)}${body.kind === 'none' && method !== 'DELETE' ? ` --data ''` : ''}`;
}

/** A program that runs a batch job and saves its results. */
export function curlBes(program: BesProgram): string {
  const { jobs, version, keys, single, inputs, outputs, parameters, pollSeconds, comments } = program;
  const member = (port: string): string => quoted(`${JSON.stringify(port)}:`);
  const inputLines = inputs.map(
    ({ port, variable, file }, index) =>
      `upload ${variable} ` +
      `"\${${file}:-}"\n${index === 0 ? '' : 'inputs="$inputs,"\n'}inputs="$inputs"${single ? '' : member(port)}$reference`,
  );
  const outputLines = outputs.map(
    ({ port, variable }, index) =>
      `upload ${variable} ''\n${index === 0 ? '' : 'outputs="$outputs,"\n'}outputs="$outputs"${member(port)}$reference`,
  );
  const parts = [
    ...(inputs.length === 0 ? [] : [single ? `'"Input":'"$inputs"','` : `'"Inputs":{'"$inputs"'},'`]),
    ...(outputs.length === 0 ? [] : [`'"Outputs":{'"$outputs"'},'`]),
    quoted(`"GlobalParameters":${parameters}`),
  ];
  return `#!/bin/sh
${comments.map((each) => `# ${each}`).join('\n')}

${beginning}
jobs=${quoted(jobs)}
version=${quoted(version)}
poll_seconds=${pollSeconds}
time_limit_seconds=${timeLimitSeconds}

# Sets \`reference\` to a blob as the service wants it; a file is put there first where one is named.
upload() {
  eval "address=\\\${$1:-}"
  [ -n "$address" ] || fail "Set the environment variable $1 to the address of a blob with its token."
  case $address in *[!!-~]* | *[\\"\\\\\\<\\>\\{\\}]*) fail "The environment variable $1 holds characters that do not belong there." ;; esac
  case $address in https://*/*\\?* | http://*/*\\?*) ;; *) fail "$1 is not the address of a blob with a token: https://ACCOUNT.blob.core.windows.net/CONTAINER/NAME.csv?..." ;; esac
  place=\${address%%\\?*}
  case $place in *%*) fail "The name of the blob in $1 has characters that are percent-encoded. Choose a plain name." ;; esac
  scheme=\${place%%://*}
  place=\${place#*://}
  if [ -n "$2" ]; then
    [ -r "$2" ] || fail "$2 cannot be read."
    echo "Uploading $2"
    blob --upload-file "$2" --header 'x-ms-blob-type: BlockBlob' --output /dev/null || fail 'The storage did not answer.'
    case $status in 2??) ;; *) fail "The storage answered $status when the input was uploaded. Check the token of $1." ;; esac
  fi
  reference='{"BaseLocation":"'$scheme://\${place%%/*}'/","RelativeLocation":"'\${place#*/}'","SasBlobToken":"?'\${address#*\\?}'"}'
}

# Calls $address without the keys: the storage is not the service. The address goes in by a pipe, as its token is a secret.
blob() {
  status=$(printf 'url = "%s"\\n' "$address" | curl --config - --silent --show-error --globoff --no-location --proto '=http,https' --write-out '%{http_code}' "$@")
}

# The text of the member $1 in the JSON text $2, such as services write it; nothing where it is null.
member() {
  printf '%s\\n' "$2" | sed -n 's/.*"'"$1"'"[[:space:]]*:[[:space:]]*"\\([^"]*\\)".*/\\1/p' | sed 's/\\\\u0026/\\&/g; s/\\\\u003[dD]/=/g; s/\\\\u002[bB]/+/g; s/\\\\\\//\\//g' | head -n 1
}

${checks(keys)}
inputs=
${inputLines.join('\n')}
outputs=
${outputLines.join('\n')}${outputLines.length === 0 ? '' : '\n'}printf '%s' '{'${parts.join('')}'}' > "$work/request.json"

# Not to be repeated without a look: each submission makes another job.
call --header 'Content-Type: application/json; charset=utf-8' --data-binary "@$work/request.json" "$jobs$version"
check
id=$(tr -d '"'"'"' \\r\\n' < "$work/answer")
case $id in '' | *[!A-Za-z0-9._~-]* | . | ..) fail 'The service took the job, but its answer holds no job id.' ;; esac
echo "Submitted job $id"

call --header 'Content-Type: application/json' --data '' "$jobs/$id/start$version"
check

waited=0
while :; do
  call "$jobs/$id$version"
  wait=$poll_seconds
  case $status in
  429 | 5??)
    told=$(sed -n 's/^[Rr]etry-[Aa]fter:[[:space:]]*\\([0-9]\\{1,9\\}\\)[[:space:]]*$/\\1/p' "$work/headers" | tail -n 1)
    wait=\${told:-$wait}
    [ "$wait" != 0 ] || wait=1
    echo "The service is busy ($status); asking again in $wait s"
    ;;
  *)
    check
    answer=$(tr '\\r\\n' '  ' < "$work/answer")
    state=$(printf '%s\\n' "$answer" | sed -n 's/^[^"]*"Status *Code"[[:space:]]*:[[:space:]]*"\\{0,1\\}\\([A-Za-z0-9 ]*\\).*/\\1/p')
    [ -n "$state" ] || state=$(printf '%s\\n' "$answer" | sed -n 's/.*"Status *Code"[[:space:]]*:[[:space:]]*"\\{0,1\\}\\([A-Za-z0-9 ]*\\).*/\\1/p')
    case $(printf '%s' "$state" | tr 'A-Z' 'a-z' | tr -d ' ') in
    4 | finished) break ;;
    2 | failed) fail "The job failed: $answer" ;;
    3 | cancelled | canceled) fail 'The job was cancelled.' ;;
    '') fail 'The service answered, but not with the status of a job.' ;;
    esac
    echo "Status: $state"
    ;;
  esac
  waited=$((waited + wait))
  [ "$waited" -le "$time_limit_seconds" ] || fail "The job $id is not over within $time_limit_seconds s. It goes on without this program."
  sleep "$wait"
done

# A line for each output: its name and what follows the name.
printf '%s\\n' "$answer" | sed 's/^.*"Results"[[:space:]]*:[[:space:]]*{//' | sed 's/"[^"]*"[[:space:]]*:[[:space:]]*{/\\
&/g' | grep '"RelativeLocation"' > "$work/results" || :
while IFS= read -r line; do
  name=$(printf '%s\\n' "$line" | sed 's/^"\\([^"]*\\)".*/\\1/' | tr -c 'A-Za-z0-9_\\n-' '_')
  location=$(member RelativeLocation "$line" | sed 's/^\\/*//')
  base=$(member BaseLocation "$line")
  token=$(member SasBlobToken "$line")
  ending=\${location##*.}
  case $ending in '' | *[!A-Za-z0-9]*) ending=csv ;; esac
  # A location stands as it is, so that all of it that means something in an address is encoded.
  path=$(printf '%s\\n' "$location" | sed 's/%/%25/g; s/ /%20/g; s/#/%23/g; s/[?]/%3F/g; s/[+]/%2B/g')
  address=\${base%/}/$path\${token:+?\${token#\\?}}
  case $address in *[!!-~]* | *[\\"\\\\]*) fail "The output $name has an address that this script cannot call." ;; esac
  case $address in http://?* | https://?*) ;; *) fail "The output $name has no address that can be called." ;; esac
  blob --output "$work/result" || fail "The output $name was not fetched whole."
  case $status in 2??) ;; *) fail "The storage answered $status when the output $name was fetched." ;; esac
  cp "$work/result" "result-$name.$ending"
  echo "Saved result-$name.$ending"
done < "$work/results"

if [ "\${AZUREML_DELETE_JOB:-}" = 1 ]; then
  call --request DELETE "$jobs/$id$version"
  check
  echo "Deleted job $id"
fi
`;
}

const beginning = `set -eu
LC_ALL=C
export LC_ALL

fail() {
  printf '%s\\n' "$1" >&2
  exit 1
}

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# Calls the service: sets \`status\`, and leaves the answer in files. The keys go in by a pipe, as others can see a program's arguments.
call() {
  status=$(keys | curl --config - --silent --show-error --globoff --no-location --max-time 300 --dump-header "$work/headers" --output "$work/answer" --write-out '%{http_code}' "$@") || fail 'No answer came from the service.'
}

check() {
  case $status in 2??) ;; *) fail "The service answered $status: $(cat "$work/answer")" ;; esac
}
`;

/** Looks for the keys, and writes the function that gives them to curl. */
function requestLine(body: ProgramBody): string {
  switch (body.kind) {
    case 'file': {
      const told = `${requestFile} cannot be read: put the request into this file of the folder that this runs in.`;
      return `[ -r ${requestFile} ] || fail ${quoted(told)}\nrequest=${requestFile}`;
    }
    case 'text':
      return `printf '%s' ${quoted(body.text)} > "$work/request.json"\nrequest=$work/request.json`;
    case 'none':
      return '';
    default:
      return body satisfies never;
  }
}

function checks(keys: readonly KeyPlace[]): string {
  const each = keys.map(
    ({ variable, what, required }) =>
      `${required ? `[ -n "\${${variable}:-}" ] || fail ${quoted(`Set the environment variable ${variable} to ${what}.`)}\n` : ''}case ` +
      `\${${variable}:-} in *[!!-~]*) fail ` +
      `${quoted(`The environment variable ${variable} holds characters that do not belong there.`)} ;; esac`,
  );
  const given = keys.map(({ variable, header, prefix, required }) => {
    const line = `printf 'header = "%s"\\n' "$(printf '%s%s' ${quoted(`${header}: ${prefix}`)} "$${variable}" | sed 's/[\\\\"]/\\\\&/g')"`;
    return required ? `  ${line}` : `  if [ -n "\${${variable}:-}" ]; then ${line}; fi`;
  });
  return `${each.join('\n')}
keys() {
${given.length === 0 ? '  :' : given.join('\n')}
}
`;
}
