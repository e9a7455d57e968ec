namespace GptImage2.Generation.Storage.Local.Sqlite;

/// <summary>The words by which an image is found: of its prompt, and of the prompts and file names of the images it was made from.</summary>
internal static class ImageSearchText
{
    /// <summary>Of one image; more only cost time, and such a chain has said everything many times.</summary>
    private const int MaxAncestors = 64;

    /// <param name="find">The image of an id and of the same owner, or null.</param>
    public static string Create(ImageRecord record, Func<string, ImageRecord?> find)
    {
        List<string> texts = [record.Prompt, .. GetNames(record)];
        var (seen, waiting) = (new HashSet<string>(StringComparer.Ordinal) { record.Id }, new Queue<string>(GetInputs(record)));
        while (seen.Count <= MaxAncestors && waiting.TryDequeue(out var id))
        {
            if (seen.Add(id) && find(id) is { } ancestor)
            {
                texts.AddRange([ancestor.Prompt, .. GetNames(ancestor)]);
                foreach (var input in GetInputs(ancestor))
                {
                    waiting.Enqueue(input);
                }
            }
        }

        return string.Join('\n', texts.Distinct(StringComparer.Ordinal));
    }

    /// <summary>Without extensions, which say nothing of what an image shows.</summary>
    private static IEnumerable<string> GetNames(ImageRecord record) =>
        (record.Inputs ?? []).Select(input => Path.GetFileNameWithoutExtension(input.Name)).OfType<string>();

    private static IEnumerable<string> GetInputs(ImageRecord record) => (record.Inputs ?? []).Select(input => input.Image).OfType<string>();
}
