using GptImage2.Generation.Models;

namespace GptImage2.Generation.Requests.Constraints;

/// <summary>A board has a few panels, each with something to draw and no more words than fit below it. What depends on the board that is changed, its own rules say.</summary>
internal sealed class StoryboardConstraint : IRequestConstraint
{
    private const int MaxTitle = 120;
    private const int MaxShot = 60;
    private const int MaxCamera = 120;

    /// <summary>Three lines of a wide cell.</summary>
    private const int MaxBelow = 300;

    /// <summary>In seconds.</summary>
    private const double MinDuration = 0.1;

    /// <inheritdoc cref="MinDuration"/>
    private const double MaxDuration = 600;

    public IEnumerable<Violation> Check(ImageRequest request, ModelProfile profile) => request is not StoryboardRequest board ? []
        : board.New is { } created ? CheckNew(created)
        : board.Change is { } change ? CheckChange(change)
        : [];

    private static IEnumerable<Violation> CheckNew(Storyboard board)
    {
        var count = board.Panels.Count;
        return
        [
            .. Violation.Collect(
                (count is < Storyboard.MinPanels or > Storyboard.MaxPanels, new("panels", $"{Storyboard.MinPanels} to {Storyboard.MaxPanels} panels", $"{count}") { Repairs = [] }),
                (board.References.Any(reference => reference.Role is ReferenceRole.Base), new("references", "no role base, because nothing is edited (object, identity, style, environment or layout)", "base")
                {
                    Repairs = [.. board.References.Index().Where(entry => entry.Item.Role is ReferenceRole.Base).Select(entry => new Repair($"references[{entry.Index}].role", ReferenceRole.Identity.Name))],
                })),
            .. CheckTitle(board.Title),
            .. board.Panels.Index().SelectMany(panel => CheckPanel($"panels[{panel.Index}]", panel.Item.Words)),
        ];
    }

    private static IEnumerable<Violation> CheckChange(StoryboardChange change) =>
    [
        .. CheckTitle(change.Title),
        .. change.Panels.SelectMany(edit => CheckPanel(edit.Argument, edit.ApplyTo(new PanelWords { Action = edit.After is null ? "as before" : "" }))),
        .. change.Panels.SelectMany(CheckEdit),
        .. change.Panels.Where(edit => edit.Panel is not null).GroupBy(edit => edit.Panel).Where(group => group.Count() > 1)
            .Select(group => new Violation($"{group.Last().Argument}.panel", "each panel once", $"{group.Key}, which {group.First().Argument} names as well") { Repairs = [] }),
        .. Violation.Collect((change.Remove.Distinct().Count() < change.Remove.Count, new("remove", "each panel once", $"[{string.Join(", ", change.Remove)}]") { Repairs = [new Repair("remove", new JsonArray([.. change.Remove.Distinct().Select(number => (JsonNode)number)]))] })),
    ];

    private static IEnumerable<Violation> CheckEdit(PanelEdit edit) => Violation.Collect(
        (edit is { Panel: null, After: null }, new($"{edit.Argument}.panel", "the number of the panel to change, or in its place after (the panel behind which a new one comes)", "neither")),
        (edit is { Panel: not null, After: not null }, new($"{edit.Argument}.after", "either panel or after", "both")),
        (edit is { After: not null, Version: not null }, new($"{edit.Argument}.version", "to be omitted for a new panel", $"{edit.Version}")),
        (edit is { Version: not null, Redraw: true }, new($"{edit.Argument}.redraw", "to be omitted with version, which puts a picture on the board that is there", "true")),
        (edit is { Version: not null } and ({ Action: not null } or { Shot: not null } or { Camera: not null } or { Size: not null }),
            new($"{edit.Argument}.version", "to be omitted with new words for the picture, by which it is drawn anew", $"{edit.Version}")));

    private static IEnumerable<Violation> CheckTitle(string? title) =>
        Violation.Collect((title?.Length > MaxTitle, new("title", $"at most {MaxTitle} characters", $"{title?.Length}") { Repairs = [] }));

    private static IEnumerable<Violation> CheckPanel(string argument, PanelWords words) => Violation.Collect(
        (string.IsNullOrWhiteSpace(words.Action), new($"{argument}.action", "what the panel shows", "nothing") { Repairs = [] }),
        (words.Shot?.Length > MaxShot, TooLong($"{argument}.shot", MaxShot, words.Shot)),
        (words.Camera?.Length > MaxCamera, TooLong($"{argument}.camera", MaxCamera, words.Camera)),
        (words.Caption?.Length > MaxBelow, TooLong($"{argument}.caption", MaxBelow, words.Caption)),
        (words.Dialogue?.Length > MaxBelow, TooLong($"{argument}.dialogue", MaxBelow, words.Dialogue)),
        (words.Duration is < MinDuration or > MaxDuration or double.NaN, new($"{argument}.duration", $"{MinDuration} to {MaxDuration} seconds", $"{words.Duration}", $"{Math.Clamp(words.Duration ?? 1, MinDuration, MaxDuration)}")
        {
            Repairs = [new Repair($"{argument}.duration", Math.Clamp(words.Duration ?? 1, MinDuration, MaxDuration))],
        }),
        (words.Size is { } size && !IsSize(size), new($"{argument}.size", $"a preset ({string.Join(", ", SizePreset.All.Select(preset => preset.Name))}) or WIDTHxHEIGHT", Violation.Quote(words.Size ?? ""), EditDistance.FindNear(words.Size ?? "", [.. SizePreset.All.Select(preset => preset.Name)]))));

    private static bool IsSize(string written) => SizePreset.All.Any(preset => preset.Name == written.Trim()) || (Dimensions.TryParse(written, null, out var size) && Math.Min(size.Width, size.Height) > 0);

    private static Violation TooLong(string argument, int most, string? text) => new(argument, $"at most {most} characters, because it stands below a small picture", $"{text?.Length}") { Repairs = [] };
}
