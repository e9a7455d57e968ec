using GptImage2.Generation.Inputs;
using GptImage2.Generation.Planning.Mentions;
using GptImage2.Generation.Planning.Regions;
using GptImage2.Generation.Rendering;
using GptImage2.Generation.Requests;
using GptImage2.Generation.Requests.Constraints;
using GptImage2.Generation.Spending;
using GptImage2.Imaging.Boards;

namespace GptImage2.Generation.Planning;

/// <summary>From a request to everything that rendering needs to know.</summary>
public sealed class JobPlanner(BackendRegistry backends, CastExpander cast, RequestValidator constraints, InputImageResolver inputs, SaveToPolicy saveTo)
{
    /// <exception cref="ImageException">The request violates a constraint, or names an image that cannot be read or a path that must not be written.</exception>
    public async Task<JobPlan> PlanAsync(Caller caller, string tool, ImageRequest request, CancellationToken cancellationToken)
    {
        var (expanded, notes) = await cast.ExpandAsync(caller, request, backends.Resolve(request).Profile, cancellationToken);
        var plan = await PlanExpandedAsync(caller, tool, expanded, cancellationToken);
        return notes is [] ? plan : plan with { Warnings = [.. notes, .. plan.Warnings] };
    }

    private async Task<JobPlan> PlanExpandedAsync(Caller caller, string tool, ImageRequest request, CancellationToken cancellationToken)
    {
        // Once, and before any file is touched: what the images decide later is legal by construction.
        var backend = backends.Resolve(request);
        await backend.PrepareAsync(cancellationToken);
        var profile = backend.Profile;
        var validated = constraints.Validate(request, profile);
        var copyTo = await saveTo.ResolveAsync(caller, request, profile.Formats, cancellationToken);

        var resolved = await inputs.ResolveAsync(caller, request, cancellationToken);
        try
        {
            var region = request is InpaintRequest inpaint ? RegionPlanner.Plan(inpaint, resolved.Images[0], resolved.Mask, profile.Sizes.Chosen) : null;
            var completed = WithImages(validated, resolved.Images, region);
            var sent = JobPlan.GetSentSizes(resolved.Images, region);
            return new JobPlan
            {
                Caller = caller,
                Tool = tool,
                Backend = backend,
                Validated = completed,
                Inputs = resolved.Images,
                Mask = resolved.Mask?.Resolved.Record,
                Region = region,
                Price = await PlanPricing.GetPriceAsync(backend, completed, sent, cancellationToken),
                PriceWithKey = profile.ModelTariff is null
                    ? null
                    : PriceCalculator.Estimate(RequestValidator.AssumeValid(completed.Request, profile.Priced), sent),
                CopyTo = copyTo,
                Warnings = [.. PlanWarnings.Collect(completed), .. PlanWarnings.DescribeFrames(resolved), .. PlanWarnings.DescribeLosses(completed.Request, resolved), .. region?.Warnings ?? []],
            };
        }
        catch
        {
            resolved.Images.ToList().ForEach(input => input.Resolved.Dispose());
            throw;
        }
        finally
        {
            resolved.Mask?.Resolved.Dispose();
        }
    }

    /// <summary>Sets what only the images decide: canvas, size and format, chosen by the profile's own size rules, and the prompt that a background removal keeps.</summary>
    private Validated<ImageRequest> WithImages(Validated<ImageRequest> validated, IReadOnlyList<InputImage> images, RegionPlan? region) => validated.Request switch
    {
        // Legal by construction, whatever the size of the image.
        InpaintRequest request => RequestValidator.AssumeValid<ImageRequest>(
            request with { Size = region!.Placement.Canvas, Backdrop = region.Backdrop, Region = RegionPlanner.WithoutPreviewUnits(request, images[0]) },
            validated.Profile),
        BackgroundRemovalRequest request => RequestValidator.AssumeValid<ImageRequest>(
            request with
            {
                Size = images[0].Header.Size,
                Prompt = images[0].Resolved.Record is { } record ? $"{record.Prompt} (background removed)" : request.Prompt,
            },
            validated.Profile),
        EditRequest request when EditDelivery.Follow(request, images, validated.Profile) is var followed && followed != request =>
            constraints.Validate<ImageRequest>(followed, validated.Profile),
        BoardRequest request => RequestValidator.AssumeValid<ImageRequest>(
            request with { Size = BoardRenderer.Measure(request.ToContent(images.Select(image => image.Header.Size))) },
            validated.Profile),
        _ => validated,
    };
}
