using GptImage2.Generation.Inputs;
using GptImage2.Generation.Planning.Regions;
using GptImage2.Generation.Requests;
using GptImage2.Generation.Requests.Constraints;
using GptImage2.Generation.Storage;
using GptImage2.Imaging.Previews;
using GptImage2.Mcp.Results;
using GptImage2.Mcp.Results.Recipes;
using GptImage2.Mcp.Results.Views;
using GptImage2.Mcp.Tools.Arguments;
using GptImage2.Mcp.Tools.Base;

namespace GptImage2.Mcp.Tools;

/// <summary>Lets the model look at images. No structured content, so that they always reach it.</summary>
internal sealed class ViewImageTool(
    ImageArgumentResolver resolver, IImageCatalog catalog, ImageContentBuilder content, ViewHistory views,
    SheetContentBuilder sheets, RecipeReader recipes, ImageFinder finder, InputImageResolver inputs)
    : Tool<ViewImageArguments>(ToolJsonContext.Default.ViewImageArguments)
{
    private const int MinEdge = 64;
    private const int MaxImages = 16;
    private const int MaxNameLength = 60;

    public override Tool GetDefinition() => new()
    {
        Name = "view_image",
        Title = "View image",
        Description = "Shows any image to you, whole or a detail in full sharpness, or several on one sheet. Free.",
        InputSchema = SchemaBuilder.Object(new JsonObject
        {
            ["image"] = SchemaBuilder.Text(ImageArgumentDescriptions.Full),
            ["images"] = SchemaBuilder.List(SchemaBuilder.Typed("string"), $"Or up to {MaxImages}, numbered on one sheet.", MaxImages),
            ["max_edge"] = SchemaBuilder.Integer($"Longest edge in pixels, {MinEdge} to {PreviewOptions.DefaultMaxEdge} (default).", MinEdge, PreviewOptions.DefaultMaxEdge),
            ["crop"] = RegionArguments.CreateRectangleSchema("Show only this part; units as in inpaint_region."),
            ["recipe"] = SchemaBuilder.Flag("Instead tell how it was made, with the call for its like."),
        }).CloseToElement(),
        Annotations = new() { ReadOnlyHint = true, DestructiveHint = false, IdempotentHint = true, OpenWorldHint = true },
    };

    protected override IEnumerable<Violation> Validate(ViewImageArguments arguments, ArgumentValidationResult shape)
    {
        var (one, several) = (arguments.Image is not null || shape.IsInvalid("image"), arguments.Images is not null || shape.IsInvalid("images"));
        return
        [
            .. Violation.Collect(
                (!one && !several, new("image", "image, or images for several", "neither")),
                (one && several, new("images", "either image or images", "both") { Repairs = UniteImages(arguments) }),
                (arguments.Images is { Count: 0 or > MaxImages }, new("images", $"1 to {MaxImages} images", $"{arguments.Images?.Count}")),
                (arguments is { Recipe: true, Images: not null } or { Recipe: true, Crop: not null }, new("recipe", "image alone with recipe (it is a text about one image)", "images or crop")),
                (!one && several && arguments.Crop is not null, new("crop", "to be omitted with images (a detail is of one image)", "a value")),
                (!one && several && arguments.MaxEdge is >= MinEdge and < ContactSheet.MinEdge, new("max_edge", $"{ContactSheet.MinEdge} or more for a sheet", $"{arguments.MaxEdge}", $"{ContactSheet.MinEdge}"))),
            .. arguments.Crop?.ToShapeInput() switch
            {
                { } crop when !shape.IsInvalid("crop") => [.. RegionShapeInputValidator.Check(crop, "crop."), .. shape.Violations is [] ? [] : RegionShapeInputValidator.CheckUnits(crop, "crop.")],
                _ => Array.Empty<Violation>(),
            },
        ];
    }

    private static Repair[] UniteImages(ViewImageArguments arguments) => arguments is { Image: { } image, Images: { } images }
        ? [new Repair("image", null), new Repair("images", new JsonArray([image, .. images.Except([image]).Select(other => (JsonNode)other)]))]
        : [new Repair("images", null)];

    protected override Task<IReadOnlyList<Failure>> FindImageFailuresAsync(ViewImageArguments arguments, ToolCall call, CancellationToken cancellationToken) =>
        inputs.FindFailuresAsync(
            call.Caller,
            arguments.Images?.Take(MaxImages).Select((image, index) => ($"images[{index}]", image ?? "")) ?? [("image", arguments.Image ?? "")],
            cancellationToken);

    protected override async Task CheckAsync(ViewImageArguments arguments, ToolCall call, CancellationToken cancellationToken)
    {
        if (arguments is { Recipe: true, Image: { } made })
        {
            await FindRecordAsync(call.Caller, made, cancellationToken);
        }

        foreach (var (index, image) in (arguments.Images ?? [arguments.Image!]).Index())
        {
            using var resolved = await resolver.ResolveAsync(call.Caller, arguments.Images is null ? "image" : $"images[{index}]", image, cancellationToken);
            var size = resolved.ReadHeader().Size;
            _ = arguments.Crop is { } crop ? ToCropResolver(crop)(size, views.Find(call.Session, resolved.ComputeHash())) : default;
        }
    }

    protected override async Task<ToolResponse> InvokeAsync(ViewImageArguments arguments, ToolCall call, CancellationToken cancellationToken)
    {
        if (arguments.Images is { } images)
        {
            return await ShowSeveralAsync(images, arguments.MaxEdge, call, cancellationToken);
        }

        if (arguments.Recipe is true)
        {
            return new ToolResponse { Text = await recipes.ReadAsync(call.Caller, await FindRecordAsync(call.Caller, arguments.Image!, cancellationToken), cancellationToken) };
        }

        using var resolved = await resolver.ResolveAsync(call.Caller, "image", arguments.Image!, cancellationToken);
        return resolved.ReadWith(_ => content.CreateViewResponse(
            call.Session,
            resolved,
            arguments.MaxEdge,
            arguments.Crop is { } crop ? ToCropResolver(crop) : null));
    }

    private async Task<ToolResponse> ShowSeveralAsync(IReadOnlyList<string> names, int? maxEdge, ToolCall call, CancellationToken cancellationToken)
    {
        var images = await resolver.ResolveAllAsync(call.Caller, "images", names, cancellationToken);
        try
        {
            return sheets.CreateSheetResponse(call.Session, images, [.. images.Zip(names, (image, name) => image.Record?.Id ?? Shorten(name))], maxEdge);
        }
        catch (UnreadableImageException unreadable)
        {
            throw new ImageException(
                new Failure { Code = FailureCode.UnreadableImage, Message = $"images: {unreadable.Message}", Retry = RetryAdvice.Changed, Argument = "images" },
                unreadable);
        }
        finally
        {
            foreach (var image in images)
            {
                image.Dispose();
            }
        }
    }

    /// <summary>By its id, by the name of its file, which contains the id, or by the path of a copy.</summary>
    private async Task<ImageRecord> FindRecordAsync(Caller caller, string image, CancellationToken cancellationToken)
    {
        var name = Path.GetFileName(image.Trim());
        var id = await catalog.SuggestAsync(caller.Owner, name, 1, cancellationToken) is [{ FileName: { } file } suggestion] && file.Equals(name, StringComparison.OrdinalIgnoreCase) ? suggestion.Id : image;
        if (await finder.FindCopiedAsync(caller, id, cancellationToken) is { } copied)
        {
            return copied;
        }

        using var resolved = await resolver.ResolveAsync(caller, "image", id, cancellationToken);
        Repair[] search = name.Length > MaxNameLength ? [] : [new Repair("query", GetWords(name)) { Tool = "list_images" }];
        return resolved.Record ?? throw new InvalidRequestException(
            [new Violation("image", "an image that was made here, for recipe", Violation.Quote(image)) { Repairs = search }]);
    }

    /// <summary>The words of a file's name; null where it has none.</summary>
    private static JsonNode? GetWords(string name) =>
        Path.GetFileNameWithoutExtension(name).Split(['-', '_', '.', ' '], StringSplitOptions.RemoveEmptyEntries) is [_, ..] words ? string.Join(' ', words) : null;

    /// <summary>Waits for the image's size, which decides what the numbers mean.</summary>
    private static Func<Dimensions, DisplayedView?, PixelArea> ToCropResolver(RegionArguments crop) => (size, shown) =>
        RegionResolver.GetBounds(RegionResolver.Resolve(crop.ToShapeInput(), size, shown, "crop"), size);

    /// <summary>A path, or the beginning of a data: URI.</summary>
    private static string Shorten(string name) => TextTruncation.Truncate(name.Length > 2 * MaxNameLength ? name[..MaxNameLength] + "…" : name, MaxNameLength);
}

/// <summary>The arguments of view_image.</summary>
internal sealed record ViewImageArguments(string? Image, IReadOnlyList<string>? Images, int? MaxEdge, RegionArguments? Crop, bool? Recipe);
