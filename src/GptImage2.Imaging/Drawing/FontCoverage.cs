namespace GptImage2.Imaging.Drawing;

/// <summary>Which scripts texts can be drawn in with the fonts of this machine, as they were when first asked.</summary>
public static class FontCoverage
{
    private const int Size = 40;

    private static readonly ConcurrentDictionary<string, bool> Drawable = new();

    /// <summary>
    /// No character has these numbers (Unicode 17, 2025), so that they are drawn as boxes of digits: of four, and of six as beyond the first 65,536 characters.
    /// </summary>
    private static readonly Lazy<Dimensions[]> Boxes = new(() => [Measure("\u0378"), Measure("\U0003FFFD")], LazyThreadSafetyMode.PublicationOnly);

    private static IEnumerable<Script> Missing => Script.All.Where(script => !IsDrawn(script, script.Samples ?? "🦊"));

    /// <summary>Those whose letters would be boxes of digits; a note stands in their place.</summary>
    /// <exception cref="ImagingUnavailableException">libvips cannot be loaded.</exception>
    public static IReadOnlyList<string> FindMissingScripts() => [.. Missing.Select(script => script.Name)];

    /// <summary>The packages of Debian and Ubuntu whose fonts have the missing scripts.</summary>
    /// <exception cref="ImagingUnavailableException">libvips cannot be loaded.</exception>
    public static IReadOnlyList<string> FindMissingPackages() => [.. Missing.Select(script => script.Package).Distinct()];

    /// <param name="text">Of that script.</param>
    internal static bool IsDrawn(Script script, string text) =>
        Drawable.GetOrAdd(script.Samples ?? text, static letters => letters.EnumerateRunes().Any(letter => IsLetter(Measure(letter.ToString()))));

    /// <summary>Neither a box nor a bitmap that is as large whatever the size of the text is.</summary>
    private static bool IsLetter(Dimensions drawn) => !Boxes.Value.Contains(drawn) && drawn.Height < 2 * Size;

    private static Dimensions Measure(string text)
    {
        using var drawn = TextRenderer.RenderCoverage(text, new TextStyle { Size = Size });
        return new Dimensions(drawn.Width, drawn.Height);
    }
}
