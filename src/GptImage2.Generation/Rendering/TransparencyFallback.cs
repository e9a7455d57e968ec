using GptImage2.Generation.Models;
using GptImage2.Generation.Requests;
using GptImage2.Generation.Requests.Constraints;

namespace GptImage2.Generation.Rendering;

/// <summary>Where a service refuses transparency, which costs nothing, the subject is drawn once on a plain backdrop and cut out.</summary>
public sealed class TransparencyFallback(RequestValidator validator)
{
    /// <param name="onFallback">Awaited before the changed request is sent.</param>
    /// <exception cref="ImageException">The service refused or failed, with the original or the changed request.</exception>
    internal async Task<RenderOutcome> RenderAsync(
        IImageBackend backend,
        Validated<ImageRequest> validated,
        RenderInputs inputs,
        IRenderSink sink,
        Func<Validated<ImageRequest>, Task> onFallback,
        CancellationToken cancellationToken)
    {
        try
        {
            return await backend.RenderAsync(validated, inputs, sink, cancellationToken);
        }
        catch (ImageException refused) when (IsTransparencyRefusal(refused.Failure, validated.Request) && WithChromaKey(validated) is { } changed)
        {
            await onFallback(changed);
            return await backend.RenderAsync(changed, inputs, sink, cancellationToken);
        }
    }

    private static bool IsTransparencyRefusal(Failure failure, ImageRequest request) =>
        request.Background is ImageBackground.Transparent
        && failure is { Code: FailureCode.InvalidRequest, Argument: "background", Billed: Billing.No };

    /// <returns>The request on a plain backdrop, or null where its longer prompt is not legal.</returns>
    private Validated<ImageRequest>? WithChromaKey(Validated<ImageRequest> validated)
    {
        var request = validated.Request.WithChromaKey();
        return validator.Check(request, validated.Profile) is [] ? validator.Validate(request, validated.Profile) : null;
    }
}
