using GptImage2.Generation.Cast;
using GptImage2.Generation.Requests.Mentions;

namespace GptImage2.Generation.Planning.Mentions;

/// <summary>Tells names that were meant from handles, which are words like any other.</summary>
internal static class UnknownMentions
{
    private const int MaxListed = 12;

    /// <returns>A note on each word that stays what it is.</returns>
    /// <exception cref="InvalidRequestException">A name is like one of the cast, or is written like one.</exception>
    public static IReadOnlyList<string> Check(string prompt, IReadOnlyList<CastMention> unknown, IReadOnlyList<CastEntry> known)
    {
        var found = unknown.Select(mention => (Mention: mention, Near: FindNear(mention, known))).ToArray();
        var violations = found.Where(entry => entry.Near is not null || !IsHandle(entry.Mention)).Select(entry => CreateViolation(entry.Mention, entry.Near, known)).ToArray();
        if (violations is not [])
        {
            // One corrected prompt for all of them, and none where one stays unknown.
            var corrected = found.All(entry => entry.Near is not null || IsHandle(entry.Mention))
                ? CastMention.Replace(prompt, mention => $"@{found.FirstOrDefault(entry => entry.Mention.Path.Equals(mention.Path, StringComparison.OrdinalIgnoreCase)).Near ?? mention.Path}")
                : null;
            throw new InvalidRequestException([.. violations.Select(violation => violation with { Repairs = [new Repair("prompt", corrected ?? prompt) { IsGuess = corrected is null }] })]);
        }

        return [.. unknown.Select(mention => $"@{mention.Path} is no name of the cast and stays in the prompt as it is written.")];
    }

    /// <returns>The path that was meant, or null.</returns>
    private static string? FindNear(CastMention mention, IReadOnlyList<CastEntry> known)
    {
        if (known.FirstOrDefault(entry => entry.Name.Equals(mention.Name, StringComparison.OrdinalIgnoreCase)) is { } entry)
        {
            return EditDistance.FindNear(mention.Variant!, [.. entry.Variants.Select(variant => variant.Name)]) is { } variant ? $"{entry.Name}/{variant}" : entry.Name;
        }

        return EditDistance.FindNear(mention.Name, [.. known.Select(other => other.Name)]);
    }

    /// <summary>Names of the cast are written as names are; handles in small letters, or with what no name has.</summary>
    private static bool IsHandle(CastMention mention) => mention.Variant is null && (char.IsLower(mention.Name[0]) || mention.Name.Any(letter => letter is '_' || char.IsDigit(letter)));

    private static Violation CreateViolation(CastMention mention, string? near, IReadOnlyList<CastEntry> known)
    {
        var names = known is [] ? "which is empty so far" : $"{string.Join(", ", known.Take(MaxListed).Select(entry => $"@{entry.Name}"))}{(known.Count > MaxListed ? " …" : "")}";
        return new Violation(
            "prompt",
            $"after each @ a name of the cast ({names}); define_cast makes an entry, and words that are to be drawn stand in quotes",
            Violation.Quote($"@{mention.Path}"),
            near is null ? null : $"@{near}");
    }
}
