using GptImage2.Generation.Cast;
using GptImage2.Generation.Requests;

namespace GptImage2.Generation.Planning.Mentions;

/// <summary>Shares the references that a model takes among those who are mentioned.</summary>
internal static class CastReferences
{
    /// <summary>
    /// One image each, in their order, then a second each, and so on while there is room; those of one mention stay together. What an entry and its
    /// variants have in common is sent once.
    /// </summary>
    /// <param name="room">How many images there may be.</param>
    public static IReadOnlyList<Reference> Share(IReadOnlyList<CastMember> members, int room)
    {
        var own = FindOwnImages(members);
        var counts = new int[members.Count];
        for (var (round, left) = (1, room); left > 0 && own.Any(images => images.Count >= round); round++)
        {
            foreach (var (index, _) in own.Index().Where(member => member.Item.Count >= round).Take(left).ToArray())
            {
                counts[index]++;
                left--;
            }
        }

        return
        [
            .. members.SelectMany((member, index) =>
            {
                string[] variants = [.. members.Where(other => other.Entry.Name == member.Entry.Name).Select(other => other.Variant?.Name).OfType<string>()];
                return own[index].Take(counts[index]).Select(image => member.ToReference(image, variants));
            }),
        ];
    }

    /// <summary>Who is which image of the prompt as sent, and who has had to do with fewer.</summary>
    /// <param name="before">How many images come before them.</param>
    public static string Describe(IReadOnlyList<CastMember> members, IReadOnlyList<Reference> references, int before)
    {
        var lines = members.Select(member =>
        {
            string[] images = [.. member.Images.Select(image => CastImageAddress.Format(member.Entry.Name, image.File))];
            var sent = references.Index().Where(reference => images.Contains(reference.Item.Image)).ToLookup(reference => reference.Item.Cast == member.Path, reference => reference.Index + 1 + before);
            var missing = images.Length - sent[true].Count() - sent[false].Count();
            string[] parts = [.. new[] { FormatNumbers([.. sent[true]]), FormatNumbers([.. sent[false]]) }.OfType<string>()];
            var shown = parts is [] ? "described by its traits alone" : string.Join(", with ", parts);
            var left = missing is 0 ? "" : $" ({missing} of its {member.Images.Count} images left out, because there is no room for more)";
            return $"{member.Path} (version {member.Entry.Version}) is {shown}{left}";
        });
        return $"Cast, as sent: {string.Join("; ", lines)}.";
    }

    /// <summary>Of each member the images that come with it: not those that another mention of the same entry brings, which is that of the entry itself where there is one.</summary>
    private static IReadOnlyList<CastImage>[] FindOwnImages(IReadOnlyList<CastMember> members)
    {
        var (own, taken) = (new IReadOnlyList<CastImage>[members.Count], new HashSet<(string, string)>());
        foreach (var (index, member) in members.Index().OrderBy(member => member.Item.Variant is not null))
        {
            own[index] = [.. member.Images.Where(image => taken.Add((member.Entry.Name, image.File)))];
        }

        return own;
    }

    private static string? FormatNumbers(int[] numbers) => numbers switch
    {
        [] => null,
        [var only] => $"Image {only}",
        [var first, .., var last] when last - first == numbers.Length - 1 => $"Images {first} to {last}",
        _ => $"Images {string.Join(", ", numbers)}",
    };
}
