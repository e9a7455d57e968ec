namespace GptImage2.Generation.Inputs.Sandbox;

/// <summary>Folders of this machine that images may be read from, and copies written to.</summary>
public sealed record LocalRoots
{
    /// <summary>Absolute folders below which files may be read, in addition to the store.</summary>
    public required IReadOnlyList<string> Readable { get; init; }

    /// <summary>Absolute folders whose files callers on other machines may read too; none unless the operator names them.</summary>
    public IReadOnlyList<string> Shared { get; init; } = [];

    /// <summary>Absolute folders below which copies may be written.</summary>
    public required IReadOnlyList<string> Writable { get; init; }

    /// <summary>What a relative path is relative to, or null where the working directory is not one to trust.</summary>
    public string? WorkingFolder { get; init; }

    /// <summary>Whether the path, with every link on its way resolved, is in or below one of the folders.</summary>
    /// <param name="path">An absolute path with no links left in it: <see cref="RealPath.Resolve"/>.</param>
    public static bool ContainsPath(IEnumerable<string> folders, string path) =>
        folders.Any(folder => RealPath.Resolve(folder) is { } real && RealPath.IsBelow(path, real));
}
