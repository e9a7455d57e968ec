namespace GptImage2.Mcp.Tests.Repository;

/// <summary>One file of <c>src</c>, as far as rules about the layout need to know it.</summary>
/// <param name="Path">From the root of the repository, with forward slashes.</param>
/// <param name="Code">Without comments and plain string literals.</param>
internal sealed partial record SourceFile(string Path, string Code)
{
    public static IReadOnlyList<SourceFile> All { get; } =
    [
        .. Directory.EnumerateFiles(System.IO.Path.Combine(RepositoryRoot.Path, "src"), "*.cs", SearchOption.AllDirectories)
            .Select(path => System.IO.Path.GetRelativePath(RepositoryRoot.Path, path).Replace('\\', '/'))
            .Order(StringComparer.Ordinal)
            .Select(path => new SourceFile(path, StripProse(RepositoryRoot.Read(path)))),
    ];

    /// <summary>The folder, which is also the namespace.</summary>
    public string Folder { get; } = Path[(Path.IndexOf('/', StringComparison.Ordinal) + 1)..Path.LastIndexOf('/')].Replace('/', '.');

    public string Project => Path.Split('/')[1];

    public string Name => System.IO.Path.GetFileName(Path);

    public string? Namespace { get; } = NamespaceLine.Match(Code) is { Success: true } found ? found.Groups[1].Value : null;

    public IReadOnlyList<string> Imports { get; } = [.. UsingLine.Matches(Code).Select(match => match.Groups[1].Value)];

    /// <summary>What the project imports for all its files, whether they use it or not.</summary>
    public IReadOnlyList<string> GlobalImports { get; } =
        [.. UsingItem.Matches(RepositoryRoot.Read($"src/{Path.Split('/')[1]}/{Path.Split('/')[1]}.csproj")).Select(match => match.Groups[1].Value)];

    public IReadOnlyList<TypeDeclaration> Types { get; } =
    [
        .. TypeLine.Matches(Code).Select(match => new TypeDeclaration(
            match.Groups["name"].Value, match.Groups["kind"].Value, match.Groups["modifiers"].Value.Contains("public", StringComparison.Ordinal))),
    ];

    /// <summary>Every identifier that may name a type of an enclosing namespace: what follows a dot is a member of something else.</summary>
    public IReadOnlySet<string> Names { get; } = Identifier.Matches(Code).Select(match => match.Value).ToHashSet(StringComparer.Ordinal);

    /// <summary>Interpolated strings stay, because they hold code.</summary>
    private static string StripProse(string text) => Prose.Replace(text, match => match.Groups["code"].Success ? match.Value : "");

    [GeneratedRegex(@"(?<code>\$+""""""[\s\S]*?""""""|\$@?""(?:[^""\\\n]|\\.)*""|'(?:[^'\\\n]|\\.)+')|//.*$|/\*.*?\*/|""""""[\s\S]*?""""""|@?""(?:[^""\\\n]|\\.)*""", RegexOptions.Multiline)]
    private static partial Regex Prose { get; }

    [GeneratedRegex(@"^namespace ([\w.]+);", RegexOptions.Multiline)]
    private static partial Regex NamespaceLine { get; }

    [GeneratedRegex(@"^(?:global )?using (?:static )?(?:\w+ = )?([\w.]+);", RegexOptions.Multiline)]
    private static partial Regex UsingLine { get; }

    [GeneratedRegex("""<Using Include="([\w.]+)" />""")]
    private static partial Regex UsingItem { get; }

    [GeneratedRegex(@"^(?<modifiers>(?:(?:public|internal|file|static|sealed|abstract|readonly|ref|partial|unsafe) )*)(?<kind>class|interface|struct|enum|record struct|record|delegate \S+) (?<name>\w+)", RegexOptions.Multiline)]
    private static partial Regex TypeLine { get; }

    [GeneratedRegex(@"(?<![.\w])[A-Z]\w*")]
    private static partial Regex Identifier { get; }
}

internal sealed record TypeDeclaration(string Name, string Kind, bool IsPublic)
{
    /// <summary>Records, enumerations, delegates and the methods of an enumeration may share the file of the type they belong to.</summary>
    public bool MayShareAFile => Kind is not ("class" or "interface" or "struct") || Name.EndsWith("Extensions", StringComparison.Ordinal);
}
