using GptImage2.Imaging;
using GptImage2.Testing.Images;
using GptImage2.Testing.Scenario.Protocol;

namespace GptImage2.Testing.Scenario.Assets;

/// <summary>Keeps files, takes small ones in one request, and gives out links to them.</summary>
/// <param name="origin">What precedes the path of a link, with its slash.</param>
internal sealed class ScenarioAssets(Func<string> origin)
{
    /// <summary>The documentation's limit of a file in one request.</summary>
    private const int MaxInlineBytes = 6_000_000;

    private readonly ConcurrentDictionary<string, StoredAsset> _assets = new(StringComparer.Ordinal);
    private readonly ConcurrentQueue<StoredAsset> _all = new();
    private int _number;
    private readonly ConcurrentDictionary<string, (byte[] Bytes, string Path)> _links = new(StringComparer.Ordinal);
    private int _signatures;

    public IReadOnlyList<StoredAsset> All => [.. _all];

    /// <exception cref="ScenarioRefusalException">There is none.</exception>
    public StoredAsset Find(string id) => _assets.TryGetValue(id, out var asset) ? asset : throw ScenarioRefusalException.Reason(404, $"Asset {id} not found");

    public void Remove(string id) => _assets.TryRemove(id, out _);

    public StoredAsset AddDrawn(byte[] bytes) => Add("drawn.png", bytes, isHidden: false, isUploaded: false, parts: 0);

    /// <exception cref="ScenarioRefusalException">The bytes are no image.</exception>
    public StoredAsset Add(string name, byte[] bytes, bool isHidden, bool isUploaded, int parts)
    {
        var (size, type) = Recognise(bytes);
        var asset = new StoredAsset($"asset_{Interlocked.Increment(ref _number):0000}", name, bytes, size, type, isHidden, isUploaded, parts);
        _assets[asset.Id] = asset;
        _all.Enqueue(asset);
        return asset;
    }

    /// <summary>POST /assets.</summary>
    public JsonObject Upload(JsonElement body)
    {
        string[] known = ["image", "name", "hide", "parentId", "collectionIds"];
        if (body.EnumerateObject().FirstOrDefault(member => !known.Contains(member.Name)) is { Value.ValueKind: not JsonValueKind.Undefined } unknown)
        {
            throw ScenarioRefusalException.Reason(400, $"Unknown field {unknown.Name}");
        }

        var text = body.TryGetProperty("image", out var image) ? image.GetString()! : throw ScenarioRefusalException.Reason(400, "image is required");
        text = text.StartsWith("data:image/", StringComparison.Ordinal) ? text[(text.IndexOf(";base64,", StringComparison.Ordinal) + ";base64,".Length)..] : text;
        var bytes = new byte[text.Length];
        if (!Convert.TryFromBase64String(text, bytes, out var length) || length >= MaxInlineBytes)
        {
            throw ScenarioRefusalException.Reason(400, "image must be base64 of less than 6 MB");
        }

        return Describe(Add(body.GetProperty("name").GetString()!, bytes[..length], body.TryGetProperty("hide", out var hide) && hide.GetBoolean(), isUploaded: true, parts: 0), original: false);
    }

    public JsonObject Get(string id, bool original) => Describe(Find(id), original);

    /// <summary>What a link leads to.</summary>
    /// <exception cref="ScenarioRefusalException">Its time is over, or it never was one.</exception>
    public byte[] Open(string file, string signature) =>
        _links.TryGetValue(signature, out var link) && link.Path == file
            ? link.Bytes
            : throw new ScenarioRefusalException(403, new JsonObject { ["Message"] = "Access denied" });

    /// <summary>No link that was given out so far leads anywhere any more.</summary>
    public void ExpireLinks() => _links.Clear();

    private JsonObject Describe(StoredAsset asset, bool original)
    {
        // By default an address gives a version made for display: whoever stores that has lost the original.
        var signature = $"signature-{Interlocked.Increment(ref _signatures)}";
        _links[signature] = (original ? asset.Bytes : PngEncoder.Gradient(new Dimensions(8, 8), 1), asset.Id);
        var url = $"{origin()}cdn/{(original ? "assets" : "assets-transform")}/{asset.Id}?Policy=policy&Signature={signature}&Key-Pair-Id=pair";
        return new JsonObject
        {
            ["asset"] = new JsonObject
            {
                ["id"] = asset.Id,
                ["url"] = url,
                ["mimeType"] = asset.MediaType,
                ["kind"] = "image",
                ["status"] = "success",
                ["privacy"] = "private",
                ["ownerId"] = "proj_x",
                ["metadata"] = new JsonObject { ["kind"] = "image", ["type"] = asset.IsUploaded ? "uploaded" : "txt2img", ["width"] = asset.Size.Width, ["height"] = asset.Size.Height, ["size"] = asset.Bytes.Length },
                ["nsfw"] = new JsonArray(),
            },
        };
    }

    private static (Dimensions Size, string MediaType) Recognise(byte[] bytes)
    {
        try
        {
            return bytes switch
            {
                [0x89, ..] => (PngFile.Read(bytes).Header.Size, "image/png"),
                [0xFF, 0xD8, ..] => (UploadedImageSize.ReadJpeg(bytes), "image/jpeg"),
                _ => (UploadedImageSize.ReadWebp(bytes), "image/webp"),
            };
        }
        catch (InvalidDataException)
        {
            throw ScenarioRefusalException.Reason(400, "The file is not a valid image");
        }
    }
}
