namespace GptImage2.Mcp.Terminal.Models;

/// <summary>A model that can be fetched.</summary>
/// <param name="Address">Where its publisher, or who converted it, has it.</param>
/// <param name="Bytes">Its length.</param>
/// <param name="Licence">Of the weights, as their authors state it.</param>
/// <param name="Use">What it is good for, in a few words.</param>
internal sealed record KnownModel(string Name, Uri Address, long Bytes, string Licence, string Use)
{
    /// <summary>In lower case; null where nobody has published one that could be believed: then the user is asked about what has arrived.</summary>
    public string? Sha256 { get; init; }

    /// <summary>Who says that this is its SHA-256.</summary>
    public string? Source { get; init; }

    public string FileName => $"{Name}.onnx";
}
