using GptImage2.Imaging;
using GptImage2.Testing.Contract;
using GptImage2.Testing.Images;
using GptImage2.Testing.OpenAI.Requests;

namespace GptImage2.Testing.Compatible.Servers;

/// <summary>
/// stable-diffusion.cpp's server (its api.md and source, 2026-11): jobs, and the addresses of OpenAI. It takes no model, ignores a size that it
/// cannot read, skips an image that it cannot decode, drops transparency, and carries out JSON between two tags in a prompt.
/// </summary>
public sealed class StrictSdServer : StrictServer
{
    private static readonly Dimensions DefaultSize = new(512, 512);

    private readonly ConcurrentDictionary<string, Job> _jobs = new();
    private int _number;

    /// <summary>Older versions have none.</summary>
    public bool HasJobs { get; init; } = true;

    /// <summary>What a job answers when it is asked about, one after another; the last for ever.</summary>
    public IReadOnlyList<string> Statuses { get; set; } = ["queued", "generating", "completed"];

    /// <summary>A job is generating until this ends.</summary>
    public Task Until { get; set; } = Task.CompletedTask;

    /// <summary>What a failed job says.</summary>
    public string Error { get; set; } = "generate_image returned no results";

    /// <summary>JSON that a prompt has made it carry out.</summary>
    public ConcurrentQueue<string> Executed { get; } = new();

    /// <summary>Jobs that were given up, with whether that was in time.</summary>
    public ConcurrentQueue<(string Job, bool InTime)> Cancelled { get; } = new();

    /// <summary>Whether any image had transparency, which it dropped.</summary>
    public bool HasDroppedAlpha { get; private set; }

    internal override bool IsDrawRequest(ReceivedRequest request) => request.Method is "POST" && (request.Path is "/sdcpp/v1/img_gen" || request.Path.StartsWith("/v1/images/", StringComparison.Ordinal));

    internal override ServerAnswer Answer(ReceivedRequest request) => (request.Method, request.Path) switch
    {
        ("GET", "/sdcpp/v1/capabilities") when HasJobs => ServerAnswer.Json(new JsonObject
        {
            ["model"] = new JsonObject { ["name"] = "flux-dev.gguf", ["stem"] = "flux-dev", ["path"] = "/models/flux-dev.gguf" },
            ["supported_modes"] = new JsonArray("img_gen"),
            ["limits"] = new JsonObject { ["min_width"] = 64, ["max_width"] = 4096, ["min_height"] = 64, ["max_height"] = 4096, ["max_batch_count"] = 8 },
        }),
        ("GET", "/v1/models") => ServerAnswer.Json(new JsonObject { ["data"] = new JsonArray(new JsonObject { ["id"] = "sd-cpp-local", ["object"] = "model", ["owned_by"] = "local" }) }),
        ("POST", "/sdcpp/v1/img_gen") when HasJobs => Start(request),
        ("GET", var path) when HasJobs && path.StartsWith("/sdcpp/v1/jobs/", StringComparison.Ordinal) => Ask(path["/sdcpp/v1/jobs/".Length..]),
        ("POST", var path) when HasJobs && path.EndsWith("/cancel", StringComparison.Ordinal) => Cancel(path["/sdcpp/v1/jobs/".Length..^"/cancel".Length]),
        ("POST", "/v1/images/generations") => DrawFromWords(request.Json),
        ("POST", "/v1/images/edits") => DrawFromForm(ReadForm(request)),
        _ => ServerAnswer.NotFound,
    };

    internal override JsonNode DescribeRefusal(int status, string text) => new JsonObject { ["error"] = text };

    /// <summary>A job that was forgotten, as after a restart.</summary>
    public void Forget() => _jobs.Clear();

    private ServerAnswer Start(ReceivedRequest request)
    {
        var body = request.Json;
        var order = new ReceivedOrder(
            Execute(body.Text("prompt") ?? ""),
            body.Number("width") is { } width && body.Number("height") is { } height ? new Dimensions(width, height) : DefaultSize,
            Math.Clamp(body.Number("batch_count") ?? 1, 1, 8),
            null,
            null,
            body.TryGetProperty("ref_images", out var images) ? Decodable(images.EnumerateArray().Select(image => Convert.FromBase64String(image.GetString()!))) : [],
            body.Text("mask_image") is { } mask ? ReadWhiteMask(Convert.FromBase64String(mask)) : null);
        var id = $"job_{Interlocked.Increment(ref _number):x8}";
        _jobs[id] = new Job(Draw(order));
        return ServerAnswer.Json(new JsonObject { ["id"] = id, ["kind"] = "img_gen", ["status"] = "queued", ["created"] = 1_790_000_000, ["poll_url"] = $"/sdcpp/v1/jobs/{id}" }, 202);
    }

    private ServerAnswer Ask(string id)
    {
        if (!_jobs.TryGetValue(id, out var job))
        {
            throw Refuse(404, "job not found");
        }

        var step = Math.Min(job.Asked++, Statuses.Count - 1);
        var status = job.IsCancelled ? "cancelled" : !Until.IsCompleted ? "generating" : Statuses[step];
        var answer = new JsonObject
        {
            ["id"] = id,
            ["kind"] = "img_gen",
            ["status"] = status,
            ["created"] = 1_790_000_000,
            ["queue_position"] = status is "queued" ? 1 : 0,
            ["progress_step"] = status is "generating" ? 7 : 0,
            ["progress_steps"] = status is "generating" ? 28 : 0,
            ["result"] = status is not "completed" ? null : new JsonObject
            {
                ["output_format"] = "png",
                ["images"] = new JsonArray([.. job.Images.Select((image, index) => (JsonNode)new JsonObject { ["index"] = index, ["b64_json"] = Convert.ToBase64String(image) })]),
            },
            ["error"] = status is "failed" ? new JsonObject { ["code"] = "generation_failed", ["message"] = Error } : null,
        };
        return ServerAnswer.Json(answer);
    }

    private ServerAnswer Cancel(string id)
    {
        var inTime = _jobs.TryGetValue(id, out var job) && job.Asked <= 1;
        Cancelled.Enqueue((id, inTime));
        if (inTime)
        {
            job!.IsCancelled = true;
        }

        return inTime ? ServerAnswer.Json(new JsonObject { ["id"] = id, ["status"] = "cancelled" }) : throw Refuse(409, "job is already generating");
    }

    private ServerAnswer DrawFromWords(JsonElement body) =>
        ServerAnswer.Json(Data(Draw(new ReceivedOrder(Execute(body.Text("prompt") ?? ""), ParseSize(body.Text("size")) ?? DefaultSize, body.Number("n") ?? 1, null, null, [], null))));

    private ServerAnswer DrawFromForm(IReadOnlyList<ReceivedFormPart> form)
    {
        var images = form.Where(part => part.Name is "image[]").ToArray();
        if (images is [])
        {
            throw Refuse(400, "at least one image[] required");
        }

        string? Find(string name) => form.FirstOrDefault(part => part.Name == name)?.Text;
        return ServerAnswer.Json(Data(Draw(new ReceivedOrder(
            Execute(Find("prompt") ?? ""),
            ParseSize(Find("size")) ?? DefaultSize,
            int.TryParse(Find("n"), out var count) ? count : 1,
            null,
            null,
            Decodable(images.Select(image => image.Bytes.ToArray())),
            form.FirstOrDefault(part => part.Name is "mask") is { } mask ? ReadWhiteMask(mask.Bytes.Span) : null))));
    }

    private List<byte[]> Decodable(IEnumerable<byte[]> images)
    {
        var decoded = images.Where(image => image.AsSpan().StartsWith(PngFile.Signature)).ToList();
        HasDroppedAlpha |= decoded.Any(image => PngFile.Read(image).Header.HasAlpha);
        return decoded;
    }

    private string Execute(string prompt)
    {
        const string Open = "<sd_cpp_extra_args>";
        const string Close = "</sd_cpp_extra_args>";
        var (start, end) = (prompt.IndexOf(Open, StringComparison.Ordinal), prompt.LastIndexOf(Close, StringComparison.Ordinal));
        if (start < 0 || end < start)
        {
            return prompt.Length > 0 ? prompt : throw Refuse(400, "prompt required");
        }

        Executed.Enqueue(prompt[(start + Open.Length)..end]);
        return prompt[..start] + prompt[(end + Close.Length)..];
    }

    private sealed record Job(byte[][] Images)
    {
        public int Asked { get; set; }

        public bool IsCancelled { get; set; }
    }
}
