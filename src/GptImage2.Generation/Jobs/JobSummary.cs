using GptImage2.Generation.Models;
using GptImage2.Generation.Planning;
using GptImage2.Generation.Planning.Regions;
using GptImage2.Generation.Rendering;
using GptImage2.Generation.Requests;
using GptImage2.Generation.Spending;

namespace GptImage2.Generation.Jobs;

/// <summary>What was asked for, as far as an observer of the job needs it; the same in every process.</summary>
public sealed record JobSummary
{
    public required string Owner { get; init; }

    public required string Tool { get; init; }

    public required string Backend { get; init; }

    /// <summary>What every result of this backend must say first, or null.</summary>
    public string? Notice { get; init; }

    public required string Model { get; init; }

    public required string Prompt { get; init; }

    /// <summary>The prompt the service gets, where the server added to it.</summary>
    public string? PromptAsSent { get; init; }

    public required int Count { get; init; }

    /// <summary>The canvas in pixels, width before height.</summary>
    public required Dimensions Size { get; init; }

    public required string Quality { get; init; }

    public required Price Price { get; init; }

    /// <summary>Size of the image that is edited as a whole, in pixels; null where there is none.</summary>
    public Dimensions? BaseSize { get; init; }

    /// <summary>The image whose background is removed, by its id or the name of its file; null for anything else.</summary>
    public string? CutOut { get; init; }

    /// <summary>How that background is removed, in the end; null for anything else.</summary>
    public CutoutMethod? CutoutMethod { get; init; }

    /// <summary>Whether two pictures are drawn for one image.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool Translucent { get; init; }

    /// <summary>What of an image is sent, where one part of it is edited; null for anything else.</summary>
    public RegionSummary? Part { get; init; }

    /// <summary>The board that is drawn; null for anything else.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public BoardSummary? Board { get; init; }

    /// <summary>Jobs of one kind take about the same time.</summary>
    public string Kind => $"{Backend}/{Model}/{Quality}/{Math.Round(Size.PixelCount / 1_000_000.0)} MP/{Count}{(Translucent ? " twice" : "")}{(Board is { } board ? $" {board.ToDraw} panels" : "")}";

    public static JobSummary FromPlan(JobPlan plan) => new()
    {
        Owner = plan.Caller.Owner,
        Tool = plan.Tool,
        Backend = plan.Backend.Name,
        Notice = plan.Backend.Notice,
        Model = plan.Validated.Profile.Model,
        Prompt = plan.Request.Prompt,
        PromptAsSent = plan.PromptAsSent is var sent && sent != plan.Request.Prompt ? sent : null,
        Count = plan.Request.Count,
        Size = plan.Request.Size,
        Quality = plan.Request.Quality.Name,
        Price = plan.Price,
        BaseSize = plan.Request is EditRequest { BaseIndex: { } index } && index < plan.Inputs.Count ? plan.Inputs[index].Header.Size : null,
        CutOut = plan is { Request: BackgroundRemovalRequest, Inputs: [var image] } ? image.DisplayName : null,
        CutoutMethod = plan.Request is BackgroundRemovalRequest ? FindMethod(plan.Backend) : null,
        Translucent = plan.Request.Translucent,
        Part = plan.Region is { } region ? RegionSummary.FromPlan(region) : null,
        Board = plan.Board is { } drawn ? BoardSummary.FromPlan(plan, drawn) : null,
    };

    private static CutoutMethod FindMethod(IImageBackend backend) =>
        backend.Profile.Model == LocalModel.FlatBackdrop.Model ? Requests.CutoutMethod.Key : backend.Name is LocalModel.Backend ? Requests.CutoutMethod.Model : Requests.CutoutMethod.Service;
}

/// <summary>A board, and what of it is drawn.</summary>
/// <param name="Id">board_ and letters.</param>
/// <param name="ToDraw">How many of its panels are drawn.</param>
/// <param name="Price">Of all of these together.</param>
/// <param name="Backend">Who draws them.</param>
/// <param name="Model">By which model.</param>
/// <param name="Notice">What every result of that backend must say first, or null.</param>
public sealed record BoardSummary(string Id, string? Title, int Panels, int ToDraw, Price Price, string? Backend, string? Model, string? Notice)
{
    public static BoardSummary FromPlan(JobPlan plan, Storyboard board)
    {
        var panel = plan.Panels.Select(drawn => drawn.Plan).FirstOrDefault();
        return new BoardSummary(board.Id, board.Title, board.Panels.Count, plan.Panels.Count, plan.TotalPrice, panel?.Backend.Name, panel?.Validated.Profile.Model, panel?.Backend.Notice);
    }
}

/// <summary>What of an image is sent, and where it is on the canvas.</summary>
/// <param name="Coverage">Share of the image that may change, 0 to 1.</param>
/// <param name="Feather">In pixels of the original.</param>
/// <param name="Left">In pixels of the original, as are all but the canvas.</param>
/// <param name="Scale">From the original to the canvas.</param>
public sealed record RegionSummary(double Coverage, int Feather, int Left, int Top, int Width, int Height, double Scale, Dimensions Canvas)
{
    public static RegionSummary FromPlan(RegionPlan region) => new(
        region.Mask.Coverage,
        region.Feather,
        region.Placement.Area.Left,
        region.Placement.Area.Top,
        region.Placement.Area.Size.Width,
        region.Placement.Area.Size.Height,
        region.Placement.Scale,
        region.Placement.Canvas);
}
