using GptImage2.Generation.Storage;
using GptImage2.Generation.Uploads;
using GptImage2.Mcp.Http.Sessions;
using GptImage2.Mcp.Http.Settings;
using GptImage2.Mcp.Results;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Routing;

namespace GptImage2.Mcp.Http.Transfers;

/// <summary>Takes an image from a caller whose files this machine cannot see, and answers with an id that names it in calls.</summary>
internal sealed partial class UploadEndpoint(UploadStore uploads, HttpOptions options, ILogger<UploadEndpoint> logger)
{
    /// <summary>For what a form puts around a file.</summary>
    private const int EnvelopeBytes = 64 << 10;

    /// <summary>
    /// How many times what is allowed Kestrel reads on and throws away once the answer is written. Without it the connection is
    /// reset under a client that is still sending, and most clients then never show the refusal.
    /// </summary>
    private const int LingeringFactor = 4;

    public static IEndpointConventionBuilder Map(IEndpointRouteBuilder endpoints, UploadEndpoint endpoint) =>
        endpoints.MapPost(HttpEndpoints.Uploads, (RequestDelegate)endpoint.HandleAsync);

    private async Task HandleAsync(HttpContext context)
    {
        var refusal = await TryReceiveAsync(context);
        if (refusal is var (status, error) && !context.RequestAborted.IsCancellationRequested)
        {
            if (status is StatusCodes.Status429TooManyRequests)
            {
                context.Response.Headers.RetryAfter = "60";
            }

            await error.WriteAsync(context, status);
        }
    }

    private async Task<(int Status, TransferError Error)?> TryReceiveAsync(HttpContext context)
    {
        try
        {
            await ReceiveAsync(context);
            return null;
        }
        catch (UploadRefusedException refused)
        {
            return (ToStatus(refused.Reason), new TransferError(EnumNames.Format(refused.Reason), refused.Message));
        }
        catch (BadHttpRequestException broken)
        {
            return (broken.StatusCode, broken.StatusCode is StatusCodes.Status413PayloadTooLarge
                ? new TransferError(EnumNames.Format(UploadRefusal.TooLarge), $"expected at most {options.MaxUploadBytes >> 20} MB but received more.")
                : new TransferError("incomplete", "The body broke off, or arrived too slowly. Nothing was kept; upload again."));
        }
        catch (InvalidDataException noForm)
        {
            return (StatusCodes.Status400BadRequest, new TransferError(EnumNames.Format(UploadRefusal.InvalidUpload), noForm.Message));
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
            return null;
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException or ImageException or ImagingUnavailableException)
        {
            if (context.RequestAborted.IsCancellationRequested)
            {
                return null;
            }

            LogFailed(failure);
            return (StatusCodes.Status500InternalServerError, new TransferError(
                "storage_failed", "The server could not store the image; its log file has the reason. Nothing was kept; upload again later."));
        }
    }

    private async Task ReceiveAsync(HttpContext context)
    {
        var (request, most) = (context.Request, options.MaxUploadBytes + EnvelopeBytes);
        if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit)
        {
            limit.MaxRequestBodySize = most * LingeringFactor;
        }

        if (request.Headers.ContentEncoding is not [] and not ["identity"])
        {
            throw new UploadRefusedException(
                UploadRefusal.NotAnImage, "expected the image's own bytes but received compressed ones. Send them without Content-Encoding.");
        }

        if (request.ContentLength > most)
        {
            throw new UploadRefusedException(
                UploadRefusal.TooLarge,
                $"expected at most {options.MaxUploadBytes >> 20} MB but received {request.ContentLength >> 20}. Scale the image down, or encode it as JPEG or WebP.");
        }

        var body = await UploadBody.OpenAsync(request, context.RequestAborted);
        var upload = await uploads.ReceiveAsync(Principal.GetOwner(context.User), body, new UploadLimits(options.MaxUploadBytes), context.RequestAborted);
        context.Response.StatusCode = StatusCodes.Status201Created;
        await context.Response.WriteAsJsonAsync(CreateReceipt(upload), TransferJsonContext.Default.UploadReceipt, cancellationToken: context.RequestAborted);
    }

    private static UploadReceipt CreateReceipt(ImageRecord upload) => new(
        upload.Id,
        ImageUri.FromId(upload.Id),
        upload.File.Size.Width,
        upload.File.Size.Height,
        upload.File.Format.Name,
        upload.File.Bytes,
        upload.Created + UploadLimits.Lifetime);

    private static int ToStatus(UploadRefusal reason) => reason switch
    {
        UploadRefusal.TooLarge => StatusCodes.Status413PayloadTooLarge,
        UploadRefusal.NotAnImage => StatusCodes.Status415UnsupportedMediaType,
        UploadRefusal.TooManyUploads => StatusCodes.Status429TooManyRequests,
        _ => StatusCodes.Status400BadRequest,
    };

    [LoggerMessage(LogLevel.Error, "An upload could not be stored")]
    private partial void LogFailed(Exception failure);
}
