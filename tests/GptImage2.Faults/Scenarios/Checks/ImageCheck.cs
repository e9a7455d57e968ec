using GptImage2.Faults.Scenarios.Simulation;
using GptImage2.Imaging;
using GptImage2.Testing.Images;
using GptImage2.Testing.Mcp;
using GptImage2.Testing.OpenAI.Accounting;
using GptImage2.Testing.Time;

namespace GptImage2.Faults.Scenarios.Checks;

/// <summary>Every image that was received is listed and whole, and nothing else is.</summary>
internal sealed class ImageCheck(Scenario scenario, BillingLedger books, Observations evidence, TestFolders folders, ScenarioLog timeline)
{
    /// <summary>What a full disk did not take may never be listed, so that is not waited for as long as the rest.</summary>
    private static readonly TimeSpan FullDiskWait = TimeSpan.FromSeconds(10);

    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(250);

    private readonly List<ListedImage> _listed = [];

    public async Task CheckAsync(ServerUnderTest actor)
    {
        ExpectedImage[] missing = [];
        for (var end = ScenarioLog.Now + (scenario.FreeKilobytes is null ? TestTimeouts.Safety : FullDiskWait); ScenarioLog.Now < end;)
        {
            if (!await ListAsync(actor))
            {
                timeline.AddProblem($"{actor.Name} does not list its images");
                break;
            }

            missing = [.. Expected().Where(expected => !_listed.Any(listed => Matches(listed, expected)))];
            if (missing is [])
            {
                break;
            }

            await Task.Delay(Look, TimeProvider.System, TestContext.Current.CancellationToken);
        }

        foreach (var (call, picture) in missing.Where(one => scenario.FreeKilobytes is null || !ExistsOnDisk(one.Image.Sha256)))
        {
            timeline.AddProblem($"call {call.Number} ({call.Kind}): the picture {picture.Sha256[..8]}, whose last byte left at {timeline.Format(picture.SentAt)}, is not listed{(ExistsOnDisk(picture.Sha256) ? ", though its bytes are in a file" : "")}");
        }

        ReportMissing();
    }

    /// <summary>All images that a server had for certain.</summary>
    private IEnumerable<ExpectedImage> Expected() =>
        from entry in books.Entries
        from picture in entry.Images
        where evidence.CertainlyReceived(entry, picture)
        select new ExpectedImage(scenario.Calls.First(call => Observations.IsFor(entry, call.Number)), picture);

    /// <summary>What was kept is what was sent; what was finished has the size that was asked for.</summary>
    private static bool Matches(ListedImage listed, ExpectedImage expected) => expected.Call.Kind switch
    {
        CallKind.Resize => listed.Kept == expected.Image.Sha256 && listed.Size == ClientSimulator.Resized,
        CallKind.Inpaint => listed.Kept == expected.Image.Sha256 && listed.Size == ClientSimulator.Canvas,
        CallKind.Cutout => listed.Kept == expected.Image.Sha256 || listed.Sha256 == expected.Image.Sha256,
        _ => listed.Sha256 == expected.Image.Sha256,
    };

    /// <summary>Reads every image that is listed for the first time.</summary>
    /// <returns>Whether there is a list.</returns>
    private async Task<bool> ListAsync(ServerUnderTest actor)
    {
        if (await actor.TryCallAsync("list_images", new JsonObject { ["limit"] = 100 }) is not { IsError: false } reply)
        {
            return false;
        }

        foreach (var image in reply.Structured.GetProperty("images").EnumerateArray())
        {
            var id = image.GetProperty("id").GetString()!;
            if (_listed.All(known => known.Id != id))
            {
                _listed.Add(await ReadAsync(actor.Server, id, image));
            }
        }

        return true;
    }

    private async Task<ListedImage> ReadAsync(ServerProcess server, string id, JsonElement image)
    {
        var sha256 = image.GetProperty("sha256").GetString()!;
        var size = new Dimensions(image.GetProperty("width").GetInt32(), image.GetProperty("height").GetInt32());
        var bytes = (await ContentsAsync(server, $"image://{id}")).GetProperty("blob").GetBytesFromBase64();
        CheckComplete(id, bytes, sha256, size);
        var record = JsonElement.Parse((await ContentsAsync(server, $"image://{id}/record")).GetProperty("text").GetString()!);
        var from = record.TryGetProperty("derived_from", out var derived) && derived.ValueKind is JsonValueKind.String ? derived.GetString() : null;
        var kept = from is null ? null : Hash((await ContentsAsync(server, $"image://{from}")).GetProperty("blob").GetBytesFromBase64());
        timeline.Add($"listed {id} {size} {sha256[..8]}{(kept is null ? "" : $" from {kept[..8]}")} \"{record.GetProperty("prompt").GetString()}\"");
        return new ListedImage(id, sha256, size, kept);
    }

    private void CheckComplete(string id, byte[] bytes, string sha256, Dimensions size)
    {
        try
        {
            var decoded = PngFile.Read(bytes).Decode().Size;
            if (decoded != size || Hash(bytes) != sha256)
            {
                timeline.AddProblem($"{id} is listed as {size} {sha256[..8]}, but is {decoded} {Hash(bytes)[..8]}");
            }
        }
        catch (InvalidDataException broken)
        {
            timeline.AddProblem($"{id} is listed and not whole: {broken.Message}");
        }
    }

    /// <summary>Whatever is listed came from the service, and is listed once.</summary>
    private void ReportMissing()
    {
        var sent = books.Entries.SelectMany(entry => entry.Images).Select(picture => picture.Sha256).ToHashSet();
        foreach (var group in _listed.GroupBy(listed => listed.Kept ?? listed.Sha256))
        {
            if (!sent.Contains(group.Key))
            {
                timeline.AddProblem($"{group.First().Id} is listed, and the service never sent it");
            }

            if (group.Count() > 1)
            {
                timeline.AddProblem($"listed more than once: {string.Join(", ", group.Select(listed => listed.Id))}");
            }
        }
    }

    private bool ExistsOnDisk(string sha256) => Directory.EnumerateFiles(folders.Root, "*", SearchOption.AllDirectories)
        .Where(file => Path.GetExtension(file) is ".png" or ".part")
        .Any(file => Hash(File.ReadAllBytes(file)) == sha256);

    private static async Task<JsonElement> ContentsAsync(ServerProcess server, string uri)
    {
        var line = await server.RequestAsync("resources/read", new JsonObject { ["uri"] = uri });
        return line.Json.TryGetProperty("result", out var result) ? result.GetProperty("contents")[0] : throw new InvalidDataException($"{uri} cannot be read: {line.Text}");
    }

    private static string Hash(byte[] bytes) => Convert.ToHexStringLower(SHA256.HashData(bytes));

    /// <param name="Kept">The hash of the image it was made from, or null.</param>
    private sealed record ListedImage(string Id, string Sha256, Dimensions Size, string? Kept);

    private sealed record ExpectedImage(PlannedCall Call, SentImage Image);
}
