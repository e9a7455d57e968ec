namespace GptImage2.Generation.Requests.Mentions;

/// <summary>What a prompt says of an entry of the cast that it mentions, in the same words every time.</summary>
/// <param name="Name">As it is defined, with the variant where one is meant: "Mira/winter".</param>
/// <param name="Version">Of the entry, so that an image tells which one it was made from.</param>
/// <param name="Text">A sentence or more; empty where the images say it all.</param>
public sealed record CastLine(string Name, int Version, string Text)
{
    /// <summary>What stands in the prompt in place of the mention.</summary>
    public string SpokenName => Name.Split('/')[0];
}
