namespace GptImage2.Generation.Requests;

/// <summary>On whose behalf a call is made, and what of this machine it may name.</summary>
/// <param name="Owner">Whose images and jobs these are; every read of the catalog takes it.</param>
/// <param name="LocalPathsAllowed">Whether paths of this machine mean anything to the caller (stdio) or not (HTTP).</param>
public sealed record Caller(string Owner, bool LocalPathsAllowed)
{
    /// <summary>How a caller on another machine reaches this server; null for one on this machine, and for a plan that was read back.</summary>
    [JsonIgnore]
    public ServerAddress? Server { get; init; }

    /// <summary>The absolute folder with what the user has attached in the chat, which may be read as well; null where the client names none.</summary>
    [JsonIgnore]
    public string? Attachments { get; init; }

    /// <summary>The one user of a stdio server or of the terminal.</summary>
    public static Caller Local { get; } = new("local", LocalPathsAllowed: true);
}

/// <summary>Where callers on other machines find this server.</summary>
/// <param name="BaseUrl">With its scheme and without a slash at the end, as in https://images.example.com.</param>
/// <param name="NeedsToken">Whether a request must carry a bearer token.</param>
public sealed record ServerAddress(string BaseUrl, bool NeedsToken)
{
    private string ImagesUrl => $"{BaseUrl}/images/";

    /// <returns>The id of the image that a link of this server leads to, or null where the text is none.</returns>
    public string? FindLinkedImage(string text) =>
        text.Trim() is var link && link.StartsWith(ImagesUrl, StringComparison.OrdinalIgnoreCase) ? link[ImagesUrl.Length..].Split('?', '#')[0] : null;
}
