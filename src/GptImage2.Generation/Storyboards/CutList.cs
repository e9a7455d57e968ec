using GptImage2.Generation.Requests;
using GptImage2.Generation.Storage;

namespace GptImage2.Generation.Storyboards;

/// <summary>The panels in time: what an editing program, or a person, makes an animatic of.</summary>
internal static class CutList
{
    /// <summary>Of a panel without one, in seconds.</summary>
    public const double DefaultDuration = 3;

    /// <param name="pictures">Of the panels, in their order; null where there is none.</param>
    /// <param name="hasFiles">Whether the panels are files beside it.</param>
    public static JsonObject Create(Storyboard board, IReadOnlyList<ImageRecord?> pictures, bool hasFiles)
    {
        var start = 0.0;
        var cuts = new JsonArray();
        foreach (var (index, (panel, picture)) in board.Panels.Zip(pictures).Index())
        {
            var (words, seconds) = (panel.Words, panel.Words.Duration ?? DefaultDuration);
            cuts.Add((JsonNode)WithoutNulls(new JsonObject
            {
                ["panel"] = index + 1,
                ["file"] = picture is null || !hasFiles ? null : ExportNames.Panel(index + 1, picture.File.Format),
                ["start_s"] = Math.Round(start, 3),
                ["duration_s"] = seconds,
                ["action"] = words.Action,
                ["shot"] = words.Shot,
                ["camera"] = words.Camera,
                ["dialogue"] = words.Dialogue,
                ["caption"] = words.Caption,
                ["width"] = picture?.File.Size.Width,
                ["height"] = picture?.File.Size.Height,
                ["image"] = picture?.Id,
            }));
            start += seconds;
        }

        return WithoutNulls(new JsonObject { ["title"] = board.Title, ["board"] = board.Id, ["duration_s"] = Math.Round(start, 3), ["panels"] = cuts });
    }

    private static JsonObject WithoutNulls(JsonObject json)
    {
        foreach (var (name, _) in json.Where(member => member.Value is null).ToArray())
        {
            json.Remove(name);
        }

        return json;
    }
}
