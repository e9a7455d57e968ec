using GptImage2.Generation.Inputs;
using GptImage2.Generation.Planning.Mentions;
using GptImage2.Generation.Planning.Regions;
using GptImage2.Generation.Planning.Storyboards;
using GptImage2.Generation.Rendering;
using GptImage2.Generation.Requests;
using GptImage2.Generation.Requests.Constraints;
using GptImage2.Generation.Spending;
using GptImage2.Imaging.Boards;

namespace GptImage2.Generation.Planning;

/// <summary>From a request to everything that rendering needs to know.</summary>
public sealed class JobPlanner(BackendRegistry backends, CastExpander cast, StoryboardPlanner storyboards, RequestValidator constraints, InputImageResolver inputs, SaveToPolicy saveTo)
{
    /// <exception cref="ImageException">The request violates a constraint, or names an image that cannot be read or a path that must not be written.</exception>
    public async Task<JobPlan> PlanAsync(Caller caller, string tool, ImageRequest request, CancellationToken cancellationToken)
    {
        var (expanded, notes) = await cast.ExpandAsync(caller, request, backends.Resolve(request).Profile, cancellationToken);
        var plan = await PlanExpandedAsync(caller, tool, expanded, cancellationToken);
        return expanded is StoryboardRequest board ? await PlanPanelsAsync(plan, board, cancellationToken)
            : notes is [] ? plan
            : plan with { Warnings = [.. notes, .. plan.Warnings] };
    }

    /// <summary>The plan of a board with one for each panel that is to be drawn: what would be refused later is refused now, and the price of all is known.</summary>
    private async Task<JobPlan> PlanPanelsAsync(JobPlan plan, StoryboardRequest request, CancellationToken cancellationToken)
    {
        var panels = new List<PanelPlan>();
        try
        {
            var profile = backends.Default.Profile;
            var board = await storyboards.PreviewAsync(WithKnownReferences(request, plan.Inputs), cancellationToken);
            var drafts = await storyboards.DraftAsync(request, board, profile, cancellationToken);
            var hasAnchor = board.FindLook() is not null || drafts.Any(draft => !draft.Order.NeedsAnchor);
            foreach (var draft in drafts)
            {
                var isAnchored = draft.Order.NeedsAnchor && hasAnchor;
                var order = isAnchored ? PanelPrompt.WithPlannedAnchor(draft.Order.Request, board.FindLook() is not { } look || look.Style == board.Style) : draft.Order.Request;
                panels.Add(new PanelPlan(draft.Number, await draft.Place.BlameAsync(() => PlanAsync(request.Caller, request.Tool, order, cancellationToken)), isAnchored));
                hasAnchor = true;
            }

            var (title, size) = (BoardPicture.Describe(board), BoardPicture.Measure(board, profile.Sizes));
            return plan with
            {
                Board = board,
                Panels = panels,
                Validated = RequestValidator.AssumeValid<ImageRequest>(request with { Board = board.Id, Prompt = title, Size = size }, plan.Validated.Profile),
                Warnings = [.. plan.Warnings, .. BoardPicture.FindIdleChanges(request.Change, panels.Count), .. PanelPlan.CollectWarnings(panels)],
            };
        }
        catch
        {
            (plan with { Panels = panels }).Dispose();
            throw;
        }
    }

    /// <summary>They are looked at once, and not for each panel.</summary>
    private static StoryboardRequest WithKnownReferences(StoryboardRequest request, IReadOnlyList<InputImage> images) => request.New is not { } board ? request
        : request with { New = board with { References = [.. board.References.Zip(images, (reference, image) => reference with { KnownSize = image.Header.Size })] } };

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
            var sent = JobPlan.GetSentSizes(completed.Request, resolved.Images, region);
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
