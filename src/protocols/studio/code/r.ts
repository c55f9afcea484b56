// Programs in R with httr and jsonlite.

import { lines, literal } from './literals';
import { requestFile, timeLimitSeconds, type BesProgram, type CallProgram, type KeyPlace, type ProgramBody } from './program';

const quoted = (text: string): string => literal('r', text);

/** A program that sends one request and prints the answer. */
export function rCall({ method, url, keys, headers, body, contentType, comments }: CallProgram): string {
  const all = body.kind === 'none' ? headers : [{ name: 'Content-Type', value: contentType }, ...headers];
  const given = all.map(({ name, value }) => `, ${quoted(name)} = ${quoted(value)}`).join('');
  return `${comments.map((each) => `# ${each}`).join('\n')}

url <- ${quoted(url)}

${calling}
${keyLines(keys)}
request <- ${requestOf(body)}

answer <- call(${quoted(method)}, url, c(keys${given}), request)
cat(checked(answer), "\\n", sep = "")
`;
}

function requestOf(body: ProgramBody): string {
  switch (body.kind) {
    case 'file': {
      const told = `${requestFile} cannot be read: put the request into this file of the folder that this runs in.`;
      const file = quoted(requestFile);
      return `if (file.exists(${file})) readBin(${file}, "raw", file.size(${file})) else fail(${quoted(told)})`;
    }
    case 'text':
      return `charToRaw(enc2utf8(${lines('r', body.text, 2)}))`;
    case 'none':
      return 'NULL';
    default:
      return body satisfies never;
  }
}

/** A program that runs a batch job and saves its results. */
export function rBes(program: BesProgram): string {
  const { jobs, version, keys, single, inputs, outputs, parameters, pollSeconds, comments } = program;
  const inputLines = inputs.map(({ port, variable, file }) => `inputs[[${quoted(port)}]] <- blob(${quoted(variable)}, ${quoted(file)})\n`);
  const outputLines = outputs.map(({ port, variable }) => `outputs[[${quoted(port)}]] <- blob(${quoted(variable)})\n`);
  return `${comments.map((each) => `# ${each}`).join('\n')}

jobs <- ${quoted(jobs)}
version <- ${quoted(version)}
poll_seconds <- ${pollSeconds}
time_limit_seconds <- ${timeLimitSeconds}

${calling}
say <- function(...) cat(..., "\\n", sep = "")

# The reference to a blob as the service wants it; a file is put there first where one is named.
blob <- function(variable, file_variable = "") {
  address <- from_environment(variable, "the address of a blob with its token")
  parts <- regmatches(address, regexec("^(https?://[^/?]+/)([^?]+)([?].+)$", address))[[1]]
  if (length(parts) == 0) fail(variable, " is not the address of a blob with a token: https://ACCOUNT.blob.core.windows.net/CONTAINER/NAME.csv?...")
  path <- if (file_variable == "") "" else Sys.getenv(file_variable)
  if (path != "") {
    if (!file.exists(path)) fail(path, " cannot be read.")
    say("Uploading ", path)
    answer <- call("PUT", address, c("x-ms-blob-type" = "BlockBlob", "Content-Type" = "application/octet-stream"), httr::upload_file(path, type = "application/octet-stream"))
    if (!is_yes(answer)) fail("The storage answered ", httr::status_code(answer), " when the input was uploaded. Check the token of ", variable, ".")
  }
  location <- utils::URLdecode(parts[3])
  Encoding(location) <- "UTF-8"
  list(BaseLocation = parts[2], RelativeLocation = location, SasBlobToken = parts[4])
}

download <- function(name, reference) {
  part <- function(member) if (is.null(reference[[member]])) "" else reference[[member]]
  location <- sub("^/+", "", part("RelativeLocation"))
  token <- sub("^[?]", "", part("SasBlobToken"))
  address <- paste0(sub("/*$", "/", part("BaseLocation")), paste(vapply(strsplit(location, "/")[[1]], utils::URLencode, "", reserved = TRUE, repeated = TRUE), collapse = "/"), if (token == "") "" else paste0("?", token))
  ending <- regmatches(location, regexpr("[.][A-Za-z0-9]{1,10}$", location))
  path <- paste0("result-", gsub("[^A-Za-z0-9_-]", "_", name), ending)
  if (!grepl("^https?://", address)) fail("The output ", name, " has no address that can be called.")
  # Without the keys: the storage is not the service.
  answer <- call("GET", address, character(), NULL, httr::write_disk(path, overwrite = TRUE))
  if (!is_yes(answer)) fail("The storage answered ", httr::status_code(answer), " when the output ", name, " was fetched.")
  say("Saved ", path)
}

to_json <- function(value) jsonlite::toJSON(value, auto_unbox = TRUE)

${keyLines(keys)}
inputs <- list()
${inputLines.join('')}outputs <- list()
${outputLines.join('')}parts <- character()
if (length(inputs) > 0) parts <- c(parts, paste0(${single ? '\'"Input":\', to_json(inputs[[1]])' : '\'"Inputs":\', to_json(inputs)'}))
if (length(outputs) > 0) parts <- c(parts, paste0('"Outputs":', to_json(outputs)))
# As text, so that numbers keep their digits.
parts <- c(parts, paste0('"GlobalParameters":', ${quoted(parameters)}))
body <- charToRaw(enc2utf8(paste0("{", paste(parts, collapse = ","), "}")))

# Not to be repeated without a look: each submission makes another job.
answer <- checked(call("POST", paste0(jobs, version), c(keys, "Content-Type" = "application/json; charset=utf-8"), body))
id <- gsub("^[\\"'[:space:]]+|[\\"'[:space:]]+$", "", answer)
if (!grepl("^[A-Za-z0-9._~-]{1,200}$", id) || grepl("^[.]+$", id)) fail("The service took the job, but its answer holds no job id.")
say("Submitted job ", id)
job_url <- paste0(jobs, "/", id)
invisible(checked(call("POST", paste0(job_url, "/start", version), keys, raw(0))))

deadline <- proc.time()[["elapsed"]] + time_limit_seconds
repeat {
  answer <- call("GET", paste0(job_url, version), keys)
  wait <- poll_seconds
  status <- httr::status_code(answer)
  if (status == 429 || status >= 500) {
    told <- httr::headers(answer)[["retry-after"]]
    if (!is.null(told) && grepl("^[0-9]{1,9}$", told)) wait <- max(1, as.numeric(told))
    say("The service is busy (", status, "); asking again in ", wait, " s")
  } else {
    job <- tryCatch(jsonlite::fromJSON(checked(answer), simplifyVector = FALSE), error = function(problem) NULL)
    shown <- if (is.list(job)) c(job[["StatusCode"]], job[["Status Code"]]) else NULL
    if (is.null(shown)) fail("The service answered, but not with the status of a job.")
    state <- gsub(" ", "", tolower(as.character(shown[[1]])))
    if (state %in% c("4", "finished")) break
    if (state %in% c("2", "failed")) fail("The job failed: ", if (is.null(job[["Details"]])) "the service does not say why" else job[["Details"]])
    if (state %in% c("3", "cancelled", "canceled")) fail("The job was cancelled.")
    say("Status: ", shown[[1]])
  }
  if (proc.time()[["elapsed"]] + wait > deadline) fail("The job ", id, " is not over within ", time_limit_seconds, " s. It goes on without this program.")
  Sys.sleep(wait)
}

for (name in names(job[["Results"]])) download(name, job[["Results"]][[name]])

if (Sys.getenv("AZUREML_DELETE_JOB") == "1") {
  invisible(checked(call("DELETE", paste0(job_url, version), keys)))
  say("Deleted job ", id)
}
`;
}

const calling = `for (package in c("httr", "jsonlite")) {
  if (!requireNamespace(package, quietly = TRUE)) stop("Install the package first: install.packages('", package, "')")
}

fail <- function(...) {
  if (interactive()) stop(..., call. = FALSE)
  message(...)
  quit(save = "no", status = 1)
}

from_environment <- function(name, what) {
  value <- trimws(Sys.getenv(name))
  if (value == "") fail("Set the environment variable ", name, " to ", what, ".")
  codes <- as.integer(charToRaw(value))
  if (any(codes < 33 | codes > 126)) fail("The environment variable ", name, " holds characters that do not belong there.")
  value
}

call <- function(method, url, headers, body = NULL, ...) {
  # A key must not follow a redirect to another address.
  tryCatch(
    httr::VERB(method, url, httr::add_headers(.headers = headers), httr::config(followlocation = 0L), httr::timeout(300), body = body, ...),
    error = function(problem) fail("No answer came from ", httr::parse_url(url)$hostname, ": ", conditionMessage(problem))
  )
}

is_yes <- function(answer) httr::status_code(answer) %in% 200:299

# The text of an answer that says yes. Its bytes are passed on as they came, in UTF-8.
checked <- function(answer) {
  text <- rawToChar(httr::content(answer, "raw"))
  if (!is_yes(answer)) fail("The service answered ", httr::status_code(answer), ": ", text)
  text
}
`;

function keyLines(keys: readonly KeyPlace[]): string {
  return `keys <- character()\n${keys.map(({ variable, what, header, prefix, required }) => {
    const value = `from_environment(${quoted(variable)}, ${quoted(what)})`;
    return (
      `${required ? '' : `if (Sys.getenv(${quoted(variable)}) != "") `}keys[${quoted(header)}] <- ` +
      `${prefix === '' ? value : `paste0(${quoted(prefix)}, ${value})`}\n`
    );
  }).join('')}`;
}
