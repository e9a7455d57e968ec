using GptImage2.Generation.Inputs;
using GptImage2.Generation.Planning;
using GptImage2.Generation.Planning.Regions;
using GptImage2.Generation.Requests;

namespace GptImage2.Generation.Jobs.Persistence;

/// <summary>Identifies duplicates: two plans with the same key would make, and bill, the same thing twice.</summary>
internal static class JobDeduplicationKey
{
    /// <summary>SHA-256 over owner, backend, model and everything that decides the images; not over how they are shown or waited for.</summary>
    public static string Compute(JobPlan plan)
    {
        var request = plan.Request;
        string[] parts =
        [
            plan.Caller.Owner,
            plan.Tool,
            plan.Backend.Name,
            plan.Validated.Profile.Model,
            // Those of a board follow from what is asked, and change once that is done.
            request is StoryboardRequest ? "" : request.Prompt,
            request is StoryboardRequest ? "" : request.Size.ToString(),
            $"{request.Count}",
            request.Quality.ToString(),
            request.Background.ToString(),
            .. DescribeDelivery(request.Delivery),
            request.Cutout.ToString(),
            .. plan.Inputs.SelectMany(DescribeInput),
            .. plan.Region is { } region ? DescribeRegion(region) : [],
            .. request is BoardRequest board ? DescribeBoard(board) : [],
            .. request is StoryboardRequest storyboard ? DescribeStoryboard(storyboard) : [],
            // Only where it is set, so that the keys of all other calls stay what they were.
            .. request.Translucent ? ["translucent"] : Array.Empty<string>(),
            .. request is BackgroundRemovalRequest { OpenHoles: true } ? ["holes"] : Array.Empty<string>(),
            .. (request.Cast ?? []).Select(line => line.Text),
        ];

        // Lengths before parts, so that no prompt can be written to look like another call.
        var text = string.Concat(parts.Select(part => $"{part.Length}:{part}"));
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
    }

    /// <summary>
    /// Field by field: the key is persisted and shared by servers of different versions, and a record's own text would change
    /// with every property that is added or renamed, even where no image does.
    /// </summary>
    private static IEnumerable<string> DescribeDelivery(Delivery delivery) =>
    [
        delivery.Format.ToString(),
        $"{delivery.Compression}",
        $"{delivery.ResizeTo}",
        delivery.SaveTo ?? "",
        // Only where it is true, so that the keys of all other calls stay what they were.
        .. delivery.Overwrite ? ["overwrite"] : Array.Empty<string>(),
    ];

    /// <summary>By content, never by where it was found.</summary>
    private static IEnumerable<string> DescribeInput(InputImage input) =>
        [input.Stored!.Sha256, input.Reference.Role.ToString(), input.Reference.Note ?? "", input.Reference.FullSize.ToString()];

    private static IEnumerable<string> DescribeBoard(BoardRequest board) => [$"{board.Columns}", board.Title ?? "", .. board.Captions];

    /// <summary>A new board by everything on it, because its id is new with each call; a change by the board and by what it says.</summary>
    private static IEnumerable<string> DescribeStoryboard(StoryboardRequest request) => request switch
    {
        { New: { } board } => ["new", board.Title ?? "", board.Style ?? "", board.Size, board.Quality.ToString(), .. board.Panels.SelectMany(panel => DescribeWords(panel.Words))],
        { Change: { } change } =>
        [
            request.Board,
            change.Title ?? "-",
            change.Style ?? "-",
            change.Quality?.ToString() ?? "-",
            string.Join(',', change.Remove),
            change.Order is { } order ? string.Join(',', order) : "-",
            .. change.Panels.SelectMany(edit => (string[])[$"{edit.Panel}", $"{edit.After}", $"{edit.Version}", $"{edit.Redraw}", .. DescribeWords(edit.Action, edit.Shot, edit.Camera, edit.Dialogue, edit.Caption, edit.Duration, edit.Size)]),
        ],
        _ => [],
    };

    private static string[] DescribeWords(PanelWords words) => DescribeWords(words.Action, words.Shot, words.Camera, words.Dialogue, words.Caption, words.Duration, words.Size);

    private static string[] DescribeWords(string? action, string? shot, string? camera, string? dialogue, string? caption, double? duration, string? size) =>
        [action ?? "-", shot ?? "-", camera ?? "-", dialogue ?? "-", caption ?? "-", FormattableString.Invariant($"{duration}"), size ?? "-"];

    /// <summary>By the pixels that change: two ways of describing the same region are the same region.</summary>
    private static IEnumerable<string> DescribeRegion(RegionPlan region)
    {
        var bounds = region.Mask.Bounds;
        return
        [
            $"{bounds.Left},{bounds.Top},{bounds.Size}",
            Convert.ToHexStringLower(SHA256.HashData(region.Mask.GetFeatherWeights(bounds, 0))),
            $"{region.Feather}",
            region.Outside.ToString(),
            // Only where it is off, so that the keys of all other calls stay what they were.
            .. region.MatchColours ? Array.Empty<string>() : ["unmatched"],
        ];
    }
}
