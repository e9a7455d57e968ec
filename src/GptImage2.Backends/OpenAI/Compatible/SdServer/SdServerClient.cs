using GptImage2.Backends.Http;
using GptImage2.Backends.Http.Streaming;
using GptImage2.Backends.OpenAI.Compatible.Requests;
using GptImage2.Backends.OpenAI.Compatible.Servers;
using GptImage2.Backends.OpenAI.Protocol;

namespace GptImage2.Backends.OpenAI.Compatible.SdServer;

/// <summary>The three questions about a job: start it, how is it, and give it up.</summary>
internal sealed class SdServerClient(CompatibleOptions options, ImagesService service, HttpClient http, TimeProvider time)
{
    private const int MaxAnswerBytes = 64 * 1024;

    private readonly string _api = $"{ApiAddress.Parse(options.Url).Root}/sdcpp/v1";
    private readonly OpenAIErrorTexts _texts = new(service);
    private readonly OpenAIErrorMapper _errors = new(new OpenAIErrorTexts(service));

    /// <returns>The job's id.</returns>
    /// <exception cref="ImageException">It was refused, or its answer was lost.</exception>
    public async Task<string> StartAsync(byte[] json, Action onSent, ImageArgumentNames arguments, CancellationToken cancellationToken)
    {
        using var body = new WholeJsonBody(json, onSent);
        try
        {
            using var request = CreateRequest(HttpMethod.Post, "img_gen", body);
            using var response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
            await using var stream = await response.Content.ReadAsStreamAsync(cancellationToken);
            var answer = await ResponseReader.ReadPrefixAsync(stream, MaxAnswerBytes, cancellationToken);
            return !response.IsSuccessStatusCode
                ? throw new ImageException(_errors.Map((int)response.StatusCode, ApiErrorBody.Read(answer), arguments, null, RetryAfterHeader.Read(response.Headers, time)))
                : ReadId(answer) ?? throw new ImageException(_texts.MalformedResponse(new MalformedResponseException("names no job"), 0, null, ""));
        }
        catch (HttpRequestException failed)
        {
            throw new ImageException(body.IsSent ? _texts.NoResponse("") : body.HasStarted ? _texts.Interrupted() : _texts.Unreachable(failed.HttpRequestError), failed);
        }
    }

    /// <summary>Asks about a job. Images that are done go into the target.</summary>
    /// <exception cref="ImageException">The server does not know it any more.</exception>
    /// <exception cref="MalformedResponseException">The answer was cut off or makes no sense.</exception>
    public async Task<SdServerJob> AskAsync(string job, RenderSinkTarget images, CancellationToken cancellationToken)
    {
        using var request = CreateRequest(HttpMethod.Get, $"jobs/{Uri.EscapeDataString(job)}", null);
        using var response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
        if ((int)response.StatusCode is 404 or 410)
        {
            throw new ImageException(_texts.MalformedResponse(new MalformedResponseException("says that it does not know the job any more: it was restarted, or the job is too old"), images.StoredCount, job, ""));
        }

        if (!response.IsSuccessStatusCode)
        {
            throw new MalformedResponseException($"about the job is HTTP {(int)response.StatusCode}");
        }

        await using var stream = await response.Content.ReadAsStreamAsync(cancellationToken);
        var reader = new Base64JsonStream(images);
        await ResponseReader.CopyToAsync(stream, reader.WriteAsync, enough: static () => false, cancellationToken);
        return SdServerJob.Read(reader.Complete());
    }

    public async Task CancelAsync(string job, CancellationToken cancellationToken)
    {
        using var request = CreateRequest(HttpMethod.Post, $"jobs/{Uri.EscapeDataString(job)}/cancel", null);
        using var response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
    }

    private HttpRequestMessage CreateRequest(HttpMethod method, string path, HttpContent? content)
    {
        var request = new HttpRequestMessage(method, $"{_api}/{path}") { Content = content };
        request.AddUserAgent();
        options.Authorize(request);
        return request;
    }

    private static string? ReadId(byte[] answer)
    {
        try
        {
            return LenientJson.GetText(JsonElement.Parse(answer), "id") is { Length: > 0 } id ? id : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}

/// <summary>A job as the server reports it. A status that is not known counts as running.</summary>
/// <param name="Progress">0 to 1; null where it does not count steps.</param>
internal sealed record SdServerJob(string Status, double? Progress, string? Error)
{
    public bool IsOver => Status is "completed" or "failed" or "cancelled";

    public static SdServerJob Read(JsonElement job)
    {
        var counted = LenientJson.GetMember(job, "progress") ?? job;
        var (step, steps) = (ReadNumber(counted, "step") ?? ReadNumber(counted, "progress_step"), ReadNumber(counted, "steps") ?? ReadNumber(counted, "progress_steps"));
        return new SdServerJob(
            LenientJson.GetText(job, "status") ?? "",
            steps > 0 && step is { } done ? Math.Clamp(done / steps.Value, 0, 1) : null,
            LenientJson.GetMember(job, "error") is { } error ? LenientJson.GetText(error, "message") ?? LenientJson.GetText(error) : null);
    }

    private static double? ReadNumber(JsonElement parent, string name) =>
        double.TryParse(LenientJson.GetText(parent, name), NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number : null;
}
