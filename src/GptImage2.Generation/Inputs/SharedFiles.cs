using GptImage2.Generation.Inputs.Sandbox;
using GptImage2.Generation.Storage;
using Microsoft.Win32.SafeHandles;

namespace GptImage2.Generation.Inputs;

/// <summary>
/// The files that an operator shares with callers on other machines: read only, named by their path below a shared folder. The
/// store is never among them, wherever it lies, and no text says where a folder is.
/// </summary>
public sealed class SharedFiles(LocalRoots roots, StorageOptions storage)
{
    public bool AreThere => roots.Shared is not [];

    /// <summary>Whether a shared file has this name now.</summary>
    public bool Exists(string name) => IsName(name) && FindCandidates(name).Any(path => IsShared(path) && File.Exists(path));

    /// <summary>Some names of images. Nothing is opened, and large folders are not read to their end.</summary>
    public IReadOnlyList<string> ListNames(int limit) => AreThere ? [.. EnumerateNames().Take(limit)] : [];

    internal IEnumerable<string> EnumerateNames() => roots.Shared
        .SelectMany(folder => NearbyFiles.Enumerate([folder])
            .Where(path => RealPath.Resolve(path) is { } real && IsShared(real))
            .Select(path => Path.GetRelativePath(folder, path).Replace('\\', '/')))
        .Distinct(StringComparer.Ordinal);

    /// <summary>Whether the text can be the name of a shared file: relative, downwards only, with forward slashes.</summary>
    internal static bool IsName(string text) =>
        text is not ("" or ['~', ..])
        && !Path.IsPathRooted(text)
        && !text.AsSpan().ContainsAny('\\', '\0')
        && text is not [_, ':', ..]
        && text.Split('/').All(part => part is not ("" or "." or ".."));

    /// <returns>A regular file that is not empty, open for reading; the caller owns it. Null where there is none of this name.</returns>
    /// <exception cref="ImageException">It may not be read.</exception>
    internal SafeFileHandle? Open(string argument, string name)
    {
        if (OperatingSystem.IsWindows() && WindowsPathRules.FindProblem(name, roots.Shared) is { } expected)
        {
            throw InputImageErrors.Invalid(argument, expected, name);
        }

        // The folder is judged before the file's existence, so that an error reveals nothing about other folders.
        string[] candidates = [.. FindCandidates(name)];
        string[] allowed = [.. candidates.Where(IsShared)];
        if (candidates is not [] && allowed is [])
        {
            throw RemoteCallerErrors.NotShared(argument, name);
        }

        return allowed.Select(path => new FileInfo(path)).FirstOrDefault(file => file.Exists) switch
        {
            null => null,
            { Length: 0 } => throw InputImageErrors.NotARegularFile(argument, name),
            { FullName: var path } => OpenAndVerify(argument, name, path),
        };
    }

    /// <summary>Checks again what was opened: a link may have replaced what was checked before.</summary>
    private SafeFileHandle? OpenAndVerify(string argument, string name, string real)
    {
        try
        {
            var file = SandboxedFile.OpenNoFollow(real);
            var refusal = !SandboxedFile.IsBelowAny(roots.Shared, file) ? RemoteCallerErrors.NotShared(argument, name)
                : !SandboxedFile.IsRegularFile(file) ? InputImageErrors.NotARegularFile(argument, name)
                : null;
            if (refusal is null)
            {
                return file;
            }

            file.Dispose();
            throw refusal;
        }
        catch (Exception gone) when (gone is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw RemoteCallerErrors.NotOpened(argument, name, exception);
        }
    }

    /// <summary>What the name may mean, with every link on the way resolved.</summary>
    private IEnumerable<string> FindCandidates(string name) => roots.Shared.Select(folder => RealPath.Resolve(Path.Combine(folder, name))).OfType<string>();

    /// <param name="real">An absolute path with no links left in it.</param>
    private bool IsShared(string real) => LocalRoots.ContainsPath(roots.Shared, real) && !LocalRoots.ContainsPath([storage.Root, storage.CatalogFolder], real);
}
