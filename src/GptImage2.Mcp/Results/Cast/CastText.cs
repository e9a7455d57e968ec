using GptImage2.Generation.Cast;
using GptImage2.Generation.Requests;
using GptImage2.Mcp.Tools.Arguments;

namespace GptImage2.Mcp.Results.Cast;

/// <summary>The cast in words, and the same as JSON.</summary>
internal static class CastText
{
    /// <summary>More would fill the model's context; some of the rest are named.</summary>
    public const int MaxDescribed = 20;

    private const int MaxNamed = 100;

    private const int MaxTraitsInList = 100;

    public static string Format(Caller caller, CastEntry entry) => Join(
    [
        $"{entry.Name}, a {entry.Kind.Name}, version {entry.Version}. In any prompt: @{entry.Name}{string.Concat(entry.Variants.Select(variant => $", @{entry.Name}/{variant.Name}"))}.",
        entry.Traits is { } traits ? $"Always: {traits}" : "Its images say it all.",
        FormatImages(entry, entry.Images),
        .. entry.Variants.Select(variant => $"As {variant.Name}: {variant.Traits ?? "the same traits"}{(variant.Images is [] ? "" : $"\n{FormatImages(entry, variant.Images)}")}"),
        caller.LocalPathsAllowed && entry.File is { } file ? $"Kept in {Path.GetDirectoryName(file)}." : null,
    ]);

    public static string FormatList(IReadOnlyList<CastEntry> entries) => entries is []
        ? "The cast is empty. define_cast keeps a character, place, prop or style by a name that prompts can mention."
        : Join(
        [
            $"{entries.Count} in the cast; @Name in any prompt means one:",
            .. entries.Take(MaxDescribed).Select(entry =>
                $"@{entry.Name}, {entry.Kind.Name}{string.Concat(entry.Variants.Select(variant => $", @{entry.Name}/{variant.Name}"))}, {Count(entry.AllImages.Count())}{(entry.Traits is { } traits ? $": {TextTruncation.Truncate(traits, MaxTraitsInList)}" : "")}"),
            entries.Count > MaxDescribed ? $"And {string.Join(", ", entries.Skip(MaxDescribed).Take(MaxNamed).Select(entry => $"@{entry.Name}"))}{DescribeRest(entries.Count - MaxDescribed - MaxNamed)}" : null,
        ]);

    public static JsonObject ToJson(CastEntry entry) => new JsonObject
    {
        ["name"] = entry.Name,
        ["kind"] = entry.Kind.Name,
        ["version"] = entry.Version,
        ["traits"] = entry.Traits,
        ["images"] = ToJson(entry, entry.Images),
        ["variants"] = entry.Variants is [] ? null : new JsonArray([.. entry.Variants.Select(variant => new JsonObject { ["name"] = variant.Name, ["traits"] = variant.Traits, ["images"] = ToJson(entry, variant.Images) }.WithoutNulls())]),
    }.WithoutNulls();

    private static string DescribeRest(int rest) => rest > 0 ? $" and {rest} more; define_cast with action describe and a name shows any." : "";

    private static string? FormatImages(CastEntry entry, IReadOnlyList<CastImage> images) => images is [] ? null : string.Join('\n', images.Select(image =>
        $"{CastImageAddress.Format(entry.Name, image.File)}, {image.Role.Name}{(image.Image is { } id ? $", from {id}" : "")}{(image.MustKeep is { } keep ? $"; keep: {keep}" : "")}{(image.MustAvoid is { } avoid ? $"; avoid: {avoid}" : "")}"));

    private static JsonArray ToJson(CastEntry entry, IReadOnlyList<CastImage> images) => new([.. images.Select(image => new JsonObject
    {
        ["image"] = CastImageAddress.Format(entry.Name, image.File),
        ["role"] = image.Role.Name,
        ["must_keep"] = image.MustKeep,
        ["must_avoid"] = image.MustAvoid,
    }.WithoutNulls())]);

    private static string Join(IEnumerable<string?> lines) => string.Join('\n', lines.Where(line => line is not null));

    private static string Count(int images) => images is 1 ? "1 image" : $"{images} images";
}
