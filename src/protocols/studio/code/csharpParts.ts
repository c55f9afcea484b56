// What programs in C# have in common, and how they read JSON with nothing but regular expressions: no reader comes with all of .NET.

import { literal } from './literals';
import type { KeyPlace } from './program';

const quoted = (text: string): string => literal('csharp', text);

/** Members that read JSON. */
export const readingJson = `    private static object Parse(byte[] json)
    {
        var tokens = new Queue<string>();
        foreach (Match token in Regex.Matches(Encoding.UTF8.GetString(json), "\\"(?:[^\\"\\\\\\\\]|\\\\\\\\.)*\\"|[{}\\\\[\\\\],:]|[^\\\\s{}\\\\[\\\\],:\\"]+")) tokens.Enqueue(token.Value);
        try
        {
            return Value(tokens);
        }
        catch (InvalidOperationException)
        {
            throw new Stop("The service answered, but not with the status of a job.");
        }
    }

    // Objects and lists as dictionaries; numbers stay the texts that they are.
    private static object Value(Queue<string> tokens)
    {
        string token = tokens.Dequeue();
        if (token != "{" && token != "[") return token == "null" ? null : Plain(token);
        var members = new Dictionary<string, object>();
        string end = token == "{" ? "}" : "]";
        while (tokens.Peek() != end)
        {
            string name = members.Count.ToString();
            if (end == "}")
            {
                name = Plain(tokens.Dequeue());
                tokens.Dequeue();
            }
            members[name] = Value(tokens);
            if (tokens.Peek() == ",") tokens.Dequeue();
        }
        tokens.Dequeue();
        return members;
    }

    private static string Plain(string token)
    {
        return token.StartsWith("\\"") ? Regex.Unescape(token.Substring(1, token.Length - 2)) : token;
    }

    private static object Member(object value, string name)
    {
        object found = null;
        if (value is Dictionary<string, object>) ((Dictionary<string, object>)value).TryGetValue(name, out found);
        return found;
    }

    private static string Text(object value, string name)
    {
        return Member(value, name) as string;
    }

`;

/** Members that end the program, look for keys, and call. */
export const calling = `    // Ends the program with a sentence for the person.
    private sealed class Stop : Exception
    {
        public Stop(string sentence) : base(sentence) { }
    }

    // A key must not follow a redirect to another address.
    private static readonly HttpClient Client = new HttpClient(new HttpClientHandler { AllowAutoRedirect = false }) { Timeout = TimeSpan.FromSeconds(300) };

    public static int Main()
    {
        try
        {
            RunAsync().GetAwaiter().GetResult();
            return 0;
        }
        catch (Stop stop)
        {
            Console.Error.WriteLine(stop.Message);
        }
        catch (IOException error)
        {
            Console.Error.WriteLine("A file cannot be read or written: " + error.Message);
        }
        return 1;
    }

    private static string FromEnvironment(string name, string what)
    {
        string value = (Environment.GetEnvironmentVariable(name) ?? "").Trim();
        if (value == "") throw new Stop("Set the environment variable " + name + " to " + what + ".");
        foreach (char character in value)
        {
            if (character < '!' || character > '~') throw new Stop("The environment variable " + name + " holds characters that do not belong there.");
        }
        return value;
    }

    private static HttpContent Json(byte[] text)
    {
        return Content(text, "application/json; charset=utf-8");
    }

    private static HttpContent Content(byte[] text, string type)
    {
        var content = new ByteArrayContent(text);
        content.Headers.TryAddWithoutValidation("Content-Type", type);
        return content;
    }

    private static async Task<HttpResponseMessage> CallAsync(HttpMethod method, string url, Dictionary<string, string> headers, HttpContent content)
    {
        var request = new HttpRequestMessage(method, url) { Content = content };
        foreach (var header in headers)
        {
            // Some belong to the body.
            if (request.Headers.TryAddWithoutValidation(header.Key, header.Value) || content == null) continue;
            content.Headers.TryAddWithoutValidation(header.Key, header.Value);
        }
        try
        {
            return await Client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        }
        catch (HttpRequestException error)
        {
            throw new Stop("No answer came from " + request.RequestUri.Host + ": " + (error.InnerException ?? error).Message);
        }
        catch (TaskCanceledException)
        {
            throw new Stop("No answer came from " + request.RequestUri.Host + " in time.");
        }
    }

    // The bytes of an answer that says yes.
    private static async Task<byte[]> CheckedAsync(HttpResponseMessage answer)
    {
        byte[] text = await answer.Content.ReadAsByteArrayAsync();
        if (!answer.IsSuccessStatusCode) throw new Stop("The service answered " + (int)answer.StatusCode + ": " + Encoding.UTF8.GetString(text));
        return text;
    }
`;

/** Statements that put the keys into the dictionary `keys`. */
export function keyLines(keys: readonly KeyPlace[]): string {
  return keys.map(({ variable, what, header, prefix, required }) => {
    const line =
      `keys[${quoted(header)}] = ${prefix === '' ? '' : `${quoted(prefix)} + `}FromEnvironment(${quoted(variable)}, ` +
      `${quoted(what)});`;
    return `        ${required ? '' : `if (!string.IsNullOrEmpty(Environment.GetEnvironmentVariable(${quoted(variable)}))) `}${line}\n`;
  }).join('');
}
