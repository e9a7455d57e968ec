namespace GptImage2.Mcp.Results;

/// <summary>What results may look like.</summary>
internal sealed record ResultOptions
{
    /// <summary>Most bytes of a result as JSON. Claude Desktop refuses more than 1,048,576.</summary>
    public int MaxBytes { get; init; } = 700_000;

    /// <summary>Whether results link to image:// resources; some clients refuse such blocks.</summary>
    public bool ResourceLinks { get; init; } = true;

    /// <summary>auto, always or never: whether structured content is sent in addition to the content blocks.</summary>
    public string Structured { get; init; } = "auto";
}
