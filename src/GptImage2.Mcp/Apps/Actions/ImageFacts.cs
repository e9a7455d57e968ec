using GptImage2.Generation.Storage;
using GptImage2.Mcp.Callers;
using GptImage2.Mcp.Results;
using GptImage2.Mcp.Results.Links;
using GptImage2.Mcp.Tools.Arguments;

namespace GptImage2.Mcp.Apps.Actions;

/// <summary>What the page tells of an image. A caller on another machine gets links where one on this machine gets paths.</summary>
internal sealed class ImageFacts(IImageStore store, IDownloadLinks links)
{
    private const string SketchName = "sketch";

    public JsonObject Create(CallerSession session, ImageRecord record, bool isFavourite)
    {
        var json = ImageJson.Create(record);
        json.Remove("sha256");
        json["name"] = Path.GetFileName(record.File.Path);
        json["alpha"] = record.File.HasAlpha;
        json["prompt"] = record.Prompt;
        json["created"] = record.Created.ToString("O");
        json["tool"] = record.Tool;
        json["model"] = record.Backend is SketchName ? $"{record.Model} (sketch)" : record.Model;
        json["quality"] = record.Quality;
        json["path"] = session.IfPathsAllowed(store.GetAbsolutePath(record.File));
        json["download_url"] = links.Create(session.Caller, record);
        json["made_from"] = record.Inputs is { Count: > 0 } inputs ? inputs.Select(input => input.Image).OfType<string>().ToJsonArray() : null;
        json["favourite"] = isFavourite;
        json["region"] = record.Region is not { } region ? null : new JsonObject
        {
            ["coverage"] = region.Coverage,
            ["changed_inside"] = region.ChangedInside,
            ["changed_outside"] = region.ChangedOutside,
        };
        return json.WithoutNulls();
    }
}
