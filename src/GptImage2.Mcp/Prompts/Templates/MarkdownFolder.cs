namespace GptImage2.Mcp.Prompts.Templates;

/// <summary>Pages in a folder of the user's.</summary>
internal static class MarkdownFolder
{
    /// <summary>Far more than a client would take as a prompt; whoever puts a film here learns it from a sentence.</summary>
    private const int MaxBytes = 100_000;

    /// <param name="problems">Receives a sentence about each file that cannot be read.</param>
    public static IEnumerable<(string File, string Text)> ReadAll(string? folder, List<TemplateProblem> problems)
    {
        var read = new List<(string, string)>();
        foreach (var file in ListFiles(folder, problems))
        {
            try
            {
                if (new FileInfo(file).Length is var bytes and > MaxBytes)
                {
                    problems.Add(new TemplateProblem(file, 1, $"expected at most {MaxBytes} bytes but received {bytes}"));
                    continue;
                }

                read.Add((file, File.ReadAllText(file)));
            }
            catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException)
            {
                problems.Add(new TemplateProblem(file, 1, $"cannot be read: {unreadable.Message}"));
            }
        }

        return read;
    }

    private static string[] ListFiles(string? folder, List<TemplateProblem> problems)
    {
        try
        {
            return folder is null ? [] : [.. Directory.EnumerateFiles(folder, "*.md").Order(StringComparer.Ordinal)];
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException)
        {
            problems.Add(new TemplateProblem(folder!, 1, $"the folder of templates cannot be read: {unreadable.Message}"));
            return [];
        }
    }
}
