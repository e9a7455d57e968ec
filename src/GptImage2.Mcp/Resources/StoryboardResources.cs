using GptImage2.Generation.Planning.Storyboards;
using GptImage2.Generation.Requests;
using GptImage2.Generation.Storyboards;

namespace GptImage2.Mcp.Resources;

/// <summary>Boards as MCP resources: what is on each as JSON, and the files that can be made of it, which are made when they are read.</summary>
internal sealed class StoryboardResources(IStoryboardStore boards, StoryboardExporter exporter)
{
    private const string Scheme = "storyboard://";

    public const string UriTemplate = Scheme + "{board}/{file}";

    /// <summary>How many a list of resources has; all can be read.</summary>
    private const int MaxListed = 20;

    public static ResourceTemplate Template { get; } = new()
    {
        UriTemplate = UriTemplate,
        Name = "storyboard",
        Description = $"A file of a board: {string.Join(", ", ExportNames.All)}",
    };

    /// <param name="name">One of <see cref="ExportNames.All"/>.</param>
    public static string CreateUri(Storyboard board, string name) => $"{Scheme}{board.Id}/{name}";

    public async Task<IEnumerable<Resource>> ListAsync(Caller caller, CancellationToken cancellationToken) =>
        (await boards.ListAsync(caller.Owner, MaxListed, cancellationToken)).Select(board => new Resource
        {
            Uri = CreateUri(board, ExportNames.CutListJson),
            Name = board.Id,
            Title = board.Title ?? board.Id,
            Description = $"Storyboard of {board.Panels.Count} panels",
            MimeType = ExportNames.GetMediaType(ExportNames.CutListJson),
        });

    /// <returns>The file, or null when the address is not that of a board of the caller's.</returns>
    public async Task<ReadResourceResult?> ReadAsync(Caller caller, string uri, CancellationToken cancellationToken)
    {
        if (!uri.StartsWith(Scheme, StringComparison.Ordinal) || uri[Scheme.Length..].Split('/') is not [var id, var name] || !ExportNames.All.Contains(name)
            || await boards.FindAsync(caller.Owner, id, cancellationToken) is null)
        {
            return null;
        }

        var exported = await exporter.OpenAsync(caller, id, cancellationToken);
        using var file = new MemoryStream();
        await Task.Run(() => exporter.Write(exported, name, file, cancellationToken), cancellationToken);
        var type = ExportNames.GetMediaType(name);
        return new ReadResourceResult
        {
            Contents =
            [
                name is ExportNames.CutListJson
                    ? new TextResourceContents { Uri = uri, MimeType = type, Text = Encoding.UTF8.GetString(file.GetBuffer().AsSpan(0, (int)file.Length)) }
                    : BlobResourceContents.FromBytes(file.ToArray(), uri, type),
            ],
            TimeToLive = TimeSpan.Zero,
            CacheScope = CacheScope.Private,
        };
    }
}
