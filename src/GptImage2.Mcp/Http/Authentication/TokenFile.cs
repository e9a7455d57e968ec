using GptImage2.Mcp.Configuration;

namespace GptImage2.Mcp.Http.Authentication;

/// <summary>The file of named tokens: <c>name: sha256</c>, comments with #, and blank lines.</summary>
/// <param name="path">Absolute.</param>
internal sealed class TokenFile(string path)
{
    public const string Setting = "Http:Tokens";

    private const string Header = "# Named tokens: name: SHA-256 of the token. A line that goes revokes its token.\n";

    private const UnixFileMode Private = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    /// <summary>Who may write it may let themselves in.</summary>
    private const UnixFileMode WritableByOthers = UnixFileMode.GroupWrite | UnixFileMode.OtherWrite;

    public string Path { get; } = path;

    /// <summary>The file itself, where the path is a link.</summary>
    private string Target => File.Exists(Path) && File.ResolveLinkTarget(Path, returnFinalTarget: true) is { } linked ? linked.FullName : Path;

    /// <summary>A sentence about who else may change the file, or null.</summary>
    public string? ExposureWarning => !OperatingSystem.IsWindows() && File.Exists(Path) && (File.GetUnixFileMode(Path) & WritableByOthers) is not 0
        ? $"Other users may write {Path}, and so let themselves in: chmod 600 {Path}"
        : null;

    /// <exception cref="InvalidSettingsException">It cannot be read, or lines of it mean nothing; all of them are named.</exception>
    public IReadOnlyList<NamedToken> Read() => Parse(ReadText());

    /// <exception cref="InvalidSettingsException">Lines of it mean nothing; all of them are named.</exception>
    public static IReadOnlyList<NamedToken> Parse(string text)
    {
        var (tokens, problems) = NamedToken.Parse(text.Split('\n'));
        return problems is [] ? tokens : throw new InvalidSettingsException(problems);
    }

    /// <summary>Adds a line and keeps all else.</summary>
    public void Add(NamedToken token)
    {
        var before = File.Exists(Path) ? File.ReadAllText(Path) : Header;
        Replace($"{before}{(before.EndsWith('\n') ? "" : "\n")}{token.ToLine()}\n");
    }

    /// <summary>Takes out the line of a name and keeps all else.</summary>
    public void Remove(string name) =>
        Replace(string.Concat(File.ReadAllText(Path).Split('\n').Where(line => line.Split(':')[0].Trim() != name).Select((line, index) => index is 0 ? line : $"\n{line}")));

    /// <summary>A server that reads meanwhile sees the old file or the new one. The file that is being written also keeps a second command out.</summary>
    /// <exception cref="IOException">What is there must not be replaced, or cannot be.</exception>
    private void Replace(string text)
    {
        var target = Target;
        if (new FileInfo(target) is { Exists: true, Length: 0 })
        {
            // A device looks just so, and a rename would put a file in its place.
            throw new IOException("It is empty, or no file. Delete it if it is an empty file.");
        }

        var next = $"{target}.new";
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(target)!);
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = File.Exists(target) ? File.GetUnixFileMode(target) : Private;
        }

        using (var file = new FileStream(next, options))
        {
            file.Write(Encoding.UTF8.GetBytes(text.Trim() is "" ? Header : text));
            file.Flush(flushToDisk: true);
        }

        File.Move(next, target, overwrite: true);
    }

    /// <exception cref="InvalidSettingsException">It cannot be read.</exception>
    public string ReadText()
    {
        try
        {
            return File.ReadAllText(Path);
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException)
        {
            throw new InvalidSettingsException([
                $"{SettingNames.ToVariable(Setting)}: expected a file that can be read, which {Server.ServerDefinition.Name} token new NAME makes, but received \"{Path}\" ({unreadable.Message})."]);
        }
    }
}
