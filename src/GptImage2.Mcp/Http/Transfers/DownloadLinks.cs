using GptImage2.Generation.Requests;
using GptImage2.Generation.Storage;
using GptImage2.Mcp.Http.Settings;
using GptImage2.Mcp.Results.Links;

namespace GptImage2.Mcp.Http.Transfers;

/// <summary>Makes links to images. An image keeps its link for a while, so that a result says it once and lists do not change without reason.</summary>
internal sealed class DownloadLinks(DownloadTickets tickets, HttpOptions options, TimeProvider clock) : IDownloadLinks
{
    /// <summary>The query argument that has the ticket.</summary>
    public const string TicketArgument = "t";

    private const int MaxRemembered = 2_000;

    private readonly ConcurrentDictionary<(string Owner, string Id), (string Ticket, DateTimeOffset Renewed)> _recent = new();

    public bool AreServed => true;

    public string? Create(Caller caller, ImageRecord image) => caller is { LocalPathsAllowed: false, Server.BaseUrl: var url }
        ? $"{url}{HttpEndpoints.Images}/{image.Id}?{TicketArgument}={GetTicket(image)}"
        : null;

    private string GetTicket(ImageRecord image)
    {
        var now = clock.GetUtcNow();
        if (_recent.TryGetValue((image.Owner, image.Id), out var known) && now < known.Renewed)
        {
            return known.Ticket;
        }

        if (_recent.Count >= MaxRemembered)
        {
            _recent.Clear();
        }

        var ticket = tickets.Write(new DownloadTicket(image.Owner, image.Id, now + options.LinkLifetime));
        _recent[(image.Owner, image.Id)] = (ticket, now + (options.LinkLifetime / 10));
        return ticket;
    }
}
