using GptImage2.Generation.Inputs;
using GptImage2.Generation.Requests;
using GptImage2.Imaging.Codecs;

namespace GptImage2.Generation.Cast.Definition;

/// <summary>Creates and changes entries of the cast: finds the images, keeps copies of them by their content, and says what is wrong before anything is written.</summary>
public sealed class CastDefiner(CastStore cast, ImageArgumentResolver images)
{
    /// <summary>Letters of the hash that a file is called by: enough to tell an entry's images apart, and short enough to read.</summary>
    private const int FileNameLength = 12;

    /// <returns>The entry as it is now.</returns>
    /// <exception cref="ImageException">An image cannot be read, an entry would say nothing, or the cast cannot be written; nothing has changed.</exception>
    public async Task<CastEntry> DefineAsync(Caller caller, CastChange change, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(caller);
        ArgumentNullException.ThrowIfNull(change);
        CastImageChange[] wanted = [.. change.Images ?? [], .. change.Variants.SelectMany(variant => variant.Images ?? [])];
        var found = await ResolveAsync(caller, wanted, cancellationToken);
        try
        {
            return await cast.SaveAsync(
                caller.Owner,
                change.Name,
                before => (Apply(change, before, found), [.. found.Values.Select(image => (image.File, image.Image.Image))]),
                cancellationToken);
        }
        finally
        {
            foreach (var image in found.Values)
            {
                image.Image.Dispose();
            }
        }
    }

    private async Task<Dictionary<CastImageChange, FoundImage>> ResolveAsync(Caller caller, IReadOnlyList<CastImageChange> wanted, CancellationToken cancellationToken)
    {
        var (found, failures) = (new Dictionary<CastImageChange, FoundImage>(), new List<Failure>());
        foreach (var image in wanted.Distinct())
        {
            try
            {
                var resolved = await images.ResolveAsync(caller, image.Argument, image.Image, cancellationToken);
                var (header, sha256) = (Inspect(resolved), resolved.ComputeHash());
                found[image] = new FoundImage(resolved, $"{sha256[..FileNameLength]}.{header.Format.Extension}", sha256);
            }
            catch (ImageException failure)
            {
                failures.Add(failure.Failure);
            }
        }

        if (failures is [])
        {
            return found;
        }

        found.Values.ToList().ForEach(image => image.Image.Dispose());
        throw new ImageException(Failure.Combine(failures));
    }

    /// <summary>Every prompt that mentions the entry would fail on a damaged image. What the store holds was checked when it was written.</summary>
    private static ImageInfo Inspect(ResolvedImage image) => image.ReadWith(encoded =>
    {
        if (image.Record is null)
        {
            Image.ThrowIfDamaged(encoded);
        }

        return ImageHeader.Read(encoded);
    });

    private static CastEntry Apply(CastChange change, CastEntry? before, Dictionary<CastImageChange, FoundImage> found)
    {
        var kind = change.Kind ?? before?.Kind ?? CastKind.Character;
        var entry = (before ?? new CastEntry { Name = change.Name, Kind = kind }) with
        {
            Kind = kind,
            Traits = Merge(change.Traits, before?.Traits),
            Images = change.Images is null ? WithRoles(before?.Images ?? []) : ToImages(change.Images),
            Variants = [.. MergeVariants(before?.Variants ?? [])],
        };
        return entry is { Traits: null, Images: [], Variants: [] }
            ? throw Empty("traits", $"@{change.Name}")
            : entry;

        // Nobody but the caller knows what to write there.
        static InvalidRequestException Empty(string argument, string mention) =>
            new([new Violation(argument, $"traits, images or both, so that {mention} means something", "neither") { Repairs = [] }]);

        // Another kind is shown otherwise, where nobody has said how.
        IReadOnlyList<CastImage> WithRoles(IReadOnlyList<CastImage> images) => before is null || before.Kind == kind
            ? images
            : [.. images.Select(image => image.Role == before.Kind.DefaultRole ? image with { Role = kind.DefaultRole } : image)];

        IReadOnlyList<CastImage> ToImages(IEnumerable<CastImageChange> images) =>
        [
            .. images.Select(image => (Wanted: image, Found: found[image]))
                .DistinctBy(image => image.Found.Sha256)
                .Select(image => new CastImage(image.Found.File, image.Found.Sha256, image.Wanted.Role ?? kind.DefaultRole, NullIfBlank(image.Wanted.MustKeep), NullIfBlank(image.Wanted.MustAvoid), image.Found.Image.Record?.Id)),
        ];

        IEnumerable<CastVariant> MergeVariants(IReadOnlyList<CastVariant> old)
        {
            var changes = change.Variants.ToDictionary(variant => variant.Name, StringComparer.OrdinalIgnoreCase);
            var all = old.Concat(change.Variants.Select(variant => new CastVariant { Name = variant.Name })).DistinctBy(variant => variant.Name.ToLowerInvariant());
            return all
                .Select(variant => changes.TryGetValue(variant.Name, out var wanted)
                    ? wanted.Remove ? null : variant with { Traits = Merge(wanted.Traits, variant.Traits), Images = wanted.Images is null ? WithRoles(variant.Images) : ToImages(wanted.Images) }
                    : variant with { Images = WithRoles(variant.Images) })
                .OfType<CastVariant>()
                .Select(variant => variant is { Traits: null, Images: [] } ? throw Empty($"variants: {variant.Name}", $"@{change.Name}/{variant.Name}") : variant);
        }
    }

    private static string? Merge(string? wanted, string? before) => wanted is null ? before : NullIfBlank(wanted);

    private static string? NullIfBlank(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();

    private sealed record FoundImage(ResolvedImage Image, string File, string Sha256);
}
