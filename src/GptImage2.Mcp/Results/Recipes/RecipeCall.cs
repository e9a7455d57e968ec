using System.Text.Encodings.Web;
using GptImage2.Generation.Models;
using GptImage2.Generation.Planning;
using GptImage2.Generation.Requests;
using GptImage2.Generation.Storage;
using GptImage2.Imaging.Compositing;
using GptImage2.Mcp.Tools.Arguments;

namespace GptImage2.Mcp.Results.Recipes;

/// <summary>The call that makes the like of an image: what its defaults are today does not matter.</summary>
internal static class RecipeCall
{
    private static readonly JsonSerializerOptions LettersAsTheyAre = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <returns>The tool and its arguments, or null where something of it is no longer there.</returns>
    public static string? FromPlan(JobPlan plan, IReadOnlyList<RecipeInput> all)
    {
        var (request, inputs) = (plan.Request, GetOwn(all));
        if (request is StoryboardRequest storyboard)
        {
            // Its panels have recipes of their own; this call shows the board without drawing anything.
            return Format("update_storyboard", new JsonObject { ["board"] = storyboard.Board, ["dry_run"] = true });
        }

        return inputs.Any(input => input.Name is null) || request is InpaintRequest { Mask: ['d' or 'D', 'a' or 'A', 't' or 'T', 'a' or 'A', ':', ..] }
            ? null
            : Format(FindTool(plan.Tool, inputs), request switch
            {
                BackgroundRemovalRequest removal => AddDelivery(new JsonObject { ["image"] = inputs[0].Name, ["method"] = BackgroundRemovalMethod.Format(removal.Method), ["holes"] = removal.OpenHoles ? BackgroundRemovalMethod.OpenHoles : null }, request),
                BoardRequest board => AddDelivery(CreateBoard(board, inputs), request),
                InpaintRequest inpaint => AddDrawing(CreateInpaint(inpaint, inputs), request),
                EditRequest edit => AddDrawing(AddSize(CreateEdit(request.Prompt, inputs), request, edit.SizeFollowsReference), request),
                _ => AddDrawing(AddSize(new JsonObject { ["prompt"] = request.Prompt }, request, follows: false), request),
            });
    }

    /// <summary>Without a plan the canvas, a region and notes are not known.</summary>
    public static string? FromRecord(ImageRecord image, IReadOnlyList<RecipeInput> all)
    {
        var inputs = GetOwn(all);
        if (inputs.Any(input => input.Name is null) || image.Region is not null || image.Tool is "compose_board" || LocalModel.Find(image.Model) == LocalModel.Storyboard)
        {
            return null;
        }

        var format = image.File.Format.Name;
        var drawn = image.Tool is "remove_background" ? new JsonObject { ["image"] = inputs is [var only] ? only.Name : null, ["method"] = FindMethod(image) }
            : inputs is [] ? new JsonObject { ["prompt"] = image.Prompt }
            : CreateEdit(image.Prompt, inputs);
        if (image.Tool is not "remove_background")
        {
            drawn["resize_to"] = image.File.Size.ToString();
            drawn["quality"] = image.Quality;
        }

        drawn["format"] = format;
        return Format(FindTool(image.Tool, inputs), drawn.WithoutNulls());
    }

    /// <summary>A panel of a board was drawn as any image is.</summary>
    private static string FindTool(string tool, RecipeInput[] inputs) => tool switch
    {
        "create_storyboard" or "update_storyboard" when inputs is [] => "generate_image",
        "create_storyboard" or "update_storyboard" => "edit_with_references",
        _ => tool,
    };

    /// <summary>Without what the prompt's mentions of the cast bring.</summary>
    private static RecipeInput[] GetOwn(IReadOnlyList<RecipeInput> inputs) => [.. inputs.Where(input => input.Cast is null)];

    private static string? FindMethod(ImageRecord image) =>
        LocalModel.Find(image.Model) is not null ? null : image.Backend is LocalModel.Backend ? BackgroundRemovalMethod.Model : BackgroundRemovalMethod.Service;

    private static string Format(string tool, JsonObject arguments) => $"{tool} {arguments.ToJsonString(LettersAsTheyAre)}";

    private static JsonObject CreateEdit(string prompt, RecipeInput[] inputs) =>
        new JsonObject { ["prompt"] = prompt, ["references"] = inputs is [] ? null : new JsonArray([.. inputs.Select(CreateReference)]) }.WithoutNulls();

    private static JsonObject CreateBoard(BoardRequest request, RecipeInput[] inputs) => new JsonObject
    {
        ["images"] = inputs.Select(input => input.Name!).ToJsonArray(),
        ["captions"] = request.Captions is [] ? null : request.Captions.ToJsonArray(),
        ["columns"] = request.Columns,
        ["title"] = request.Title,
    }.WithoutNulls();

    private static JsonObject CreateInpaint(InpaintRequest request, RecipeInput[] inputs) => new JsonObject
    {
        ["prompt"] = request.Prompt,
        ["image"] = inputs[0].Name,
        ["region"] = request.Region is [] ? null : new JsonArray([.. request.Region.Select(CreateShape)]),
        ["mask"] = request.Mask,
        ["invert"] = request.Invert,
        ["feather"] = request.Feather,
        ["outside"] = request.Outside is OutsidePixels.Keep ? null : EnumNames.Format(request.Outside),
        ["match_colours"] = request.MatchColours ? null : false,
        ["references"] = inputs.Length is 1 ? null : new JsonArray([.. inputs.Skip(1).Select(CreateReference)]),
    }.WithoutNulls();

    private static JsonNode CreateReference(RecipeInput input) => new JsonObject
    {
        ["image"] = input.Name,
        ["role"] = input.Role,
        ["note"] = input.Note,
        ["full_size"] = input.FullSize ? true : null,
    }.WithoutNulls();

    private static JsonNode CreateShape(RegionShapeInput shape) => new JsonObject
    {
        ["shape"] = shape.Shape is RegionShapeKind.Rectangle ? null : EnumNames.Format(shape.Shape),
        ["x"] = shape.X,
        ["y"] = shape.Y,
        ["width"] = shape.Width,
        ["height"] = shape.Height,
        ["points"] = shape.Points is [] ? null : new JsonArray([.. shape.Points.Select(point => new JsonArray([.. point.Select(number => (JsonNode)number)]))]),
        ["units"] = EnumNames.Format(shape.Units ?? RegionUnits.Fractions),
    }.WithoutNulls();

    private static JsonObject AddSize(JsonObject call, ImageRequest request, bool follows)
    {
        if (!follows)
        {
            (call["width"], call["height"]) = (request.Size.Width, request.Size.Height);
            call["resize_to"] = request.Delivery.ResizeTo?.ToString();
        }

        return call.WithoutNulls();
    }

    private static JsonObject AddDrawing(JsonObject call, ImageRequest request)
    {
        call["count"] = request.Count is 1 ? null : request.Count;
        call["quality"] = EnumNames.Format(request.Quality);
        call["background"] = request.Cutout || request.Background is ImageBackground.Auto ? null : EnumNames.Format(request.Background);
        call["cutout"] = request.Translucent ? CutoutChoiceConverter.Translucent : request.Cutout ? true : null;
        return AddDelivery(call, request);
    }

    private static JsonObject AddDelivery(JsonObject call, ImageRequest request)
    {
        call["format"] = request.Delivery.Format.Name;
        call["compression"] = request.Delivery.Compression;
        return call.WithoutNulls();
    }
}
