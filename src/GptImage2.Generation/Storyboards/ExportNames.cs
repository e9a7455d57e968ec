using GptImage2.Generation.Json;

namespace GptImage2.Generation.Storyboards;

/// <summary>What the files of an exported board are called.</summary>
public static class ExportNames
{
    public const string BoardPng = "board.png";
    public const string BoardPdf = "board.pdf";
    public const string PanelsPdf = "panels.pdf";
    public const string CutListJson = "cuts.json";
    public const string AnimaticWebp = "animatic.webp";

    /// <summary>Everything but the panels.</summary>
    public static IReadOnlyList<string> All { get; } = [BoardPng, BoardPdf, PanelsPdf, CutListJson, AnimaticWebp];

    /// <summary>The files that an export makes, without those of the panels.</summary>
    public static IReadOnlyList<string> Of(StoryboardExport export) => export switch
    {
        StoryboardExport.Png => [BoardPng],
        StoryboardExport.Pdf => [BoardPdf],
        StoryboardExport.PdfPages => [PanelsPdf],
        StoryboardExport.Animatic => [CutListJson, AnimaticWebp],
        _ => [],
    };

    /// <param name="number">From 1.</param>
    public static string Panel(int number, ImageFormat format) => $"panel-{number:00}.{format.Extension}";

    /// <summary>The media type of one of these files.</summary>
    public static string GetMediaType(string name) => Path.GetExtension(name) switch
    {
        ".pdf" => "application/pdf",
        ".json" => "application/json",
        ".webp" => "image/webp",
        _ => "image/png",
    };
}

/// <summary>What of a board is exported.</summary>
[JsonConverter(typeof(SnakeCaseEnumConverter<StoryboardExport>))]
public enum StoryboardExport
{
    /// <summary>The board as one picture.</summary>
    Png,

    /// <summary>The board as a document of one page.</summary>
    Pdf,

    /// <summary>A document with one panel a page.</summary>
    PdfPages,

    /// <summary>The panels as numbered files, as they were drawn.</summary>
    Panels,

    /// <summary>A list of cuts with their times, and an animated WebP.</summary>
    Animatic,
}
