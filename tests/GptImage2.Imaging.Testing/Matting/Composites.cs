namespace GptImage2.Imaging.Testing.Matting;

/// <summary>Every drawn subject, and which of them can be told from which backdrop.</summary>
public static class Composites
{
    /// <summary>Those with holes that whoever looks at them sees, and would say so.</summary>
    private static readonly string[] WithHoles = ["ring", "logo", "net", "text"];

    /// <summary>Glass in front of grey shows grey, and so does a grey thing.</summary>
    private static readonly string[] Glassy = ["glass", "bubble"];
    private static readonly string[] Shaded = ["soft shadow", "product"];

    public static IEnumerable<string> Names => [.. SubjectDrawings.Names, .. PhotographicSubjects.Names];

    public static Subject Get(string name) => PhotographicSubjects.Names.Contains(name) ? PhotographicSubjects.Get(name) : SubjectDrawings.Get(name);

    public static bool HasHoles(string name) => WithHoles.Contains(name);

    /// <summary>
    /// Whether a single image holds the answer. It does not for what is see-through and grey in front of grey, a shadow on black, and a subject of
    /// the backdrop's own hue or grey.
    /// </summary>
    public static bool IsDecidable(string name, Backdrop backdrop) => name switch
    {
        "leaf" => !backdrop.Name.StartsWith("green", StringComparison.Ordinal),
        "grey" => !backdrop.Name.StartsWith("grey", StringComparison.Ordinal),
        _ when Glassy.Contains(name) => backdrop.IsSaturated,
        _ when Shaded.Contains(name) => !backdrop.Name.StartsWith("black", StringComparison.Ordinal),
        _ => true,
    };
}
