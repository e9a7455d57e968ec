using GptImage2.Generation.Models;
using GptImage2.Generation.Requests;
using GptImage2.Imaging.Boards;

namespace GptImage2.Generation.Planning.Storyboards;

/// <summary>What a board looks like as one picture: its panels in reading order, with what is said of each below it.</summary>
internal static class BoardPicture
{
    private const int MaxPromptWords = 4000;

    /// <param name="sizes">Of the panels' pictures in pixels, in their order.</param>
    public static BoardContent CreateContent(Storyboard board, IEnumerable<Dimensions> sizes) => new([.. sizes])
    {
        Title = board.Title,
        Shots = [.. board.Panels.Select(panel => KeepTogether(PanelPrompt.DescribeShot(panel.Words)))],
        Captions = [.. board.Panels.Select(panel => panel.Words.Caption ?? (board.Panels.All(other => other.Words is { Caption: null, Dialogue: null }) ? PanelPrompt.Shorten(panel.Words.Action) : ""))],
        Dialogues = [.. board.Panels.Select(panel => panel.Words.Dialogue ?? "")],
    };

    /// <summary>A number and its unit are not parted by the end of a line.</summary>
    private static string KeepTogether(string shot) => shot.EndsWith(" s", StringComparison.Ordinal) ? $"{shot[..^2]}\u00A0s" : shot;

    /// <summary>What a change says that only what is drawn would show.</summary>
    public static IEnumerable<string> FindIdleChanges(StoryboardChange? change, int drawn)
    {
        if (change?.Style is not null && drawn is 0)
        {
            yield return "style: the pictures that are there keep theirs; name panels to have them drawn anew in this one.";
        }

        if (change?.Quality is not null && drawn is 0)
        {
            yield return "quality: nothing is drawn, so it changes nothing; name panels to have them drawn anew.";
        }
    }

    /// <summary>How large it will be, in pixels.</summary>
    public static Dimensions Measure(Storyboard board, SizeRules rules) =>
        BoardRenderer.Measure(CreateContent(board, board.Panels.Select(panel => PanelSize.Of(board, panel, rules).Delivered)));

    /// <summary>The words on the board, and what its panels show, by which it is found again.</summary>
    public static string Describe(Storyboard board)
    {
        var words = string.Join('\n', board.Panels.Select((panel, index) => $"{index + 1}. {string.Join(" · ", new[] { panel.Words.Action, panel.Words.Caption, panel.Words.Dialogue }.OfType<string>())}").Prepend($"{board.Title ?? "Storyboard"} ({board.Id})"));
        return words.Length <= MaxPromptWords ? words : words[..MaxPromptWords];
    }
}
