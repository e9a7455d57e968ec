using GptImage2.Generation.Jobs;
using GptImage2.Generation.Models;
using GptImage2.Generation.References;
using GptImage2.Generation.Requests;
using GptImage2.Generation.Storage;
using GptImage2.Mcp.Results;

namespace GptImage2.Mcp.Completions;

/// <summary>What somebody who has typed the beginning of an argument may mean, for each kind of value there is.</summary>
internal sealed class ValueCompletions(IImageCatalog catalog, Inbox inbox, JobScheduler jobs, ModelProfile profile)
{
    /// <summary>The protocol allows no more in one answer.</summary>
    public const int Most = 100;

    /// <param name="values">presets, qualities, roles, images or jobs.</param>
    /// <returns>Values that begin with what was typed, then values that contain it. One more than <see cref="Most"/> tells that there are more.</returns>
    public async Task<IReadOnlyList<string>> CompleteAsync(Caller caller, string values, string typed, CancellationToken cancellationToken) => values switch
    {
        "presets" => Matching(typed, SizePreset.All.Select(preset => preset.Name)),
        "qualities" => Matching(typed, profile.Qualities.Select(quality => quality.Name)),
        "roles" => Matching(typed, Enum.GetValues<ReferenceRole>().Select(role => role.Name)),
        "images" => await ImagesAsync(caller, typed.Trim(), cancellationToken),
        "jobs" => Matching(typed, await jobs.ListIdsAsync(caller, Most + 1, cancellationToken)),
        _ => throw new ArgumentOutOfRangeException(nameof(values), values, "Nobody knows such values."),
    };

    /// <summary>The ids of images alone, for a place that takes no other name.</summary>
    public async Task<IReadOnlyList<string>> ImageIdsAsync(Caller caller, string typed, CancellationToken cancellationToken) =>
        Matching(typed, (await catalog.SuggestAsync(caller.Owner, typed, Most + 1, cancellationToken)).Select(image => image.Id));

    /// <summary>Picks out of values that are known, in their order.</summary>
    public static IReadOnlyList<string> Matching(string typed, IEnumerable<string> values) => Matching(typed, [values]);

    private async Task<IReadOnlyList<string>> ImagesAsync(Caller caller, string typed, CancellationToken cancellationToken)
    {
        var images = await catalog.SuggestAsync(caller.Owner, typed, Most + 1, cancellationToken);
        var asUri = typed.StartsWith("ima", StringComparison.OrdinalIgnoreCase);
        return Matching(
            typed,
            [
                images.Select(image => asUri ? ImageUri.Of(image.Id) : image.Id),
                images.Select(image => image.FileName).OfType<string>(),
                caller.LocalPathsAllowed ? inbox.ListImageFileNames() : [],
            ]);
    }

    /// <param name="kinds">Each newest first; the newest of all come before the next of any, so that none crowds out another.</param>
    private static IReadOnlyList<string> Matching(string typed, IEnumerable<string>[] kinds)
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
                .Take(Most + 1),
        ];
    }
}
