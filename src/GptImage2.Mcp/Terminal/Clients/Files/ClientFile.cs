using GptImage2.Generation.Inputs.Sandbox;

namespace GptImage2.Mcp.Terminal.Clients.Files;

/// <summary>A client's file on disk. Its links are followed: where a user keeps it elsewhere, it is changed there.</summary>
/// <param name="path">Absolute.</param>
internal sealed class ClientFile(string path)
{
    private const UnixFileMode Private = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    public string Path { get; } = path;

    private string Target => RealPath.Resolve(Path) ?? throw new ConfigFileException("is a link that leads nowhere");

    /// <returns>Nothing where there is no file.</returns>
    /// <exception cref="ConfigFileException">It is no file; so with <see cref="IOException"/> and <see cref="UnauthorizedAccessException"/> where it cannot be read.</exception>
    public byte[] Read() => Directory.Exists(Target) ? throw new ConfigFileException("is a folder") : File.Exists(Target) ? File.ReadAllBytes(Target) : [];

    /// <exception cref="ConfigFileException">Its user, or somebody else, wants it left as it is.</exception>
    public void RequireWritable()
    {
        if (new FileInfo(Target) is { Exists: true, IsReadOnly: true })
        {
            throw new ConfigFileException("is marked read-only");
        }
    }

    /// <summary>Puts the new file in the place of the old one, which is kept beside it. Whoever reads meanwhile sees one of them whole.</summary>
    /// <returns>Where the old one is kept; null where there was nothing to keep.</returns>
    /// <exception cref="ConfigFileException">It must not be changed, or has become another since it was read; so with <see cref="IOException"/> and <see cref="UnauthorizedAccessException"/> where it cannot be written.</exception>
    public string? Replace(FileChange change, ServerEntry entry)
    {
        RequireWritable();
        var target = Target;
        var old = new FileInfo(target);
        if (old.Exists && change.Before is [])
        {
            // Nothing can be lost, and a device, which looks just so, stays one.
            File.WriteAllBytes(target, change.After);
            return null;
        }

        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(target)!);
        var next = $"{target}.{Environment.ProcessId}.new";
        try
        {
            Write(next, change.After, old.Exists && !OperatingSystem.IsWindows() ? File.GetUnixFileMode(target) : Private);
            change.Verify(File.ReadAllBytes(next), entry);
            if (!Read().AsSpan().SequenceEqual(change.Before))
            {
                throw new ConfigFileException("was changed by somebody else in the meantime. Close the client and call again");
            }

            var kept = change.Before is [] ? null : Keep(target);
            File.Move(next, target, overwrite: true);
            return kept;
        }
        finally
        {
            File.Delete(next);
        }
    }

    private static void Write(string path, byte[] bytes, UnixFileMode mode)
    {
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = Private;
        }

        using var file = new FileStream(path, options);
        file.Write(bytes);
        file.Flush(flushToDisk: true);
        if (!OperatingSystem.IsWindows())
        {
            // Not when it is made, where the process's mask would take some away.
            File.SetUnixFileMode(file.SafeFileHandle, mode);
        }
    }

    /// <summary>Copies, with its mode, to a name that nobody has.</summary>
    private static string Keep(string target)
    {
        for (var number = 1; ; number++)
        {
            var copy = $"{target}.backup{(number is 1 ? "" : $"-{number}")}";
            if (!File.Exists(copy))
            {
                File.Copy(target, copy);
                return copy;
            }
        }
    }
}
