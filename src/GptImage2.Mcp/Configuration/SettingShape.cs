namespace GptImage2.Mcp.Configuration;

/// <summary>What may be written for a setting, as its reader knows it.</summary>
/// <param name="Key">As in <c>Storage:Root</c>.</param>
internal sealed record SettingShape(string Key)
{
    public SettingFormat Format { get; init; }

    /// <summary>Empty where anything may be written.</summary>
    public IReadOnlyList<string> Choices { get; init; } = [];

    /// <summary>As it would be written; null where there is none, or where it follows from other settings.</summary>
    public string? Default { get; init; }

    /// <summary>A key or token, which nobody shows.</summary>
    public bool IsSecret { get; init; }
}

/// <summary>In what form a setting is written.</summary>
internal enum SettingFormat
{
    Text,
    Number,
    Flag,
    Path,
}
