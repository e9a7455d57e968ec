namespace GptImage2.Mcp.Prompts.Templates;

/// <summary>Read from <c>GPTIMAGE2_TEMPLATES</c>.</summary>
internal sealed record TemplateOptions
{
    /// <summary>Absolute folder of the user's own templates, or null.</summary>
    public string? Folder { get; init; }
}
