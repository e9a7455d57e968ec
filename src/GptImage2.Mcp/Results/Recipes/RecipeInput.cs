using GptImage2.Generation.Inputs;
using GptImage2.Generation.Planning;
using GptImage2.Generation.Requests;
using GptImage2.Generation.Storage;

namespace GptImage2.Mcp.Results.Recipes;

/// <summary>An image that another was made from.</summary>
/// <param name="Name">How an argument names it now: an id, a path or an address; null where it is no longer there.</param>
/// <param name="File">The name of the caller's file, where it was one.</param>
/// <param name="Cast">The entry of the cast that it is from, which the prompt mentions; null where the caller had given it.</param>
internal sealed record RecipeInput(string Role, string? Name, string? Note, bool FullSize, string? File, string? Cast)
{
    private const string InputFolder = ".inputs";

    /// <param name="root">The store's folder; null for a caller to whom paths of this machine mean nothing.</param>
    public static IReadOnlyList<RecipeInput> Collect(ImageRecord image, JobPlan? plan, string? root, SharedFiles shared) => plan is null
        ? [.. (image.Inputs ?? []).Select(input => new RecipeInput(input.Role, input.Image ?? FindStored(root, input.Sha256), null, false, input.Name, input.Cast))]
        : [.. plan.Inputs.Select(input => new RecipeInput(
            input.Reference.Role.Name,
            input.Resolved.Record?.Id ?? FindStored(root, input.Stored!.Sha256) ?? FindWritten(root, shared, input.Reference.Image),
            input.Reference.Note,
            input.Reference.FullSize,
            input.FileName,
            input.Reference.Cast))];

    /// <summary>The copy that the job worked on, which stays for a day.</summary>
    private static string? FindStored(string? root, string sha256) => root is not null && Path.Combine(root, InputFolder) is var folder && Directory.Exists(folder)
        ? Directory.EnumerateFiles(folder, $"{sha256}.*").FirstOrDefault()
        : null;

    /// <summary>As the caller named it, unless that was its bytes.</summary>
    private static string? FindWritten(string? root, SharedFiles shared, string written) =>
        written.StartsWith("https:", StringComparison.OrdinalIgnoreCase)
        || (root is null ? shared.Exists(written) : !written.StartsWith("data:", StringComparison.OrdinalIgnoreCase)) ? written : null;
}
