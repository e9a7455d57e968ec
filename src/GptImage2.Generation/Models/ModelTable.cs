namespace GptImage2.Generation.Models;

/// <summary>The models that one backend can be set to, whether or not it is configured now: what was made with one is finished and listed by its rules.</summary>
/// <param name="Backend">The backend's name.</param>
/// <param name="Resolve">The profile for any id of a model.</param>
/// <param name="Current">Those to choose from today, with a representative id each.</param>
public sealed record ModelTable(string Backend, Func<string, ModelProfile> Resolve, IReadOnlyList<ModelProfile> Current)
{
    /// <summary>What the user sets to choose one of them, as an environment variable; null where the program decides.</summary>
    public string? Setting { get; init; } = "GPTIMAGE2_MODEL";
}
