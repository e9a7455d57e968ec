namespace GptImage2.Mcp.Tests.Repository;

/// <summary>A line that a document tells its reader to type.</summary>
/// <param name="Document">Its path in the repository.</param>
/// <param name="Text">The line, with those that it continues on, and without what is only explained.</param>
internal sealed partial record DocumentedCommand(string Document, string Text)
{
    /// <summary>Every one in the README and in docs.</summary>
    public static IReadOnlyList<DocumentedCommand> All { get; } =
    [
        .. ((string[])["README.md", "CONTRIBUTING.md", .. Directory.EnumerateFiles(Path.Combine(RepositoryRoot.Path, "docs"), "*.md").Select(file => $"docs/{Path.GetFileName(file)}")])
            .SelectMany(document => Block.Matches(RepositoryRoot.Read(document)).SelectMany(block => Read(document, block.Groups[1].Value))),
    ];

    private static IEnumerable<DocumentedCommand> Read(string document, string block) => Regex.Replace(block, @"\\\n\s*", "")
        .Split('\n')
        .Select(line => Comment.Replace(line, "").Trim())
        .Where(line => line is not "")
        .Select(line => new DocumentedCommand(document, line));

    [GeneratedRegex(@"^ *```sh\n(.*?)^ *```", RegexOptions.Singleline | RegexOptions.Multiline)]
    private static partial Regex Block { get; }

    [GeneratedRegex(@"\s+#.*$")]
    private static partial Regex Comment { get; }
}
