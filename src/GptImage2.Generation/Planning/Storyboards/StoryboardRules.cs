using GptImage2.Generation.Requests;

namespace GptImage2.Generation.Planning.Storyboards;

/// <summary>What must hold between a change and the board that it changes.</summary>
internal static class StoryboardRules
{
    public static IEnumerable<Violation> Check(Storyboard board, StoryboardChange change)
    {
        var count = board.Panels.Count;
        var left = count - change.Remove.Distinct().Count() + change.Panels.Count(edit => edit.After is not null);
        return
        [
            .. change.Panels.SelectMany(edit => CheckEdit(board, edit)),
            .. change.Remove.Index().Where(entry => entry.Item < 1 || entry.Item > count).Select(entry => OutOfRange($"remove[{entry.Index}]", entry.Item, 1, count)),
            .. change.Panels.Where(edit => edit.Panel is { } number && change.Remove.Contains(number))
                .Select(edit => new Violation($"{edit.Argument}.panel", "a panel that stays", $"{edit.Panel}, which remove takes away") { Repairs = [] }),
            .. CheckOrder(board, change),
            .. Violation.Collect(
                (left < Storyboard.MinPanels, new("remove", $"at least {Storyboard.MinPanels} panels to stay", $"{left} left") { Repairs = [] }),
                (left > Storyboard.MaxPanels, new("panels", $"at most {Storyboard.MaxPanels} panels on the board", $"{left} with the new ones") { Repairs = [] })),
        ];
    }

    private static IEnumerable<Violation> CheckEdit(Storyboard board, PanelEdit edit)
    {
        var count = board.Panels.Count;
        if (edit.Panel is < 1 || edit.Panel > count)
        {
            yield return OutOfRange($"{edit.Argument}.panel", edit.Panel.Value, 1, count);
        }
        else if (edit is { Panel: { } number, Version: { } version } && board.Panels[number - 1] is var panel && panel.Versions.All(known => known.Number != version))
        {
            yield return panel.Versions is []
                ? new Violation($"{edit.Argument}.version", "to be omitted, because nothing was drawn for this panel yet", $"{version}") { Repairs = [new Repair($"{edit.Argument}.version", null)] }
                : OutOfRange($"{edit.Argument}.version", version, 1, panel.Versions.Count);
        }

        if (edit.After is < 0 || edit.After > count)
        {
            yield return OutOfRange($"{edit.Argument}.after", edit.After.Value, 0, count);
        }
    }

    private static IEnumerable<Violation> CheckOrder(Storyboard board, StoryboardChange change)
    {
        int[] staying = [.. Enumerable.Range(1, board.Panels.Count).Except(change.Remove)];
        return change.Order is { } order && !order.Order().SequenceEqual(staying)
            ? [new Violation("order", $"each panel that stays once, by its number before the change ({string.Join(", ", staying)})", $"[{string.Join(", ", order)}]") { Repairs = [new Repair("order", new JsonArray([.. order.Intersect(staying).Concat(staying.Except(order)).Select(number => (JsonNode)number)]))] }]
            : [];
    }

    private static Violation OutOfRange(string argument, int received, int least, int most) =>
        new(argument, least == most ? $"{least}" : $"{least} to {most}", $"{received}", $"{Math.Clamp(received, least, most)}") { Repairs = [new Repair(argument, Math.Clamp(received, least, most)) { IsGuess = true }] };
}
