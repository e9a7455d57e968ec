using GptImage2.Generation.Inputs.Sandbox;
using GptImage2.Generation.Requests;
using GptImage2.Generation.Storage;
using Microsoft.Win32.SafeHandles;

namespace GptImage2.Generation.Inputs;

/// <summary>Opens files of this machine below the folders that may be read, and nothing else.</summary>
public sealed class LocalFileAccess(StorageOptions storage, LocalRoots roots)
{
    /// <summary>Whether the path leads to a file, readable or not.</summary>
    internal bool Exists(Caller caller, string path) => GetCandidatePaths(caller, path).Any(File.Exists);

    /// <returns>A regular file that is not empty, open for reading; the caller owns it.</returns>
    /// <exception cref="ImageException">There is no such file, or it may not be read.</exception>
    internal SafeFileHandle Open(Caller caller, string argument, string path)
    {
        IReadOnlyList<string> readable = [.. roots.Readable, storage.Root, .. caller.Attachments is { } attachments ? [attachments] : Array.Empty<string>()];
        if (OperatingSystem.IsWindows() && WindowsPathRules.FindProblem(path, readable) is { } expected)
        {
            throw InputImageErrors.Invalid(argument, expected, path);
        }

        // The folder is judged before the file's existence, so that an error reveals nothing about other folders.
        string[] candidates = [.. GetCandidatePaths(caller, path).Select(RealPath.Resolve).OfType<string>()];
        string[] allowed = [.. candidates.Where(candidate => LocalRoots.ContainsPath(readable, candidate))];
        if (candidates.Any(candidate => IsReadableFolder(readable, candidate)))
        {
            throw InputImageErrors.IsFolder(argument, path);
        }

        if (candidates is not [] && allowed is [])
        {
            throw InputImageErrors.OutsideAllowedFolders(argument, path, readable);
        }

        // Checked once: what exists now may be gone at a second look.
        var existing = allowed.Select(candidate => new FileInfo(candidate)).FirstOrDefault(file => file.Exists)
            ?? throw InputImageErrors.FileNotFound(argument, path, roots.WorkingFolder, storage.Inbox);

        // Pipes and devices have no length either, and opening one may block forever or have effects.
        return existing.Length > 0 ? OpenAndVerify(readable, argument, path, existing.FullName) : throw InputImageErrors.NotARegularFile(argument, path);
    }

    /// <summary>Of any other folder nothing is said, not even that it is one.</summary>
    private static bool IsReadableFolder(IReadOnlyList<string> readable, string candidate) =>
        (LocalRoots.ContainsPath(readable, candidate) || readable.Any(folder => RealPath.Resolve(folder) == candidate)) && Directory.Exists(candidate);

    /// <summary>Checks again what was opened: a link may have replaced what was checked before.</summary>
    private SafeFileHandle OpenAndVerify(IReadOnlyList<string> readable, string argument, string path, string real)
    {
        try
        {
            return VerifyOpened(readable, argument, path, SandboxedFile.OpenNoFollow(real));
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

    private static SafeFileHandle VerifyOpened(IReadOnlyList<string> readable, string argument, string path, SafeFileHandle file)
    {
        var refusal = !SandboxedFile.IsBelowAny(readable, file) ? InputImageErrors.OutsideAllowedFolders(argument, path, readable)
            : !SandboxedFile.IsRegularFile(file) ? InputImageErrors.NotARegularFile(argument, path)
            : null;
        if (refusal is null)
        {
            return file;
        }

        file.Dispose();
        throw refusal;
    }

    /// <summary>A bare name may also be that of a file in the inbox, of one that was attached in the chat, or of one in a folder that may be read.</summary>
    private IEnumerable<string> GetCandidatePaths(Caller caller, string path)
    {
        if (Path.IsPathFullyQualified(path))
        {
            return [path];
        }

        IEnumerable<string> below = roots.WorkingFolder is { } folder ? [Path.Combine(folder, path)] : [];
        return Path.GetFileName(path) == path ? [.. below, .. caller.Attachments is { } attachments ? [Path.Combine(attachments, path)] : Array.Empty<string>(), Path.Combine(storage.Inbox, path), .. roots.Readable.Select(root => Path.Combine(root, path))] : below;
    }
}
