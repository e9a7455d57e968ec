using GptImage2.Imaging;
using GptImage2.Testing.Scenario.Assets;

namespace GptImage2.Testing.Scenario.Jobs;

/// <summary>A run that Scenario would accept, with the model's defaults filled in. One that removes a background has no prompt, and its image is the only reference.</summary>
/// <param name="Input">As it came.</param>
/// <param name="References">In the order in which the prompt numbers them.</param>
/// <param name="Mask">Fully transparent where the first reference is to change.</param>
public sealed record ScenarioOrder(
    string Model, JsonElement Input, string Prompt, int Count, Dimensions Size, string Quality, string Background, IReadOnlyList<StoredAsset> References, StoredAsset? Mask)
{
    /// <summary>In creative units, of a removal. The figure is ours; nobody knows theirs.</summary>
    public const decimal RemovalCost = 1.5m;

    /// <summary>In creative units, with fractions: by quality (Scenario's skills, 2026), pixels and references. The formula is ours; nobody knows theirs.</summary>
    public decimal Cost => IsRemoval ? RemovalCost : (Count * GetQualityPrice() * Math.Max(0.25m, Math.Round(Size.PixelCount / 1_048_576m, 2))) + (References.Count * 0.25m);

    /// <summary>Whether it removes the background of an image.</summary>
    public bool IsRemoval => Input.TryGetProperty("image", out _);

    /// <param name="find">Finds an asset by its id; throws for an unknown one.</param>
    internal static ScenarioOrder Read(string model, JsonElement input, Func<string, StoredAsset> find) => input.TryGetProperty("image", out var image)
        ? ReadRemoval(model, input, find(image.GetString()!))
        : ReadDrawing(model, input, find);

    private static ScenarioOrder ReadRemoval(string model, JsonElement input, StoredAsset image) => new(model, input, "", 1, image.Size, "auto", "transparent", [image], null);

    private static ScenarioOrder ReadDrawing(string model, JsonElement input, Func<string, StoredAsset> find) => new(
        model,
        input,
        input.GetProperty("prompt").GetString()!,
        GetNumber(input, "numOutputs", 1),
        new Dimensions(GetNumber(input, "width", 1024), GetNumber(input, "height", 1024)),
        GetText(input, "quality") ?? "auto",
        GetText(input, "background") ?? "auto",
        input.TryGetProperty("referenceImages", out var images) && images.ValueKind is JsonValueKind.Array ? [.. images.EnumerateArray().Select(id => find(id.GetString()!))] : [],
        GetText(input, "mask") is { } mask ? find(mask) : null);

    private decimal GetQualityPrice() => (Model.Contains("2-5", StringComparison.Ordinal), Quality) switch
    {
        (_, "low") => 2,
        (false, "high") => 45,
        (false, _) => 12,
        (true, "high") => 12,
        (true, "xhigh") => 20,
        (true, "max") => 45,
        (true, _) => 11,
    };

    private static int GetNumber(JsonElement input, string name, int without) => input.TryGetProperty(name, out var value) ? value.GetInt32() : without;

    private static string? GetText(JsonElement input, string name) => input.TryGetProperty(name, out var value) ? value.GetString() : null;
}
