using GptImage2.Generation.Requests;

namespace GptImage2.Generation.Planning.Mentions;

/// <summary>Shares the references that a model takes among those who are mentioned.</summary>
internal static class CastReferences
{
    /// <summary>One image each, in their order, then a second each, and so on while there is room; those of one entry stay together.</summary>
    /// <param name="room">How many images there may be.</param>
    public static IReadOnlyList<Reference> Share(IReadOnlyList<CastMember> members, int room)
    {
        var counts = new int[members.Count];
        for (var (round, left) = (1, room); left > 0 && members.Any(member => member.Images.Count >= round); round++)
        {
            foreach (var (index, _) in members.Index().Where(member => member.Item.Images.Count >= round).Take(left).ToArray())
            {
                counts[index]++;
                left--;
            }
        }

        return [.. members.SelectMany((member, index) => member.Images.Take(counts[index]).Select(member.ToReference))];
    }

    /// <summary>Who is which image of the prompt as sent, and who has had to do with fewer.</summary>
    /// <param name="before">How many images come before them.</param>
    public static string Describe(IReadOnlyList<CastMember> members, IReadOnlyList<Reference> references, int before)
    {
        var parts = members.Select(member =>
        {
            int[] numbers = [.. references.Index().Where(reference => reference.Item.Cast == member.Path).Select(reference => reference.Index + 1 + before)];
            var missing = member.Images.Count - numbers.Length;
            var shown = numbers is [] ? "described by its traits alone" : numbers is [var only] ? $"Image {only}" : $"Images {numbers[0]} to {numbers[^1]}";
            var left = missing is 0 ? "" : $" ({missing} of its {member.Images.Count} images left out, because there is no room for more)";
            return $"{member.Path} (version {member.Entry.Version}) is {shown}{left}";
        });
        return $"Cast, as sent: {string.Join("; ", parts)}.";
    }
}
