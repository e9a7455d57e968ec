using GptImage2.Generation.Storage;
using GptImage2.Mcp.Http.Settings;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Net.Http.Headers;

namespace GptImage2.Mcp.Http.Transfers;

/// <summary>
/// Serves an image to whoever has its link: a person clicks it, without a token. A link that is not right and an image that is
/// not there take the same way to the same answer.
/// </summary>
internal sealed class DownloadEndpoint(DownloadTickets tickets, IImageCatalog catalog, IImageStore store, TimeProvider clock)
{
    /// <summary>Whoever has no ticket owns nothing.</summary>
    private const string Nobody = "";

    private static readonly TransferError NotFound = new(
        "not_found", "There is no image at this link, or the link has expired. Results of list_images and view_image have fresh ones.");

    public static IEndpointConventionBuilder Map(IEndpointRouteBuilder endpoints, DownloadEndpoint endpoint) =>
        endpoints.MapMethods($"{HttpEndpoints.Images}/{{id}}", [HttpMethods.Get, HttpMethods.Head], (RequestDelegate)endpoint.HandleAsync);

    private async Task HandleAsync(HttpContext context)
    {
        var id = (string)context.Request.RouteValues["id"]!;
        var ticket = tickets.Read(context.Request.Query[DownloadLinks.TicketArgument].ToString(), id);
        var image = await FindAsync(ticket?.Owner ?? Nobody, id, context.RequestAborted);
        if (ticket is null || image is null || TryOpen(image.File) is not { } content)
        {
            await NotFound.WriteAsync(context, StatusCodes.Status404NotFound);
            return;
        }

        SetHeaders(context.Response.Headers, ticket);
        var file = TypedResults.Stream(
            content,
            image.File.Format.MediaType,
            GetFileName(image),
            image.Created,
            new EntityTagHeaderValue($"\"{image.File.Sha256}\""),
            enableRangeProcessing: true);
        await file.ExecuteAsync(context);
    }

    /// <summary>Whatever else the bytes may be, a browser takes them for an image, and for nothing that runs.</summary>
    private void SetHeaders(IHeaderDictionary headers, DownloadTicket ticket)
    {
        headers.XContentTypeOptions = "nosniff";
        headers.ContentSecurityPolicy = "default-src 'none'; sandbox";
        headers["Cross-Origin-Resource-Policy"] = "cross-origin";
        headers["Referrer-Policy"] = "no-referrer";
        headers.CacheControl = $"private, max-age={(long)(ticket.Expires - clock.GetUtcNow()).TotalSeconds}";
    }

    private static string GetFileName(ImageRecord image) =>
        image.File.Location is StorageLocation.Memory ? $"{image.Id}.{image.File.Format.Extension}" : Path.GetFileName(image.File.Path);

    private async Task<ImageRecord?> FindAsync(string owner, string id, CancellationToken cancellationToken)
    {
        try
        {
            return await catalog.FindAsync(owner, id, cancellationToken);
        }
        catch (ImageException)
        {
            // The catalog says what is wrong with it wherever it is used with a token.
            return null;
        }
    }

    /// <returns>Null where the file is gone.</returns>
    private Stream? TryOpen(StoredFile file)
    {
        try
        {
            return store.OpenRead(file);
        }
        catch (ImageException)
        {
            // To whoever asks, there is no such image.
            return null;
        }
    }
}
