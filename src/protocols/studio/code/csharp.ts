// Programs in C# 7 that use nothing but what comes with .NET.

import { calling, keyLines, readingJson } from './csharpParts';
import { lines, literal } from './literals';
import { jsonType, requestFile, timeLimitSeconds, type BesProgram, type CallProgram, type ProgramBody } from './program';

const quoted = (text: string): string => literal('csharp', text);

/** A program that sends one request and prints the answer. */
export function csharpCall({ method, url, keys, headers, body, contentType, comments }: CallProgram): string {
  return `${comments.map((each) => `// ${each}`).join('\n')}

using System;
using System.Collections.Generic;
using System.IO;
using System.Net.Http;
using System.Text;
using System.Threading.Tasks;

public static class Program
{
    private const string Url = ${quoted(url)};

    private static async Task RunAsync()
    {
        var keys = new Dictionary<string, string>();
${keyLines(keys)}
${headers.map(({ name, value }) => `        keys[${quoted(name)}] = ${quoted(value)};\n`).join('')}${requestLine(body)}
        using (var answer = await CallAsync(${methodOf(method)}, Url, keys, ${contentOf(body, contentType)}))
        {
            byte[] text = await CheckedAsync(answer);
            using (var output = Console.OpenStandardOutput())
            {
                output.Write(text, 0, text.Length);
                output.WriteByte(10);
            }
        }
    }

${calling}}
`;
}

function requestLine(body: ProgramBody): string {
  switch (body.kind) {
    case 'file':
      return `        byte[] request = File.ReadAllBytes(${quoted(requestFile)});\n`;
    case 'text':
      return `        byte[] request = Encoding.UTF8.GetBytes(\n            ${lines('csharp', body.text, 12)});\n`;
    case 'none':
      return '';
    default:
      return body satisfies never;
  }
}

function contentOf({ kind }: ProgramBody, contentType: string): string {
  if (kind === 'none') return 'null';
  return contentType === jsonType ? 'Json(request)' : `Content(request, ${quoted(contentType)})`;
}

function methodOf(method: string): string {
  return method === 'POST' ? 'HttpMethod.Post' : `new HttpMethod(${quoted(method)})`;
}

/** A program that runs a batch job and saves its results. */
export function csharpBes(program: BesProgram): string {
  const { jobs, version, keys, single, inputs, outputs, parameters, pollSeconds, comments } = program;
  const pieces = (kind: string): string => `"{" + string.Join(",", ${kind}) + "}"`;
  const inputLines = inputs.map(
    ({ port, variable, file }) =>
      `        inputs.Add(${single ? '' : `${quoted(`${JSON.stringify(port)}:`)} + `}await BlobAsync(${quoted(variable)}, ` +
      `${quoted(file)}));\n`,
  );
  const outputLines = outputs.map(
    ({ port, variable }) => `        outputs.Add(${quoted(`${JSON.stringify(port)}:`)} + await BlobAsync(${quoted(variable)}, null));\n`,
  );
  return `${comments.map((each) => `// ${each}`).join('\n')}

using System;
using System.Collections.Generic;
using System.IO;
using System.Net.Http;
using System.Text;
using System.Text.RegularExpressions;
using System.Threading.Tasks;

public static class Program
{
    private const string Jobs = ${quoted(jobs)};
    private const string Version = ${quoted(version)};
    private const int PollSeconds = ${pollSeconds};
    private const int TimeLimitSeconds = ${timeLimitSeconds};
    private static readonly Dictionary<string, string> NoKeys = new Dictionary<string, string>();

    private static async Task RunAsync()
    {
        var keys = new Dictionary<string, string>();
${keyLines(keys)}
        var inputs = new List<string>();
${inputLines.join('')}        var outputs = new List<string>();
${outputLines.join('')}        var parts = new List<string>();
        if (inputs.Count > 0) parts.Add(${single ? '"\\"Input\\":" + inputs[0]' : `"\\"Inputs\\":" + ${pieces('inputs')}`});
        if (outputs.Count > 0) parts.Add("\\"Outputs\\":" + ${pieces('outputs')});
        // As text, so that numbers keep their digits.
        parts.Add("\\"GlobalParameters\\":" + ${quoted(parameters)});
        byte[] body = Encoding.UTF8.GetBytes(${pieces('parts')});

        // Not to be repeated without a look: each submission makes another job.
        string id;
        using (var answer = await CallAsync(HttpMethod.Post, Jobs + Version, keys, Json(body)))
        {
            id = Encoding.UTF8.GetString(await CheckedAsync(answer)).Trim().Trim('"', '\\'');
        }
        if (!Regex.IsMatch(id, "^[A-Za-z0-9._~-]{1,200}$") || Regex.IsMatch(id, "^[.]+$")) throw new Stop("The service took the job, but its answer holds no job id.");
        Console.WriteLine("Submitted job " + id);
        string jobUrl = Jobs + "/" + id;
        using (var answer = await CallAsync(HttpMethod.Post, jobUrl + "/start" + Version, keys, new ByteArrayContent(new byte[0]))) await CheckedAsync(answer);

        object results = Member(await FinishedAsync(jobUrl, keys), "Results");
        if (results is Dictionary<string, object>) foreach (var result in (Dictionary<string, object>)results) await DownloadAsync(result.Key, result.Value);

        if (Environment.GetEnvironmentVariable("AZUREML_DELETE_JOB") == "1")
        {
            using (var answer = await CallAsync(HttpMethod.Delete, jobUrl + Version, keys, null)) await CheckedAsync(answer);
            Console.WriteLine("Deleted job " + id);
        }
    }

    // Asks until the job is over.
    private static async Task<object> FinishedAsync(string jobUrl, Dictionary<string, string> keys)
    {
        var watch = System.Diagnostics.Stopwatch.StartNew();
        for (;;)
        {
            double wait = PollSeconds;
            using (var answer = await CallAsync(HttpMethod.Get, jobUrl + Version, keys, null))
            {
                int status = (int)answer.StatusCode;
                if (status == 429 || status >= 500)
                {
                    var told = answer.Headers.RetryAfter == null ? null : answer.Headers.RetryAfter.Delta;
                    if (told.HasValue) wait = Math.Max(1, told.Value.TotalSeconds);
                    Console.WriteLine("The service is busy (" + status + "); asking again in " + wait + " s");
                }
                else
                {
                    object job = Parse(await CheckedAsync(answer));
                    string shown = Text(job, "StatusCode") ?? Text(job, "Status Code");
                    if (shown == null) throw new Stop("The service answered, but not with the status of a job.");
                    switch (shown.ToLowerInvariant().Replace(" ", ""))
                    {
                        case "4": case "finished": return job;
                        case "2": case "failed": throw new Stop("The job failed: " + (Text(job, "Details") ?? "the service does not say why"));
                        case "3": case "cancelled": case "canceled": throw new Stop("The job was cancelled.");
                    }
                    Console.WriteLine("Status: " + shown);
                }
            }
            if (watch.Elapsed.TotalSeconds + wait > TimeLimitSeconds) throw new Stop("The job is not over within " + TimeLimitSeconds + " s. It goes on without this program: " + jobUrl);
            await Task.Delay(TimeSpan.FromSeconds(wait));
        }
    }

    // The reference to a blob as the service wants it, in JSON; a file is put there first where one is named.
    private static async Task<string> BlobAsync(string variable, string fileVariable)
    {
        string address = FromEnvironment(variable, "the address of a blob with its token");
        var match = Regex.Match(address, "^(https?://[^/?]+/)([^?]+)([?].+)$");
        if (!match.Success) throw new Stop(variable + " is not the address of a blob with a token: https://ACCOUNT.blob.core.windows.net/CONTAINER/NAME.csv?...");
        string path = fileVariable == null ? null : Environment.GetEnvironmentVariable(fileVariable);
        if (!string.IsNullOrEmpty(path))
        {
            Console.WriteLine("Uploading " + path);
            using (var file = File.OpenRead(path))
            {
                var content = new StreamContent(file);
                content.Headers.TryAddWithoutValidation("Content-Type", "application/octet-stream");
                using (var answer = await CallAsync(HttpMethod.Put, address, new Dictionary<string, string> { { "x-ms-blob-type", "BlockBlob" } }, content))
                {
                    if (!answer.IsSuccessStatusCode) throw new Stop("The storage answered " + (int)answer.StatusCode + " when the input was uploaded. Check the token of " + variable + ".");
                }
            }
        }
        return "{\\"BaseLocation\\":" + JsonText(match.Groups[1].Value) + ",\\"RelativeLocation\\":" + JsonText(Uri.UnescapeDataString(match.Groups[2].Value)) + ",\\"SasBlobToken\\":" + JsonText(match.Groups[3].Value) + "}";
    }

    private static async Task DownloadAsync(string name, object reference)
    {
        string location = (Text(reference, "RelativeLocation") ?? "").TrimStart('/');
        string token = (Text(reference, "SasBlobToken") ?? "").TrimStart('?');
        string address = (Text(reference, "BaseLocation") ?? "").TrimEnd('/') + "/" + string.Join("/", Array.ConvertAll(location.Split('/'), part => Uri.EscapeDataString(part))) + (token == "" ? "" : "?" + token);
        string path = "result-" + Regex.Replace(name, "[^A-Za-z0-9_-]", "_") + Regex.Match(location, "[.][A-Za-z0-9]{1,10}$").Value;
        if (!Regex.IsMatch(address, "^https?://[^/]")) throw new Stop("The output " + name + " has no address that can be called.");
        // Without the keys: the storage is not the service.
        using (var answer = await CallAsync(HttpMethod.Get, address, NoKeys, null))
        {
            if (!answer.IsSuccessStatusCode) throw new Stop("The storage answered " + (int)answer.StatusCode + " when the output " + name + " was fetched.");
            using (var file = File.Create(path)) await answer.Content.CopyToAsync(file);
        }
        Console.WriteLine("Saved " + path);
    }

${readingJson}    private static string JsonText(string text)
    {
        return "\\"" + text.Replace("\\\\", "\\\\\\\\").Replace("\\"", "\\\\\\"") + "\\"";
    }

${calling}}
`;
}
