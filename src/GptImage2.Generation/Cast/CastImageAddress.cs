namespace GptImage2.Generation.Cast;

/// <summary>
/// How an image of the cast is named as an argument: <c>cast://Mira/3f2a9c.png</c>; without a file the entry's first image, with a variant its first.
/// The last two also as a prompt mentions them: <c>@Mira</c>, <c>@Mira/winter</c>.
/// </summary>
public static class CastImageAddress
{
    public const string Scheme = "cast://";

    public static string Format(string name, string file) => $"{Scheme}{name}/{file}";

    /// <returns>The entry's name, and the file or the variant; null where the text is no such address.</returns>
    public static (string Name, string? Part)? Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        if (text is ['@', .. var mention])
        {
            return mention.Split('/') switch
            {
                [var name] when CastName.IsValid(name) => (name, null),
                [var name, var variant] when CastName.IsValid(name) && CastName.IsValid(variant) => (name, variant),
                _ => null,
            };
        }

        if (!text.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase))
        {
            return null;
        }

        var parts = Uri.UnescapeDataString(text[Scheme.Length..]).TrimEnd('/').Split('/');
        return parts switch
        {
            [var name] when CastName.IsValid(name) => (name, null),
            [var name, var part] when CastName.IsValid(name) && part is not "" => (name, part),
            _ => null,
        };
    }
}
