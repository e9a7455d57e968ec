namespace GptImage2.Generation.Storage.Local;

/// <summary>Where images are put when the store is not writable: one folder each, with a name that cannot be guessed, which only this user may enter.</summary>
internal sealed partial class TemporaryFolders(StorageOptions options)
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    /// <summary>Distinguishes the images of one store from those of another.</summary>
    private readonly string _prefix = $"gptimage2-{HashRoot(options.Root)}-";

    public ImageFolder CreateFolder()
    {
        var path = Path.Combine(options.Temporary, _prefix + RandomNumberGenerator.GetHexString(16, lowercase: true));
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(path);
        }
        else
        {
            Directory.CreateDirectory(path, OwnerOnly);
        }

        return new ImageFolder(path, Day: null);
    }

    /// <summary>What earlier processes have put there for this store. A folder that others may enter is not ours.</summary>
    public IEnumerable<ImageFolder> ListFolders() => Directory.Exists(options.Temporary)
        ? new DirectoryInfo(options.Temporary).EnumerateDirectories(_prefix + "*")
            .Where(folder => folder.LinkTarget is null && FolderPattern.IsMatch(folder.Name) && (OperatingSystem.IsWindows() || folder.UnixFileMode == OwnerOnly))
            .Select(folder => new ImageFolder(folder.FullName, Day: null))
        : [];

    /// <exception cref="ImageException">The path is not one of these folders.</exception>
    public static string GetAbsolutePath(string path) =>
        !path.Contains('\0') && Path.GetFullPath(path) == path && FolderPattern.IsMatch(Path.GetFileName(Path.GetDirectoryName(path)) ?? "")
            ? path
            : throw StorageErrors.OutsideStore();

    private static string HashRoot(string root) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(new StoreRoot(root).Root)).AsSpan(0, 4));

    [GeneratedRegex("^gptimage2-[0-9a-f]{8}-[0-9a-f]{16}$", RegexOptions.CultureInvariant)]
    private static partial Regex FolderPattern { get; }
}
