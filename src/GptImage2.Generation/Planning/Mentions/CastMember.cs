using GptImage2.Generation.Cast;
using GptImage2.Generation.Requests;
using GptImage2.Generation.Requests.Mentions;

namespace GptImage2.Generation.Planning.Mentions;

/// <summary>An entry of the cast as a prompt means it.</summary>
internal sealed record CastMember(CastEntry Entry, CastVariant? Variant)
{
    public string Path => Variant is null ? Entry.Name : $"{Entry.Name}/{Variant.Name}";

    /// <summary>What the variant shows comes before what holds for all of them; each file once.</summary>
    public IReadOnlyList<CastImage> Images { get; } = [.. (Variant?.Images ?? []).Concat(Entry.Images).DistinctBy(image => image.File)];

    public CastLine ToLine() => new(Path, Entry.Version, Describe());

    /// <param name="variants">Of this entry, as far as the prompt means them: what the entry's own images show may be otherwise in each.</param>
    public Reference ToReference(CastImage image, IReadOnlyList<string> variants) => new()
    {
        Image = CastImageAddress.Format(Entry.Name, image.File),
        Role = image.Role,
        Note = string.Concat(
            $"{Entry.Name}, the {Entry.Kind.Name}{(IsOfVariant(image) ? $" as {Variant!.Name}" : "")}.",
            variants is not [] && !IsOfVariant(image) ? $" Where {Entry.Name} as {string.Join(" or ", variants)} is described otherwise, that comes before this image." : "",
            image.MustKeep is { } keep ? $" Keep from it: {End(keep)}" : "",
            image.MustAvoid is { } avoid ? $" Do not take from it: {End(avoid)}" : ""),
        Cast = Path,
        CastVersion = Entry.Version,
        Argument = "prompt",
    };

    private bool IsOfVariant(CastImage image) => Variant is not null && Variant.Images.Contains(image);

    private string Describe()
    {
        string[] traits = [.. new[] { Entry.Traits, Variant?.Traits is { } own ? $"As {Variant.Name}: {own}" : null }.OfType<string>().Select(End)];
        return traits is [] ? Entry.Kind is CastKind.Style ? $"The whole picture is rendered in the style {Entry.Name}." : ""
            : Entry.Kind is CastKind.Style ? $"The whole picture is rendered in the style {Entry.Name}: {string.Join(' ', traits)}"
            : $"{Entry.Name}, always: {string.Join(' ', traits)}";
    }

    private static string End(string words) => words.Trim() is [.., var last] text && char.IsPunctuation(last) && last is not (',' or '-' or '"' or ')') ? text : $"{words.Trim()}.";
}
