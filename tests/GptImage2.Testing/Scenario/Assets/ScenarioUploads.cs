using GptImage2.Testing.Scenario.Protocol;

namespace GptImage2.Testing.Scenario.Assets;

/// <summary>Takes large files in parts, each put to an address of its own, and makes an asset of them.</summary>
/// <param name="origin">What precedes the path of a link, with its slash.</param>
internal sealed class ScenarioUploads(Func<string> origin, ScenarioAssets assets)
{
    /// <summary>Of every part but the last, as at S3.</summary>
    private const int MinPartBytes = 5 * 1024 * 1024;

    private static readonly string[] Importing = ["validating", "validated"];

    private readonly ConcurrentDictionary<string, Upload> _uploads = new(StringComparer.Ordinal);
    private int _number;

    public JsonObject Start(JsonElement body)
    {
        string[] known = ["fileName", "fileSize", "contentType", "kind", "parts", "assetOptions"];
        if (body.EnumerateObject().FirstOrDefault(member => !known.Contains(member.Name)) is { Value.ValueKind: not JsonValueKind.Undefined } unknown)
        {
            throw ScenarioRefusalException.Reason(400, $"Unknown field {unknown.Name}");
        }

        if (body.GetProperty("kind").GetString() is not "image")
        {
            throw ScenarioRefusalException.Reason(400, "kind is not valid");
        }

        var options = body.TryGetProperty("assetOptions", out var given) ? given : default;
        var upload = new Upload(
            $"upload_{Interlocked.Increment(ref _number)}",
            body.GetProperty("fileName").GetString()!,
            body.GetProperty("fileSize").GetInt64(),
            new byte[body.GetProperty("parts").GetInt32()][],
            options.ValueKind is JsonValueKind.Object && options.TryGetProperty("hide", out var hide) && hide.GetBoolean());
        _uploads[upload.Id] = upload;
        return Describe(upload, "pending");
    }

    /// <summary>PUT of a part: its bytes as they are.</summary>
    public void Put(string part, ReadOnlyMemory<byte> bytes)
    {
        if (part.Split('-') is not [var id, var number] || !_uploads.TryGetValue(id, out var upload))
        {
            throw new ScenarioRefusalException(403, new JsonObject { ["Message"] = "Access denied" });
        }

        upload.Parts[int.Parse(number, CultureInfo.InvariantCulture) - 1] = bytes.ToArray();
    }

    public JsonObject Act(string id, JsonElement body)
    {
        var upload = Find(id);
        if (body.GetProperty("action").GetString() is not "complete")
        {
            throw ScenarioRefusalException.Reason(400, "Unknown action");
        }

        upload.Error = upload.Parts.Any(part => part is null) ? "A part is missing"
            : upload.Parts[..^1].Any(part => part.Length < MinPartBytes) ? "A part is too small"
            : upload.Parts.Sum(part => (long)part.Length) != upload.Length ? "The file has another size than was said"
            : null;
        upload.IsComplete = true;
        return Describe(upload, "validating");
    }

    public JsonObject Get(string id)
    {
        var upload = Find(id);
        if (!upload.IsComplete)
        {
            return Describe(upload, "pending");
        }

        if (upload.Error is not null)
        {
            return Describe(upload, "failed");
        }

        if (upload.Questions++ < Importing.Length)
        {
            return Describe(upload, Importing[upload.Questions - 1]);
        }

        upload.Asset ??= assets.Add(upload.Name, [.. upload.Parts.SelectMany(part => part)], upload.IsHidden, isUploaded: true, upload.Parts.Length);
        return Describe(upload, "imported");
    }

    private Upload Find(string id) => _uploads.TryGetValue(id, out var upload) ? upload : throw ScenarioRefusalException.Reason(404, "Upload not found");

    private JsonObject Describe(Upload upload, string status) => new()
    {
        ["upload"] = new JsonObject
        {
            ["id"] = upload.Id,
            ["status"] = status,
            ["kind"] = "image",
            ["source"] = "multipart",
            ["fileName"] = upload.Name,
            ["partsCount"] = upload.Parts.Length,

            // In no particular order.
            ["parts"] = new JsonArray([.. Enumerable.Range(1, upload.Parts.Length).Reverse().Select(number => (JsonNode)new JsonObject
            {
                ["number"] = number,
                ["url"] = $"{origin()}parts/{upload.Id}-{number}?X-Amz-Signature=signature&X-Amz-Expires=3600",
            })]),
            ["entityId"] = upload.Asset?.Id,
            ["errorMessage"] = upload.Error,
        },
    };

    private sealed record Upload(string Id, string Name, long Length, byte[][] Parts, bool IsHidden)
    {
        public bool IsComplete { get; set; }

        public string? Error { get; set; }

        public int Questions { get; set; }

        public StoredAsset? Asset { get; set; }
    }
}
