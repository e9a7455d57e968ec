using GptImage2.Generation.Constraints;
using GptImage2.Generation.Finishing;
using GptImage2.Generation.Jobs;
using GptImage2.Generation.References;
using GptImage2.Generation.Regions;
using GptImage2.Generation.Rendering;
using GptImage2.Generation.Requests;
using GptImage2.Generation.Spending;

namespace GptImage2.Generation;

/// <summary>The first half of asking: from a request to everything that making needs to know.</summary>
public sealed class Planner(ConstraintSet constraints, NamedPictures pictures, CopyPlaces copies)
{
    /// <exception cref="Failures.ImageException">The request breaks a rule, names a picture that cannot be had, or a place where no copy may go.</exception>
    public async Task<JobPlan> PlanAsync(Caller caller, string tool, ImageRequest request, IImageBackend backend, CancellationToken cancellationToken)
    {
        // What is wrong by itself is told before any file is touched.
        constraints.Validate(request, backend.Profile);
        var copyTo = copies.Resolve(caller, request.Delivery);

        var inputs = await pictures.FindAsync(caller, request, cancellationToken);
        try
        {
            return Decide(caller, tool, request, backend, inputs) with { CopyTo = copyTo };
        }
        catch
        {
            inputs.Images.ToList().ForEach(input => input.Found.Dispose());
            throw;
        }
        finally
        {
            inputs.Mask?.Found.Dispose();
        }
    }

    private JobPlan Decide(Caller caller, string tool, ImageRequest request, IImageBackend backend, FoundPictures inputs)
    {
        var region = request is InpaintRequest inpaint ? RegionPlanner.Plan(inpaint, inputs.Images[0], inputs.Mask, backend.Profile.Sizes) : null;
        var validated = constraints.Validate(Sized(request, inputs.Images, region, backend.Profile.Sizes), backend.Profile);

        return new JobPlan
        {
            Caller = caller,
            Tool = tool,
            Backend = backend,
            Validated = validated,
            Inputs = inputs.Images,
            Region = region,
            Price = PriceList.Of(validated, [.. inputs.Images.Select((input, index) => index is 0 && region is not null ? region.Fit.Canvas : input.Header.Size)]),
            Warnings = [.. PlanWarnings.Of(validated), .. region?.Warnings ?? []],
        };
    }

    /// <summary>The canvas, where the pictures decide it.</summary>
    private static ImageRequest Sized(ImageRequest request, IReadOnlyList<InputImage> inputs, RegionPlan? region, Models.SizeRules rules) => request switch
    {
        InpaintRequest => request with { Size = region!.Fit.Canvas },
        CutoutRequest => request with
        {
            Size = inputs[0].Header.Size,
            Prompt = inputs[0].Found.Record is { } record ? $"{record.Prompt} (background removed)" : request.Prompt,
        },
        EditRequest { SizeFollowsReference: true } edit => request with { Size = Canvas.Follow(rules, inputs[edit.Leading].Header.Size) },
        _ => request,
    };
}
