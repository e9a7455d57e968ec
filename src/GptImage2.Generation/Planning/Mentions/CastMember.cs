using GptImage2.Generation.Cast;
using GptImage2.Generation.Requests;
using GptImage2.Generation.Requests.Mentions;

namespace GptImage2.Generation.Planning.Mentions;

/// <summary>An entry of the cast as a prompt means it.</summary>
internal sealed record CastMember(CastEntry Entry, CastVariant? Variant)
{
    public string Path => Variant is null ? Entry.Name : $"{Entry.Name}/{Variant.Name}";

    /// <summary>What the variant shows comes before what holds for all of them.</summary>
    public IReadOnlyList<CastImage> Images => [.. Variant?.Images ?? [], .. Entry.Images];

    public CastLine ToLine() => new(Path, Entry.Version, Describe());

    public Reference ToReference(CastImage image) => new()
    {
        Image = CastImageAddress.Format(Entry.Name, image.File),
        Role = image.Role,
        Note = string.Concat(
            $"{Entry.Name}, the {Entry.Kind.Name}{(Variant is not null && Variant.Images.Contains(image) ? $" as {Variant.Name}" : "")}.",
            Variant is not null && !Variant.Images.Contains(image) ? $" Where {Entry.Name} as {Variant.Name} is described otherwise, that comes before this image." : "",
            image.MustKeep is { } keep ? $" Keep from it: {End(keep)}" : "",
            image.MustAvoid is { } avoid ? $" Do not take from it: {End(avoid)}" : ""),
        Cast = Path,
        Argument = "prompt",
    };

    private string Describe()
    {
        string[] traits = [.. new[] { Entry.Traits, Variant?.Traits is { } own ? $"As {Variant.Name}: {own}" : null }.OfType<string>().Select(End)];
        return traits is [] ? Entry.Kind is CastKind.Style ? $"The whole picture is rendered in the style {Entry.Name}." : ""
            : Entry.Kind is CastKind.Style ? $"The whole picture is rendered in the style {Entry.Name}: {string.Join(' ', traits)}"
            : $"{Entry.Name}, always: {string.Join(' ', traits)}";
    }

    private static string End(string words) => words.Trim() is [.., var last] text && char.IsPunctuation(last) && last is not (',' or '-' or '"' or ')') ? text : $"{words.Trim()}.";
}
