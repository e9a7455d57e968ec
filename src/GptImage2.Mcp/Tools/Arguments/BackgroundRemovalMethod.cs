using GptImage2.Generation.Requests;

namespace GptImage2.Mcp.Tools.Arguments;

/// <summary>How a background is removed, as remove_background takes it.</summary>
internal static class BackgroundRemovalMethod
{
    /// <summary>By the backdrop's colour; else, where this machine has one, by a model.</summary>
    public const string Auto = "auto";

    /// <summary>Here, by the colour of a plain backdrop.</summary>
    public const string Key = "key";

    /// <summary>Here, by a model of the user's.</summary>
    public const string Model = "model";

    /// <summary>A service, for money.</summary>
    public const string Service = "service";

    /// <summary>Enclosed areas of the backdrop's own grey are parts of the subject.</summary>
    public const string KeepHoles = "keep";

    /// <summary>They are holes.</summary>
    public const string OpenHoles = "open";

    public static CutoutMethod Parse(string? method) => method switch
    {
        Key => CutoutMethod.Key,
        Model => CutoutMethod.Model,
        Service => CutoutMethod.Service,
        _ => CutoutMethod.Auto,
    };

    /// <returns>Null for what needs no mention.</returns>
    public static string? Format(CutoutMethod method) => method switch
    {
        CutoutMethod.Key => Key,
        CutoutMethod.Model => Model,
        CutoutMethod.Service => Service,
        _ => null,
    };
}
