using System.Reflection;

namespace GptImage2.Mcp.Prompts.Templates;

/// <summary>Markdown pages: those that are part of the program, and those in a folder of the user's.</summary>
internal static class MarkdownFiles
{
    /// <summary>Far more than a client would take as a prompt.</summary>
    private const int MaxBytes = 100_000;

    /// <summary>Every page of that folder of the repository, by name.</summary>
    public static IEnumerable<(string File, string Text)> ReadEmbedded(string folder)
    {
        var assembly = Assembly.GetExecutingAssembly();
        foreach (var name in assembly.GetManifestResourceNames().Where(name => name.StartsWith(folder + "/", StringComparison.Ordinal)).Order(StringComparer.Ordinal))
        {
            using var reader = new StreamReader(assembly.GetManifestResourceStream(name)!);
            yield return (name, reader.ReadToEnd());
        }
    }

    /// <param name="problems">Receives a sentence about each file that cannot be read.</param>
    public static IEnumerable<(string File, string Text)> ReadFolder(string? folder, List<TemplateProblem> problems)
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
