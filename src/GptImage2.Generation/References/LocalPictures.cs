using GptImage2.Generation.Failures;
using GptImage2.Generation.Storage;
using Microsoft.Win32.SafeHandles;

namespace GptImage2.Generation.References;

/// <summary>Opens files of this machine below the folders that may be read, and nothing else.</summary>
public sealed class LocalPictures(StorageOptions storage, LocalRoots roots)
{
    private IEnumerable<string> Folders => [.. roots.Readable, storage.Root];

    /// <summary>Whether something lies where the path leads; nothing is said of whether it may be read.</summary>
    internal bool Has(string path) => Candidates(path).Any(File.Exists);

    /// <returns>An ordinary file that is not empty, open for reading; the caller owns it.</returns>
    /// <exception cref="ImageException">There is no such file, or it may not be read.</exception>
    internal SafeFileHandle Open(string argument, string path)
    {
        if (OperatingSystem.IsWindows() && WindowsPath.Refusal(path, Folders) is { } expected)
        {
            throw ReferenceFailures.Invalid(argument, expected, path);
        }

        // Where a path lies is judged before whether anything lies there: a refusal tells nothing about other folders.
        string[] candidates = [.. Candidates(path).Select(RealPath.Of).OfType<string>()];
        string[] allowed = [.. candidates.Where(candidate => LocalRoots.Contain(Folders, candidate))];
        if (candidates is not [] && allowed is [])
        {
            throw ReferenceFailures.Outside(argument, path, Folders);
        }

        // Looked at once: what is there now may be gone at a second look.
        var there = allowed.Select(candidate => new FileInfo(candidate)).FirstOrDefault(file => file.Exists) ?? throw ReferenceFailures.NoFile(argument, path, roots.WorkingFolder, storage.Inbox);

        // Pipes and devices have no length either, and opening one may wait for ever or do something.
        return there.Length > 0 ? OpenChecked(argument, path, there.FullName) : throw ReferenceFailures.NoOrdinaryFile(argument, path);
    }

    /// <summary>Judges again by what was opened: a link may have been put in place of what was looked at.</summary>
    private SafeFileHandle OpenChecked(string argument, string path, string real)
    {
        try
        {
            return Judged(argument, path, OpenedFile.Open(real));
        }
        catch (Exception gone) when (gone is FileNotFoundException or DirectoryNotFoundException)
        {
            throw ReferenceFailures.NoFile(argument, path, roots.WorkingFolder, storage.Inbox);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw ReferenceFailures.NotOpened(argument, path, exception);
        }
    }

    private SafeFileHandle Judged(string argument, string path, SafeFileHandle file)
    {
        var refusal = !OpenedFile.LiesBelow(Folders, file) ? ReferenceFailures.Outside(argument, path, Folders)
            : !OpenedFile.IsOrdinary(file) ? ReferenceFailures.NoOrdinaryFile(argument, path)
            : null;
        if (refusal is null)
        {
            return file;
        }

        file.Dispose();
        throw refusal;
    }

    private IEnumerable<string> Candidates(string path)
    {
        if (Path.IsPathFullyQualified(path))
        {
            return [path];
        }

        IEnumerable<string> below = roots.WorkingFolder is { } folder ? [Path.Combine(folder, path)] : [];
        return Path.GetFileName(path) == path ? below.Append(Path.Combine(storage.Inbox, path)) : below;
    }
}
