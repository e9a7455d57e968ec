using GptImage2.Generation.Models;
using GptImage2.Generation.Planning.Storyboards;
using GptImage2.Generation.Requests;
using GptImage2.Mcp.Results;
using GptImage2.Mcp.Tools.Arguments;

namespace GptImage2.Mcp.Apps.Actions;

/// <summary>A board as it stands, for the page. Changes are calls of update_storyboard.</summary>
internal sealed class BoardActions(IStoryboardStore boards)
{
    private const int MaxSuggested = 200;

    /// <exception cref="ImageException">The caller has no such board.</exception>
    public async Task<ToolResponse> ReadAsync(Caller caller, string board, CancellationToken cancellationToken)
    {
        if (await boards.FindAsync(caller.Owner, board.Trim(), cancellationToken) is not { } found)
        {
            var ids = await boards.SuggestAsync(caller.Owner, "", MaxSuggested, cancellationToken);
            throw new InvalidRequestException([new Violation("board", "the id of one of your boards", Violation.Quote(board), EditDistance.FindNear(board, ids))]);
        }

        return ImageActions.CreateResponse($"{found.Panels.Count} panels.", new JsonObject { ["board"] = ToJson(found) });
    }

    private static JsonObject ToJson(Storyboard board) => new JsonObject
    {
        ["id"] = board.Id,
        ["title"] = board.Title,
        ["style"] = board.Style,
        ["size"] = board.Size,
        ["quality"] = EnumNames.Format(board.Quality),
        ["picture"] = board.Picture,
        ["panels"] = new JsonArray([.. board.Panels.Select((panel, index) => ToJson(panel, index, board.Size))]),
    }.WithoutNulls();

    private static JsonObject ToJson(StoryboardPanel panel, int index, string boardSize) => new JsonObject
    {
        ["panel"] = index + 1,
        ["id"] = panel.Id,
        ["action"] = panel.Words.Action,
        ["shot"] = panel.Words.Shot,
        ["camera"] = panel.Words.Camera,
        ["dialogue"] = panel.Words.Dialogue,
        ["caption"] = panel.Words.Caption,
        ["duration"] = panel.Words.Duration,
        ["size"] = FindSize(panel.Words.Size ?? boardSize),
        ["image"] = panel.Shown?.Image,
        ["version"] = panel.Active,
        ["versions"] = new JsonArray([.. panel.Versions.Select(version => new JsonObject { ["version"] = version.Number, ["image"] = version.Image })]),
        ["state"] = FindState(panel),
        ["failure"] = panel.Attempt?.Failure is not { } failure ? null : new JsonObject
        {
            ["code"] = EnumNames.Format(failure.Code),
            ["message"] = failure.Message,
            ["billed"] = EnumNames.Format(failure.Billed),
            ["request_id"] = failure.RequestId,
        }.WithoutNulls(),
    }.WithoutNulls();

    /// <summary>As width and height, whatever it is called.</summary>
    private static string FindSize(string written) => SizePreset.All.FirstOrDefault(preset => preset.Name == written.Trim())?.Size.ToString() ?? written;

    private static string FindState(StoryboardPanel panel) => panel switch
    {
        { Attempt.Failure: not null } => "failed",
        { Attempt: not null } => "drawing",
        { Shown: null } => "missing",
        _ => "drawn",
    };
}
