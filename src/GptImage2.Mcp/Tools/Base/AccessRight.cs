namespace GptImage2.Mcp.Tools.Base;

/// <summary>What a caller must be allowed to do for what it asks.</summary>
internal enum AccessRight
{
    /// <summary>See its images, its jobs and what there is to read.</summary>
    Read,

    /// <summary>Make images, and cancel that.</summary>
    Write,

    /// <summary>See what was spent.</summary>
    ReadSpending,
}
