using GptImage2.Generation;
using GptImage2.Generation.Inputs;
using GptImage2.Generation.Jobs;
using GptImage2.Generation.Planning;
using GptImage2.Generation.PostProcessing;
using GptImage2.Generation.Rendering;
using GptImage2.Generation.Requests;
using GptImage2.Generation.Requests.Constraints;
using GptImage2.Generation.Spending;
using GptImage2.Imaging.Codecs;
using GptImage2.Mcp.Results;
using GptImage2.Mcp.Tools.Arguments;
using GptImage2.Mcp.Tools.Help;

namespace GptImage2.Mcp.Tools.Base;

/// <summary>What every image tool does once its request is known: validate it, plan it, and then report the plan or carry it out.</summary>
internal sealed class ImageToolRunner(
    ImageWorkflow workflow, InputImageResolver inputs, RequestValidator constraints, SaveToPolicy saveTo, BackendRegistry backends, BackendFallback fallback, SpendingCaps caps, JobOptions options, JobResultBuilder results)
{
    private static readonly string[] CanvasArguments = ["preset", "width", "height"];

    /// <summary>Everything that is wrong with a request: how its arguments fit together, the rules of the model, and where a copy may go.</summary>
    public IEnumerable<Violation> Validate(Caller caller, DeliveryArguments arguments, ImageRequest request, ArgumentValidationResult shape)
    {
        // A compression that fits no format says nothing when the format could not be read.
        Violation[] broken = [.. constraints.Check(request, backends.Resolve(request).Profile).Where(violation => violation.Argument is not "compression" || !shape.IsInvalid("format"))];
        var anyFormat = shape.IsInvalid("format") || broken.Any(violation => violation.Argument is "format");
        Violation[] own = [.. arguments.Validate(shape)];

        // What would be cut away is known only where the canvas is.
        var anyCanvas = CanvasArguments.Any(argument => shape.IsInvalid(argument) || own.Any(violation => violation.Argument.StartsWith(argument, StringComparison.Ordinal)));
        var extensionDecides = arguments.Format is null && !shape.IsInvalid("format");
        return
        [
            .. own,
            .. broken
                .Where(violation => !(anyCanvas && violation is { Argument: "resize_to", Repairs: not null }))
                .Select(violation => violation.Argument is "format" && extensionDecides && request.Delivery.SaveTo is { } path ? BlameExtension(violation, path) : violation),
            .. saveTo.Check(caller, request.Delivery, anyFormat).Where(violation => violation.Argument is not "overwrite" || !shape.IsInvalid("save_to")),
        ];
    }

    /// <exception cref="ImageException">The call could not be made as things are. Nothing is made either way.</exception>
    public async Task CheckAsync(ToolCall call, string tool, ImageRequest request, CancellationToken cancellationToken)
    {
        using var plan = await workflow.PlanAsync(call.Caller, tool, request, cancellationToken);
        if (await workflow.CheckSpendingAsync(plan, cancellationToken) is { } refusal)
        {
            throw new ImageException(refusal);
        }
    }

    /// <summary>Why images of a request that is refused anyway cannot be read.</summary>
    public Task<IReadOnlyList<Failure>> FindImageFailuresAsync(ToolCall call, ImageRequest request, CancellationToken cancellationToken) =>
        inputs.FindFailuresAsync(call.Caller, request, cancellationToken);

    /// <summary>A format that only the extension of the copy asks for.</summary>
    private static Violation BlameExtension(Violation violation, string path) => new(
        "save_to",
        $"the extension of {violation.Expected}",
        Violation.Quote(path),
        violation.Nearest is { } nearest ? Path.ChangeExtension(path, nearest) : null);

    public async Task<ToolResponse> RunAsync(ToolCall call, string tool, ImageRequest request, ImageToolOptions how, CancellationToken cancellationToken)
    {
        using var plan = await workflow.PlanAsync(call.Caller, tool, request, cancellationToken);
        if (how.DryRun)
        {
            var possible = await PlanCutAsync(plan, cancellationToken);
            var refusal = await workflow.CheckSpendingAsync(possible, cancellationToken);
            return results.FromPlan(call.Session, possible, how.View, refusal, await workflow.DescribeExcessWithKeyAsync(possible, cancellationToken));
        }

        if (caps.GetConfirmation(plan.TotalPrice) is { } question && call.AskUser(question.Text) is var answer and not true)
        {
            throw new ImageException(answer is false ? question.Declined : question.CannotAsk);
        }

        var job = await workflow.AskAsync(plan, how.Fresh, call.ReceivedAt, call.WaitLimit ?? options.Wait, call.Progress, cancellationToken);
        return results.FromJob(call.Session, job with { Failure = job.Failure is { } failure ? WithNextCall(failure, request) : null }, how.View);
    }

    /// <summary>A plan that nothing is wrong with must not be refused when it is carried out, and names who would do it.</summary>
    private async Task<JobPlan> PlanCutAsync(JobPlan plan, CancellationToken cancellationToken)
    {
        if (plan.Request is not BackgroundRemovalRequest { Method: not CutoutMethod.Service } request)
        {
            return plan;
        }

        try
        {
            return plan.Backend == backends.BackgroundModel ? await CheckModelAsync(plan, cancellationToken) : CheckKey(plan) is not { } refused ? plan
                : fallback.FindModel(plan, refused) is { } byModel ? await CheckModelAsync(byModel with { Warnings = [.. plan.Warnings, BackendFallback.Describe(plan, refused.Failure, byModel, "")] }, cancellationToken)
                : throw refused;
        }
        catch (ImageException refused)
        {
            throw new ImageException(WithNextCall(refused.Failure, request, dryRun: true), refused);
        }
    }

    /// <returns>Why no subject could be cut out by the backdrop's colour, or null.</returns>
    private static ImageException? CheckKey(JobPlan plan)
    {
        try
        {
            Judge(plan, image => BackgroundRemoval.ThrowIfUnsuitable(image, plan.Request is BackgroundRemovalRequest { OpenHoles: true }));
            return null;
        }
        catch (ImageException refused) when (refused.Failure.Code is FailureCode.CutoutRefused)
        {
            return refused;
        }
    }

    private static async Task<JobPlan> CheckModelAsync(JobPlan plan, CancellationToken cancellationToken)
    {
        await plan.Backend.CheckAsync(cancellationToken);
        Judge(plan, BackgroundRemoval.ThrowIfUnsuitableForModel);
        return plan with { Warnings = [.. plan.Warnings, "Whether the model finds a subject shows only when it is asked; that is free."] };
    }

    private static void Judge(JobPlan plan, Action<EncodedImage> judge) => plan.Inputs[0].Resolved.ReadWith(image =>
    {
        judge(image);
        return image;
    });

    /// <summary>What cannot be cut out one way, a model or a service may; and a model can redraw it so that it can be.</summary>
    /// <param name="dryRun">Who asked for free is handed no call that is billed.</param>
    private Failure WithNextCall(Failure failure, ImageRequest request, bool dryRun = false)
    {
        if (failure.Code is not FailureCode.CutoutRefused || request is not BackgroundRemovalRequest { Image.Image: var image, Delivery.SaveTo: var saveTo, Method: var method } || !failure.Message.Contains("redraw", StringComparison.Ordinal))
        {
            return failure;
        }

        if (method is CutoutMethod.Key && backends.BackgroundModel is { } model)
        {
            return failure with { Message = $"{failure.Message} Or {BackgroundRemovalHint.ModelAdvice(model)}", Call = CreateCutCall(BackgroundRemovalMethod.Model) };
        }

        if (method is not CutoutMethod.Service && backends.BackgroundService is { } service)
        {
            return failure with { Message = $"{failure.Message} Or {BackgroundRemovalHint.ServiceAdvice(service)}", Call = CreateCutCall(BackgroundRemovalMethod.Service) };
        }

        var setUp = backends.BackgroundModel is null && method is not CutoutMethod.Service ? $" Or the user can {BackgroundRemoval.ModelAdvice}." : "";

        var arguments = new JsonObject
        {
            ["prompt"] = BackgroundRemoval.RedrawPrompt,
            ["references"] = new JsonArray(new JsonObject { ["image"] = image, ["role"] = ReferenceRole.Base.Name }),
            ["cutout"] = true,
            ["save_to"] = saveTo,
            ["dry_run"] = dryRun ? true : null,
        };
        return failure with { Message = $"{failure.Message}{setUp}", Call = new SuggestedCall("edit_with_references", arguments.WithoutNulls()) };

        SuggestedCall CreateCutCall(string by) => new("remove_background", new JsonObject { ["image"] = image, ["method"] = by, ["save_to"] = saveTo, ["dry_run"] = dryRun ? true : null }.WithoutNulls());
    }
}

/// <summary>What a call wants in addition to its images.</summary>
/// <param name="Fresh">Never join a job that is there already.</param>
internal sealed record ImageToolOptions(bool DryRun, bool Fresh, ImageViewMode View);
