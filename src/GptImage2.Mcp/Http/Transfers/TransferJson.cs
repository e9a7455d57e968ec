using Microsoft.AspNetCore.Http;

namespace GptImage2.Mcp.Http.Transfers;

/// <summary>An upload that was received.</summary>
/// <param name="Id">Names the image in any call of its owner.</param>
/// <param name="Expires">When it is gone, unless a job is made from it before.</param>
internal sealed record UploadReceipt(string Id, string Uri, int Width, int Height, string Format, long Bytes, DateTimeOffset Expires);

/// <summary>Why a transfer did not take place.</summary>
/// <param name="Error">One of a few words that programs can match on.</param>
internal sealed record TransferError(string Error, string Message)
{
    /// <summary>Whole, or nothing where the client has gone.</summary>
    public Task WriteAsync(HttpContext context, int status)
    {
        context.Response.StatusCode = status;
        return context.Response.WriteAsJsonAsync(this, TransferJsonContext.Default.TransferError, cancellationToken: context.RequestAborted);
    }
}

/// <summary>What the transfer endpoints say.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(UploadReceipt))]
[JsonSerializable(typeof(TransferError))]
internal sealed partial class TransferJsonContext : JsonSerializerContext;
