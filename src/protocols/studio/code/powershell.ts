// Programs in PowerShell 7.

import { lines, literal } from './literals';
import { requestFile, timeLimitSeconds, type BesProgram, type CallProgram, type KeyPlace, type ProgramBody } from './program';

const quoted = (text: string): string => literal('powershell', text);

/** A program that sends one request and prints the answer. */
export function powershellCall({ method, url, keys, headers, body, contentType, comments }: CallProgram): string {
  return `${comments.map((each) => `# ${each}`).join('\n')}

$ErrorActionPreference = 'Stop'
$url = ${quoted(url)}

${calling}
${keyLines(keys)}
${headers.map(({ name, value }) => `$keys[${quoted(name)}] = ${quoted(value)}\n`).join('')}${requestLine(body)}
$answer = Invoke-Call ${quoted(method)} $url $keys${body.kind === 'none' ? '' : ` $request ${quoted(contentType)}`}
[Console]::Out.WriteLine((Get-CheckedText $answer))
`;
}

function requestLine(body: ProgramBody): string {
  switch (body.kind) {
    case 'file': {
      const file = quoted(requestFile);
      const told = `${requestFile} cannot be read: put the request into this file of the folder that this runs in.`;
      return (
        `[byte[]] $request = if (Test-Path -LiteralPath ${file}) { [IO.File]::ReadAllBytes((Resolve-Path -LiteralPath ${file})) } ` +
        `else { Stop-WithMessage ${quoted(told)} }\n`
      );
    }
    case 'text':
      return `[byte[]] $request = [Text.Encoding]::UTF8.GetBytes(${lines('powershell', body.text, 4)})\n`;
    case 'none':
      return '';
    default:
      return body satisfies never;
  }
}

/** A program that runs a batch job and saves its results. */
export function powershellBes(program: BesProgram): string {
  const { jobs, version, keys, single, inputs, outputs, parameters, pollSeconds, comments } = program;
  const inputLines = inputs.map(
    ({ port, variable, file }) => `$inputs[${quoted(port)}] = Get-BlobReference ${quoted(variable)} ${quoted(file)}\n`,
  );
  const outputLines = outputs.map(({ port, variable }) => `$outputs[${quoted(port)}] = Get-BlobReference ${quoted(variable)} ''\n`);
  return `${comments.map((each) => `# ${each}`).join('\n')}

$ErrorActionPreference = 'Stop'
$jobs = ${quoted(jobs)}
$version = ${quoted(version)}
$pollSeconds = ${pollSeconds}
$timeLimitSeconds = ${timeLimitSeconds}

${calling}
# The reference to a blob as the service wants it; a file is put there first where one is named.
function Get-BlobReference([string] $variable, [string] $fileVariable) {
    $address = Get-FromEnvironment $variable 'the address of a blob with its token'
    $parts = [regex]::Match($address, '^(https?://[^/?]+/)([^?]+)([?].+)$')
    if (-not $parts.Success) {
        Stop-WithMessage "$variable is not the address of a blob with a token: https://ACCOUNT.blob.core.windows.net/CONTAINER/NAME.csv?..."
    }
    $reference = [ordered] @{ BaseLocation = $parts.Groups[1].Value; RelativeLocation = [Uri]::UnescapeDataString($parts.Groups[2].Value); SasBlobToken = $parts.Groups[3].Value }
    $path = if ($fileVariable -eq '') { '' } else { [Environment]::GetEnvironmentVariable($fileVariable) }
    if ($path) {
        if (-not (Test-Path -LiteralPath $path)) { Stop-WithMessage "$path cannot be read." }
        Write-Host "Uploading $path"
        try {
            $answer = Invoke-WebRequest -Method Put -Uri $address -Headers @{ 'x-ms-blob-type' = 'BlockBlob' } -InFile $path -ContentType 'application/octet-stream' -SkipHttpErrorCheck -MaximumRedirection 0
        } catch {
            Stop-WithMessage "No answer came from the storage: $($_.Exception.Message)"
        }
        if ($answer.StatusCode -lt 200 -or $answer.StatusCode -gt 299) { Stop-WithMessage "The storage answered $($answer.StatusCode) when the input was uploaded. Check the token of $variable." }
    }
    return $reference
}

function Save-Result([string] $name, $reference) {
    $location = ([string] $reference['RelativeLocation']).TrimStart('/')
    $token = ([string] $reference['SasBlobToken']).TrimStart('?')
    $address = ([string] $reference['BaseLocation']).TrimEnd('/') + '/' + (($location -split '/' | ForEach-Object { [Uri]::EscapeDataString($_) }) -join '/')
    if ($token -ne '') { $address += '?' + $token }
    if ($address -notmatch '^https?://[^/]') { Stop-WithMessage "The output $name has no address that can be called." }
    $ending = if ($location -match '[.][A-Za-z0-9]{1,10}$') { $Matches[0] } else { '' }
    $path = 'result-' + ($name -replace '[^A-Za-z0-9_-]', '_') + $ending
    # Without the keys: the storage is not the service.
    try {
        Invoke-WebRequest -Uri $address -OutFile $path -MaximumRedirection 0 | Out-Null
    } catch {
        Stop-WithMessage "The output $name was not fetched: $($_.Exception.Message)"
    }
    Write-Host "Saved $path"
}

${keyLines(keys)}
$inputs = [ordered] @{}
${inputLines.join('')}$outputs = [ordered] @{}
${outputLines.join('')}$parts = @()
if ($inputs.Count -gt 0) { $parts += ${single ? '\'"Input":\' + ($inputs[0] | ConvertTo-Json -Compress)' : '\'"Inputs":\' + ($inputs | ConvertTo-Json -Compress -Depth 5)'} }
if ($outputs.Count -gt 0) { $parts += '"Outputs":' + ($outputs | ConvertTo-Json -Compress -Depth 5) }
# As text, so that numbers keep their digits.
$parts += '"GlobalParameters":' + ${quoted(parameters)}
[byte[]] $body = [Text.Encoding]::UTF8.GetBytes('{' + ($parts -join ',') + '}')

# Not to be repeated without a look: each submission makes another job.
$submitted = Get-CheckedText (Invoke-Call Post ($jobs + $version) $keys $body 'application/json; charset=utf-8')
$id = $submitted.Trim().Trim([char] 34, [char] 39)
if ($id -cnotmatch '^[A-Za-z0-9._~-]{1,200}$' -or $id -match '^[.]+$') { Stop-WithMessage 'The service took the job, but its answer holds no job id.' }
Write-Host "Submitted job $id"
$jobUrl = $jobs + '/' + $id
Get-CheckedText (Invoke-Call Post ($jobUrl + '/start' + $version) $keys ([byte[]] @()) 'application/json') | Out-Null

$watch = [Diagnostics.Stopwatch]::StartNew()
while ($true) {
    $answer = Invoke-Call Get ($jobUrl + $version) $keys
    $wait = $pollSeconds
    if ($answer.StatusCode -eq 429 -or $answer.StatusCode -ge 500) {
        $told = [string] ($answer.Headers['Retry-After'] | Select-Object -First 1)
        if ($told -match '^[0-9]{1,9}$') { $wait = [Math]::Max(1, [int] $told) }
        Write-Host "The service is busy ($($answer.StatusCode)); asking again in $wait s"
    } else {
        $text = Get-CheckedText $answer
        try { $job = ConvertFrom-Json -InputObject $text -AsHashtable } catch { $job = $null }
        if ($job -isnot [Collections.IDictionary]) { Stop-WithMessage 'The service answered, but not with the status of a job.' }
        $shown = if ($job.Contains('StatusCode')) { $job['StatusCode'] } else { $job['Status Code'] }
        $state = ([string] $shown).ToLowerInvariant().Replace(' ', '')
        if ($state -in '4', 'finished') { break }
        if ($state -in '2', 'failed') { Stop-WithMessage "The job failed: $($job['Details'])" }
        if ($state -in '3', 'cancelled', 'canceled') { Stop-WithMessage 'The job was cancelled.' }
        Write-Host "Status: $shown"
    }
    if ($watch.Elapsed.TotalSeconds + $wait -gt $timeLimitSeconds) { Stop-WithMessage "The job $id is not over within $timeLimitSeconds s. It goes on without this program." }
    Start-Sleep -Seconds $wait
}

if ($job['Results']) { foreach ($name in @($job['Results'].Keys)) { Save-Result $name $job['Results'][$name] } }

if ($env:AZUREML_DELETE_JOB -eq '1') {
    Get-CheckedText (Invoke-Call Delete ($jobUrl + $version) $keys) | Out-Null
    Write-Host "Deleted job $id"
}
`;
}

const calling = `function Stop-WithMessage([string] $message) {
    [Console]::Error.WriteLine($message)
    exit 1
}

function Get-FromEnvironment([string] $name, [string] $what) {
    $value = ([string] [Environment]::GetEnvironmentVariable($name)).Trim()
    if ($value -eq '') { Stop-WithMessage "Set the environment variable $name to $what." }
    if ($value -cnotmatch '^[!-~]+$') { Stop-WithMessage "The environment variable $name holds characters that do not belong there." }
    return $value
}

function Invoke-Call([string] $method, [string] $url, $headers, [byte[]] $body, [string] $contentType) {
    $more = @{}
    if ($contentType) { $more = @{ Body = $body; ContentType = $contentType } }
    try {
        # A key must not follow a redirect to another address.
        return Invoke-WebRequest -Method $method -Uri $url -Headers $headers -SkipHeaderValidation -SkipHttpErrorCheck -MaximumRedirection 0 -TimeoutSec 300 @more
    } catch {
        Stop-WithMessage "No answer came from $(([Uri] $url).Host): $($_.Exception.Message)"
    }
}

# The text of an answer that says yes.
function Get-CheckedText($answer) {
    $text = [Text.Encoding]::UTF8.GetString($answer.RawContentStream.ToArray())
    if ($answer.StatusCode -lt 200 -or $answer.StatusCode -gt 299) { Stop-WithMessage "The service answered $($answer.StatusCode): $text" }
    return $text
}
`;

function keyLines(keys: readonly KeyPlace[]): string {
  return `$keys = @{}\n${keys.map(({ variable, what, header, prefix, required }) => {
    const line =
      `$keys[${quoted(header)}] = ${prefix === '' ? '' : `${quoted(prefix)} + `}(Get-FromEnvironment ${quoted(variable)} ` +
      `${quoted(what)})`;
    return required ? `${line}\n` : `if ([Environment]::GetEnvironmentVariable(${quoted(variable)})) { ${line} }\n`;
  }).join('')}`;
}
