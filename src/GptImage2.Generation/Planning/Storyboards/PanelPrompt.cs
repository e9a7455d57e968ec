using GptImage2.Generation.Models;
using GptImage2.Generation.Requests;

namespace GptImage2.Generation.Planning.Storyboards;

/// <summary>One panel as a request of its own: one prompt, one picture. What all panels have in common is said in the same words in each.</summary>
internal static class PanelPrompt
{
    private const int MaxShortLength = 40;

    private const string SinglePicture =
        "One single picture that fills the whole frame, from one camera: no border, no split screen, no caption, no speech balloon, and no words but those in quotes above.";

    private const string AnchorNote =
        "The look of the story: another picture of it. Who and what appears in both looks the same in both, drawn in the same medium, line, palette and light; " +
        "take neither its composition nor its action, and leave out whoever is not named below.";

    /// <summary>Of a picture that was drawn in another style.</summary>
    private const string OtherStyleNote =
        "Another picture of the story, in another style. Who and what appears in both has the same face, build, clothes and shape in both; " +
        "take neither its medium, line, palette and light nor its composition and action, and leave out whoever is not named below.";

    public static ImageRequest Create(Storyboard board, StoryboardPanel panel, SizeRules rules)
    {
        var size = PanelSize.Of(board, panel, rules);
        var (prompt, delivery) = (Compose(board, panel.Words), new Delivery { ResizeTo = size.ResizeTo });
        return board.References is []
            ? new GenerateRequest { Prompt = prompt, Size = size.Canvas, Quality = board.Quality, Delivery = delivery }
            : new EditRequest { Prompt = prompt, Size = size.Canvas, Quality = board.Quality, Delivery = delivery, References = board.References };
    }

    /// <summary>The same with a picture of the board that shows what all of them look like.</summary>
    /// <param name="image">Its id.</param>
    /// <param name="hasStyle">Whether it was drawn in the style that the request asks for.</param>
    /// <param name="knownSize">Its size in pixels, where it is not there yet.</param>
    public static EditRequest WithAnchor(ImageRequest request, string image, bool hasStyle, Dimensions? knownSize) => new()
    {
        Prompt = request.Prompt,
        Size = request.Size,
        Quality = request.Quality,
        Delivery = request.Delivery,
        References = [.. request.Images, new Reference { Image = image, Role = ReferenceRole.Identity, Note = hasStyle ? AnchorNote : OtherStyleNote, KnownSize = knownSize, Argument = "panels" }],
    };

    /// <summary>The same with a picture that is not there yet.</summary>
    public static EditRequest WithPlannedAnchor(ImageRequest request, bool hasStyle) =>
        WithAnchor(request, "(the picture that sets the look)", hasStyle, request.Delivery.ResizeTo ?? request.Size);

    /// <summary>The line about the shot on the board, as in "CU · slow push-in · 3 s"; empty where there is nothing to say.</summary>
    public static string DescribeShot(PanelWords words) =>
        string.Join(" · ", new[] { words.Shot, words.Camera, words.Duration is { } seconds ? $"{seconds:0.##} s" : null }.Where(part => !string.IsNullOrWhiteSpace(part)));

    /// <summary>The beginning of what a panel shows, by which it is known again.</summary>
    public static string Shorten(string action) => action.Length <= MaxShortLength ? action : $"{action[..(char.IsHighSurrogate(action[MaxShortLength - 2]) ? MaxShortLength - 2 : MaxShortLength - 1)].TrimEnd()}…";

    private static string Compose(Storyboard board, PanelWords words) => string.Join('\n', new[]
    {
        End(words.Action),
        (words.Shot, words.Camera) switch
        {
            ({ } shot, { } camera) => $"Shot: {End(ShotNames.Expand(shot))} Camera: {End(camera)}",
            ({ } shot, null) => $"Shot: {End(ShotNames.Expand(shot))}",
            (null, { } camera) => $"Camera: {End(camera)}",
            _ => null,
        },
        board.Style is { } style ? $"Style: {End(style)}" : null,
        SinglePicture,
    }.OfType<string>());

    private static string End(string words) => words.Trim() is [.., '.' or '!' or '?' or '。' or '！' or '？' or '"' or '”' or '…'] text ? text : $"{words.Trim()}.";
}
