using GptImage2.Generation.Errors;
using GptImage2.Generation.Inputs.Sandbox;
using GptImage2.Generation.Storage;
using Microsoft.Win32.SafeHandles;

namespace GptImage2.Generation.Inputs;

/// <summary>Opens files of this machine below the folders that may be read, and nothing else.</summary>
public sealed class LocalFileAccess(StorageOptions storage, LocalRoots roots)
{
    private IEnumerable<string> ReadableFolders => [.. roots.Readable, storage.Root];

    /// <summary>Whether something lies where the path leads; nothing is said of whether it may be read.</summary>
    internal bool Exists(string path) => GetCandidatePaths(path).Any(File.Exists);

    /// <returns>An ordinary file that is not empty, open for reading; the caller owns it.</returns>
    /// <exception cref="ImageException">There is no such file, or it may not be read.</exception>
    internal SafeFileHandle Open(string argument, string path)
    {
        if (OperatingSystem.IsWindows() && WindowsPathRules.FindProblem(path, ReadableFolders) is { } expected)
        {
            throw InputImageErrors.Invalid(argument, expected, path);
        }

        // Where a path lies is judged before whether anything lies there: a refusal tells nothing about other folders.
        string[] candidates = [.. GetCandidatePaths(path).Select(RealPath.Resolve).OfType<string>()];
        string[] allowed = [.. candidates.Where(candidate => LocalRoots.ContainsPath(ReadableFolders, candidate))];
        if (candidates is not [] && allowed is [])
        {
            throw InputImageErrors.OutsideAllowedFolders(argument, path, ReadableFolders);
        }

        // Looked at once: what is there now may be gone at a second look.
        var there = allowed.Select(candidate => new FileInfo(candidate)).FirstOrDefault(file => file.Exists) ?? throw InputImageErrors.FileNotFound(argument, path, roots.WorkingFolder, storage.Inbox);

        // Pipes and devices have no length either, and opening one may wait for ever or do something.
        return there.Length > 0 ? OpenAndVerify(argument, path, there.FullName) : throw InputImageErrors.NotARegularFile(argument, path);
    }

    /// <summary>Judges again by what was opened: a link may have been put in place of what was looked at.</summary>
    private SafeFileHandle OpenAndVerify(string argument, string path, string real)
    {
        try
        {
            return VerifyOpened(argument, path, SandboxedFile.OpenNoFollow(real));
        }
        catch (Exception gone) when (gone is FileNotFoundException or DirectoryNotFoundException)
        {
            throw InputImageErrors.FileNotFound(argument, path, roots.WorkingFolder, storage.Inbox);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw InputImageErrors.NotOpened(argument, path, exception);
        }
    }

    private SafeFileHandle VerifyOpened(string argument, string path, SafeFileHandle file)
    {
        var refusal = !SandboxedFile.IsBelowAny(ReadableFolders, file) ? InputImageErrors.OutsideAllowedFolders(argument, path, ReadableFolders)
            : !SandboxedFile.IsRegularFile(file) ? InputImageErrors.NotARegularFile(argument, path)
            : null;
        if (refusal is null)
        {
            return file;
        }

        file.Dispose();
        throw refusal;
    }

    private IEnumerable<string> GetCandidatePaths(string path)
    {
        if (Path.IsPathFullyQualified(path))
        {
            return [path];
        }

        IEnumerable<string> below = roots.WorkingFolder is { } folder ? [Path.Combine(folder, path)] : [];
        return Path.GetFileName(path) == path ? below.Append(Path.Combine(storage.Inbox, path)) : below;
    }
}
