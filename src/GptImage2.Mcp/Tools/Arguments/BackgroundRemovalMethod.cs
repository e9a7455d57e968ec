namespace GptImage2.Mcp.Tools.Arguments;

/// <summary>Who removes a background, as remove_background takes it.</summary>
internal static class BackgroundRemovalMethod
{
    /// <summary>What does it here.</summary>
    public const string Auto = "auto";

    /// <summary>Here, from a backdrop of one colour.</summary>
    public const string Flat = "flat";

    /// <summary>A service, for money.</summary>
    public const string Service = "service";
}
