using GptImage2.Generation.Cast;
using GptImage2.Mcp.Callers;
using GptImage2.Mcp.Results.Cast;

namespace GptImage2.Mcp.Resources;

/// <summary>Entries of the cast as MCP resources: what is known of each, and all its images on one sheet.</summary>
internal sealed class CastResources(CastStore cast, CastSheet sheet)
{
    /// <summary>How many a list of resources has; all can be read, and names are completed.</summary>
    private const int MaxListed = 50;

    public static ResourceTemplate Template { get; } = new()
    {
        UriTemplate = CastImageAddress.Scheme + "{name}",
        Name = "cast",
        Description = "A character, place, prop or style of the cast, with its images on one sheet",
    };

    public async Task<IEnumerable<Resource>> ListAsync(CallerSession session, CancellationToken cancellationToken) =>
        (await cast.ListAsync(session.Caller.Owner, cancellationToken)).Take(MaxListed).Select(entry => new Resource
        {
            Uri = CastImageAddress.Scheme + entry.Name,
            Name = entry.Name,
            Title = entry.Name,
            Description = $"{entry.Kind.Name}, version {entry.Version}",
            MimeType = "application/json",
        });

    /// <returns>The entry, or null when the address is not one's.</returns>
    public async Task<ReadResourceResult?> ReadAsync(CallerSession session, string uri, CancellationToken cancellationToken)
    {
        if (CastImageAddress.Parse(uri) is not { Part: null, Name: var name } || await cast.FindAsync(session.Caller.Owner, name, cancellationToken) is not { } entry)
        {
            return null;
        }

        var images = await sheet.CreateAsync(session, entry, cancellationToken);
        return new ReadResourceResult
        {
            Contents =
            [
                new TextResourceContents { Uri = uri, MimeType = "application/json", Text = CastText.ToJson(entry).ToJsonString() },
                .. images.OfType<ImageContentBlock>().Select(image => BlobResourceContents.FromBytes(image.DecodedData, uri, image.MimeType)),
            ],
            TimeToLive = TimeSpan.Zero,
            CacheScope = CacheScope.Private,
        };
    }
}
