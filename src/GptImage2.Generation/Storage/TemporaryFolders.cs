using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using GptImage2.Generation.Failures;

namespace GptImage2.Generation.Storage;

/// <summary>Where pictures go that the store does not take: one folder each, under a name nobody can guess, which only this user may enter.</summary>
internal sealed partial class TemporaryFolders(StorageOptions options)
{
    private const UnixFileMode OnlyMine = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    /// <summary>Tells the pictures of one store from those of another.</summary>
    private readonly string _prefix = $"gptimage2-{Mark(options.Root)}-";

    public PictureFolder Make()
    {
        var path = Path.Combine(options.Temporary, _prefix + RandomNumberGenerator.GetHexString(16, lowercase: true));
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(path);
        }
        else
        {
            Directory.CreateDirectory(path, OnlyMine);
        }

        return new PictureFolder(path, Day: null);
    }

    /// <summary>What earlier processes have put there for this store. A folder that others may enter is none of ours.</summary>
    public IEnumerable<PictureFolder> All() => Directory.Exists(options.Temporary)
        ? new DirectoryInfo(options.Temporary).EnumerateDirectories(_prefix + "*")
            .Where(folder => folder.LinkTarget is null && Named.IsMatch(folder.Name) && (OperatingSystem.IsWindows() || folder.UnixFileMode == OnlyMine))
            .Select(folder => new PictureFolder(folder.FullName, Day: null))
        : [];

    /// <exception cref="ImageException">The path names nothing that was put there.</exception>
    public static string Absolute(string path) =>
        !path.Contains('\0') && Path.GetFullPath(path) == path && Named.IsMatch(Path.GetFileName(Path.GetDirectoryName(path)) ?? "")
            ? path
            : throw StoreFailures.Outside();

    private static string Mark(string root) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(new StoreFolder(root).Root)).AsSpan(0, 4));

    [GeneratedRegex("^gptimage2-[0-9a-f]{8}-[0-9a-f]{16}$", RegexOptions.CultureInvariant)]
    private static partial Regex Named { get; }
}
