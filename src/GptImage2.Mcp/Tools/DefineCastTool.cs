using GptImage2.Generation.Cast;
using GptImage2.Generation.Cast.Definition;
using GptImage2.Generation.Inputs;
using GptImage2.Generation.Requests;
using GptImage2.Mcp.Results;
using GptImage2.Mcp.Results.Cast;
using GptImage2.Mcp.Tools.Arguments;
using GptImage2.Mcp.Tools.Base;

namespace GptImage2.Mcp.Tools;

/// <summary>Keeps characters, places, props and styles by names that prompts can mention.</summary>
internal sealed class DefineCastTool(CastDefiner definer, CastStore cast, CastSheet sheet, InputImageResolver inputs) : Tool<DefineCastArguments>(ToolJsonContext.Default.DefineCastArguments)
{
    private const int MaxTraits = 2000;

    private const int MaxImages = 8;
    private const int MaxVariants = 20;

    /// <summary>Both fit into the note that goes with an image.</summary>
    private const int MaxRemark = 400;

    public override Tool GetDefinition() => new()
    {
        Name = "define_cast",
        Title = "Define cast",
        Description = "Keeps a character, place, prop or style by a name: @Name in any prompt then brings its images as references and its traits word for word. A later call changes what it gives. Free.",
        InputSchema = SchemaBuilder.Object(new JsonObject
        {
            ["name"] = SchemaBuilder.Text("One word."),
            ["kind"] = SchemaBuilder.OneOf(null, Enum.GetValues<CastKind>().Select(kind => kind.Name)),
            ["traits"] = SchemaBuilder.Text("What must always hold."),
            ["images"] = CreateImagesSchema("The main one first; role as in edit_with_references."),
            ["variants"] = SchemaBuilder.List(
                SchemaBuilder.Object(new JsonObject { ["name"] = SchemaBuilder.Typed("string"), ["traits"] = SchemaBuilder.Typed("string"), ["images"] = CreateImagesSchema("As images."), ["remove"] = SchemaBuilder.Typed("boolean") }, "name"),
                "An outfit, an age, a season: @Mira/winter."),
            ["action"] = SchemaBuilder.OneOf("Default save; describe shows it.", Enum.GetValues<CastAction>().Select(action => EnumNames.Format(action))),
        }).CloseToElement(),
        Annotations = new() { ReadOnlyHint = false, DestructiveHint = false, IdempotentHint = true, OpenWorldHint = true },
    };

    protected override AccessRight? FindRequiredRight(DefineCastArguments arguments) => arguments.Action is CastAction.List or CastAction.Describe ? AccessRight.Read : AccessRight.Write;

    protected override IEnumerable<Violation> Validate(DefineCastArguments arguments, ArgumentValidationResult shape) => arguments.Action is CastAction.List ? [] :
    [
        .. shape.IsInvalid("name") ? [] : CheckName("name", arguments.Name),
        .. arguments.Action is null or CastAction.Save ? CheckContent(arguments) : [],
    ];

    protected override Task<IReadOnlyList<Failure>> FindImageFailuresAsync(DefineCastArguments arguments, ToolCall call, CancellationToken cancellationToken) =>
        inputs.FindFailuresAsync(call.Caller, arguments.ToChange().Images?.Select(image => (image.Argument, image.Image)) ?? [], cancellationToken);

    protected override async Task<ToolResponse> InvokeAsync(DefineCastArguments arguments, ToolCall call, CancellationToken cancellationToken) => arguments.Action switch
    {
        CastAction.List => CreateResponse(CastText.FormatList(await cast.ListAsync(call.Caller.Owner, cancellationToken))),
        CastAction.Describe => await ShowAsync(call, await FindAsync(call.Caller, arguments.Name!, cancellationToken), cancellationToken),
        CastAction.Delete => await DeleteAsync(call.Caller, arguments.Name!, cancellationToken),
        _ => await SaveAsync(call, arguments.ToChange(), cancellationToken),
    };

    /// <summary>
    /// What is replaced is told, because whoever changes one trait may have meant to keep the others; and so is what was not said. The images are
    /// not shown: the caller has just named them, and a picture costs more context and time than all the rest.
    /// </summary>
    private async Task<ToolResponse> SaveAsync(ToolCall call, CastChange change, CancellationToken cancellationToken)
    {
        var before = await cast.FindAsync(call.Caller.Owner, change.Name, cancellationToken);
        if (before is not null && change.IsEmpty)
        {
            return await ShowAsync(call, before, cancellationToken);
        }

        var entry = await definer.DefineAsync(call.Caller, change, cancellationToken);
        string?[] remarks =
        [
            before is null && change.Kind is null ? $"Its kind is {entry.Kind.Name}, because none was given; a call with kind: {string.Join(" or ", Enum.GetValues<CastKind>().Where(kind => kind != entry.Kind).Select(kind => kind.Name))} changes it." : null,
            before?.Traits is { } traits && traits != entry.Traits ? $"Traits until now, which are no longer said: {traits}" : null,
            .. (before?.Variants ?? []).Where(variant => entry.FindVariant(variant.Name) is null).Select(variant => $"Removed: {entry.Name}/{variant.Name}."),
        ];
        return CreateResponse(call, entry, remarks);
    }

    private async Task<ToolResponse> ShowAsync(ToolCall call, CastEntry entry, CancellationToken cancellationToken) =>
        CreateResponse(call, entry, []) with { Blocks = await sheet.CreateAsync(call.Session, entry, cancellationToken) };

    private static ToolResponse CreateResponse(ToolCall call, CastEntry entry, IEnumerable<string?> remarks)
    {
        var response = CreateResponse(string.Join('\n', [CastText.Format(call.Caller, entry), .. remarks.OfType<string>()]));
        response.Structured!["entry"] = CastText.ToJson(entry);
        return response;
    }

    private async Task<ToolResponse> DeleteAsync(Caller caller, string name, CancellationToken cancellationToken)
    {
        var entry = await FindAsync(caller, name, cancellationToken);
        return await cast.DeleteAsync(caller.Owner, name, cancellationToken) is { } kept
            ? CreateResponse($"{entry.Name} is no longer in the cast.{(caller.LocalPathsAllowed ? $" What it was is kept in {kept}." : "")}")
            : throw new ImageException(new Failure
            {
                Code = FailureCode.NotAllowed,
                Message = $"{entry.Name} belongs to a folder of the user's (GPTIMAGE2_CAST), and only the user can take it away there. A change by define_cast makes an entry of your own in its place.",
            });
    }

    private async Task<CastEntry> FindAsync(Caller caller, string name, CancellationToken cancellationToken)
    {
        if (await cast.FindAsync(caller.Owner, name, cancellationToken) is { } entry)
        {
            return entry;
        }

        string[] names = [.. (await cast.ListAsync(caller.Owner, cancellationToken)).Select(other => other.Name)];
        throw new InvalidRequestException([new Violation("name", names is [] ? "an entry of the cast, which is empty so far" : "the name of an entry (action: list names them)", Violation.Quote(name), EditDistance.FindNear(name, names))]);
    }

    private static IEnumerable<Violation> CheckContent(DefineCastArguments arguments)
    {
        var variants = arguments.Variants ?? [];
        return
        [
            .. Violation.Collect(
                (arguments.Traits?.Length > MaxTraits, new("traits", $"at most {MaxTraits} characters, because every prompt repeats them", $"{arguments.Traits?.Length}")),
                (arguments.Images?.Count > MaxImages, new("images", $"at most {MaxImages} images, because each prompt that mentions it sends them", $"{arguments.Images?.Count}")),
                (variants.Count > MaxVariants, new("variants", $"at most {MaxVariants} in one call", $"{variants.Count}")),
                (variants.DistinctBy(variant => variant.Name?.ToLowerInvariant()).Count() < variants.Count, new("variants", "each name once", "one of them twice"))),
            .. (arguments.Images ?? []).Index().SelectMany(image => CheckImage($"images[{image.Index}]", image.Item)),
            .. variants.Index().SelectMany(variant => CheckName($"variants[{variant.Index}].name", variant.Item.Name)
                .Concat((variant.Item.Images ?? []).Index().SelectMany(image => CheckImage($"variants[{variant.Index}].images[{image.Index}]", image.Item)))),
        ];
    }

    private static IEnumerable<Violation> CheckImage(string argument, CastImageArguments image) => Violation.Collect(
        (string.IsNullOrWhiteSpace(image.Image), new($"{argument}.image", "an image (an id, a path or a URI)", "nothing")),
        (image.MustKeep?.Length > MaxRemark, new($"{argument}.must_keep", $"at most {MaxRemark} characters", $"{image.MustKeep?.Length}")),
        (image.MustAvoid?.Length > MaxRemark, new($"{argument}.must_avoid", $"at most {MaxRemark} characters", $"{image.MustAvoid?.Length}")),
        (image.Role is ReferenceRole.Base, new($"{argument}.role", "identity, style, object, environment or layout (base is what a call edits)", "base", image.Role is ReferenceRole.Base ? "identity" : null)));

    private static IEnumerable<Violation> CheckName(string argument, string? name) => string.IsNullOrWhiteSpace(name) ? [new(argument, CastName.Expected, "nothing")]
        : CastName.IsValid(name) ? []
        : [new(argument, CastName.Expected, Violation.Quote(name), CastName.FindNearest(name))];

    private static JsonObject CreateImagesSchema(string description) => SchemaBuilder.List(
        SchemaBuilder.Object(
            new JsonObject
            {
                ["image"] = SchemaBuilder.Typed("string"),
                ["role"] = SchemaBuilder.OneOf(null, Enum.GetValues<ReferenceRole>().Where(role => role is not ReferenceRole.Base).Select(role => role.Name)),
                ["must_keep"] = SchemaBuilder.Typed("string"),
                ["must_avoid"] = SchemaBuilder.Typed("string"),
            },
            "image"),
        description);

    private static ToolResponse CreateResponse(string text) => new() { Text = text, Structured = new JsonObject { ["summary"] = text } };
}

/// <summary>The arguments of define_cast.</summary>
internal sealed record DefineCastArguments(
    string? Name, CastKind? Kind, string? Traits, IReadOnlyList<CastImageArguments>? Images, IReadOnlyList<CastVariantArguments>? Variants, CastAction? Action)
{
    public CastChange ToChange() => new()
    {
        Name = Name ?? "",
        Kind = Kind,
        Traits = Traits,
        Images = ToChanges("images", Images),
        Variants = [.. (Variants ?? []).Select((variant, index) => new CastVariantChange(variant.Name ?? "", variant.Traits, ToChanges($"variants[{index}].images", variant.Images), variant.Remove is true))],
    };

    private static IReadOnlyList<CastImageChange>? ToChanges(string argument, IReadOnlyList<CastImageArguments>? images) => images is null
        ? null
        : [.. images.Select((image, index) => new CastImageChange($"{argument}[{index}].image", image.Image ?? "", image.Role, image.MustKeep, image.MustAvoid))];
}

/// <inheritdoc cref="DefineCastArguments"/>
internal sealed record CastImageArguments(string? Image, ReferenceRole? Role, string? MustKeep, string? MustAvoid);

/// <inheritdoc cref="DefineCastArguments"/>
internal sealed record CastVariantArguments(string? Name, string? Traits, IReadOnlyList<CastImageArguments>? Images, bool? Remove);

/// <summary>What to do with the entry.</summary>
[JsonConverter(typeof(Generation.Json.SnakeCaseEnumConverter<CastAction>))]
internal enum CastAction
{
    Save,
    Describe,
    List,
    Delete,
}
