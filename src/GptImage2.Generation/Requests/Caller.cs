namespace GptImage2.Generation.Requests;

/// <summary>On whose behalf a call is made, and what of this machine it may name.</summary>
/// <param name="Owner">Whose images and jobs these are; every read of the catalog takes it.</param>
/// <param name="LocalPathsAllowed">Whether paths of this machine mean anything to the caller (stdio) or not (HTTP).</param>
public sealed record Caller(string Owner, bool LocalPathsAllowed)
{
    /// <summary>The one user of a stdio server or of the terminal.</summary>
    public static Caller Local { get; } = new("local", LocalPathsAllowed: true);
}
