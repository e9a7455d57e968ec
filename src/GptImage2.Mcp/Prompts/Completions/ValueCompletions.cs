using GptImage2.Generation.Cast;
using GptImage2.Generation.Inputs;
using GptImage2.Generation.Jobs.Scheduling;
using GptImage2.Generation.Models;
using GptImage2.Generation.Planning.Storyboards;
using GptImage2.Generation.Rendering;
using GptImage2.Generation.Requests;
using GptImage2.Generation.Storage;
using GptImage2.Mcp.Results;

namespace GptImage2.Mcp.Prompts.Completions;

/// <summary>The values that fit the beginning of an argument, for each kind of value there is.</summary>
internal sealed class ValueCompletions(IImageCatalog catalog, CastStore cast, IStoryboardStore boards, Inbox inbox, SharedFiles shared, JobQueries jobs, BackendRegistry backends)
{
    /// <summary>The protocol allows no more in one answer.</summary>
    public const int MaxValues = 100;

    /// <param name="values">presets, qualities, roles, images or jobs.</param>
    /// <returns>Values that begin with what was typed, then values that contain it. One more than <see cref="MaxValues"/> tells that there are more.</returns>
    public async Task<IReadOnlyList<string>> CompleteAsync(Caller caller, string values, string typed, CancellationToken cancellationToken) => values switch
    {
        "presets" => Match(typed, SizePreset.All.Select(preset => preset.Name)),
        "qualities" => Match(typed, backends.Default.Profile.Qualities.Select(quality => quality.Name)),
        "roles" => Match(typed, Enum.GetValues<ReferenceRole>().Select(role => role.Name)),
        "images" => await CompleteImagesAsync(caller, typed.Trim(), cancellationToken),
        "jobs" => Match(typed, await jobs.ListIdsAsync(caller, MaxValues + 1, cancellationToken)),
        _ => throw new ArgumentOutOfRangeException(nameof(values), values, "There is no such kind of value."),
    };

    /// <summary>The ids of images alone, for a place that takes no other name.</summary>
    public async Task<IReadOnlyList<string>> CompleteImageIdsAsync(Caller caller, string typed, CancellationToken cancellationToken) =>
        Match(typed, (await catalog.SuggestAsync(caller.Owner, typed, MaxValues + 1, cancellationToken)).Select(image => image.Id));

    /// <summary>The ids of boards.</summary>
    public async Task<IReadOnlyList<string>> CompleteBoardsAsync(Caller caller, string typed, CancellationToken cancellationToken) =>
        Match(typed, await boards.SuggestAsync(caller.Owner, typed, MaxValues + 1, cancellationToken));

    /// <summary>Names of the cast, and their variants where a name is complete.</summary>
    public async Task<IReadOnlyList<string>> CompleteCastAsync(Caller caller, string typed, CancellationToken cancellationToken) =>
        typed.Split('/') is [var name, _] && await cast.FindAsync(caller.Owner, name, cancellationToken) is { } entry
            ? Match(typed, entry.Variants.Select(variant => $"{entry.Name}/{variant.Name}"))
            : Match(typed, (await cast.ListAsync(caller.Owner, cancellationToken)).Select(other => other.Name));

    /// <summary>Picks out of values that are known, in their order.</summary>
    public static IReadOnlyList<string> Match(string typed, IEnumerable<string> values) => Match(typed, [values]);

    private async Task<IReadOnlyList<string>> CompleteImagesAsync(Caller caller, string typed, CancellationToken cancellationToken)
    {
        var images = await catalog.SuggestAsync(caller.Owner, typed, MaxValues + 1, cancellationToken);
        var asUri = typed.StartsWith("ima", StringComparison.OrdinalIgnoreCase);
        return Match(
            typed,
            [
                images.Select(image => asUri ? ImageUri.FromId(image.Id) : image.Id),
                images.Select(image => image.FileName).OfType<string>(),
                caller.LocalPathsAllowed ? inbox.ListImageFileNames() : shared.ListNames(MaxValues + 1),
            ]);
    }

    /// <param name="kinds">Each newest first; the newest of all come before the next of any, so that none crowds out another.</param>
    private static IReadOnlyList<string> Match(string typed, IEnumerable<string>[] kinds)
    {
        var text = typed.Trim();
        return
        [
            .. kinds
                .SelectMany(kind => kind.Where(value => value.Contains(text, StringComparison.OrdinalIgnoreCase)).Select((value, place) => (Value: value, Place: place)))
                .OrderBy(match => match.Value.StartsWith(text, StringComparison.OrdinalIgnoreCase) ? 0 : 1)
                .ThenBy(match => match.Place)
                .Select(match => match.Value)
                .Distinct(StringComparer.Ordinal)
                .Take(MaxValues + 1),
        ];
    }
}
