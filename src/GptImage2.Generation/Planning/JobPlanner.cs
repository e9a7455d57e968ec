using GptImage2.Generation.Errors;
using GptImage2.Generation.Inputs;
using GptImage2.Generation.Models;
using GptImage2.Generation.Planning.Regions;
using GptImage2.Generation.Rendering;
using GptImage2.Generation.Requests;
using GptImage2.Generation.Requests.Constraints;
using GptImage2.Generation.Spending;

namespace GptImage2.Generation.Planning;

/// <summary>The first half of asking: from a request to everything that making needs to know.</summary>
public sealed class JobPlanner(RequestValidator constraints, InputImageResolver pictures, SaveToPolicy copies)
{
    /// <exception cref="ImageException">The request breaks a rule, names a picture that cannot be had, or a place where no copy may go.</exception>
    public async Task<JobPlan> PlanAsync(Caller caller, string tool, ImageRequest request, IImageBackend backend, CancellationToken cancellationToken)
    {
        // What is wrong by itself is told before any file is touched.
        constraints.Validate(request, backend.Profile);
        var copyTo = copies.Resolve(caller, request.Delivery);

        var inputs = await pictures.ResolveAsync(caller, request, cancellationToken);
        try
        {
            return CreatePlan(caller, tool, request, backend, inputs) with { CopyTo = copyTo };
        }
        catch
        {
            inputs.Images.ToList().ForEach(input => input.Resolved.Dispose());
            throw;
        }
        finally
        {
            inputs.Mask?.Resolved.Dispose();
        }
    }

    private JobPlan CreatePlan(Caller caller, string tool, ImageRequest request, IImageBackend backend, ResolvedInputs inputs)
    {
        var region = request is InpaintRequest inpaint ? RegionPlanner.Plan(inpaint, inputs.Images[0], inputs.Mask, backend.Profile.Sizes) : null;
        var validated = constraints.Validate(WithCanvasSize(request, inputs.Images, region, backend.Profile.Sizes), backend.Profile);

        return new JobPlan
        {
            Caller = caller,
            Tool = tool,
            Backend = backend,
            Validated = validated,
            Inputs = inputs.Images,
            Region = region,
            Price = PriceCalculator.Estimate(validated, [.. inputs.Images.Select((input, index) => index is 0 && region is not null ? region.Placement.Canvas : input.Header.Size)]),
            Warnings = [.. PlanWarnings.Collect(validated), .. region?.Warnings ?? []],
        };
    }

    /// <summary>The canvas, where the pictures decide it.</summary>
    private static ImageRequest WithCanvasSize(ImageRequest request, IReadOnlyList<InputImage> inputs, RegionPlan? region, SizeRules rules) => request switch
    {
        InpaintRequest => request with { Size = region!.Placement.Canvas },
        BackgroundRemovalRequest => request with
        {
            Size = inputs[0].Header.Size,
            Prompt = inputs[0].Resolved.Record is { } record ? $"{record.Prompt} (background removed)" : request.Prompt,
        },
        EditRequest { SizeFollowsReference: true } edit => request with { Size = CanvasSizing.FollowReference(rules, inputs[edit.LeadingIndex].Header.Size) },
        _ => request,
    };
}
