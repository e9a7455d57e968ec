using GptImage2.Generation.Inputs.Sandbox;
using GptImage2.Generation.Planning;
using GptImage2.Generation.Storage;

namespace GptImage2.Generation.PostProcessing;

/// <summary>Writes further copies where the caller asked. It replaces an ordinary file or nothing.</summary>
internal static class SaveToWriter
{
    /// <param name="path">Absolute path, checked.</param>
    /// <param name="replace">Whether a file of that name may be replaced; else the copy gets the next free name.</param>
    /// <returns>The absolute path of the copy, and whether a file had that name.</returns>
    public static async Task<(string Path, bool Replaced)> CopyAsync(
        IImageStore store, StoredFile file, string path, bool replace, CancellationToken cancellationToken)
    {
        // It was checked before the image was rendered, which may have taken minutes.
        if (RealPath.Resolve(path) != path)
        {
            throw new IOException($"{path} has become a link");
        }

        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        await using var source = store.OpenRead(file);
        if (!replace)
        {
            return (await WriteNewAsync(source, SaveToNames.FindFree(path), cancellationToken), false);
        }

        var temporary = await WriteNewAsync(source, GetTemporaryPath(path), cancellationToken);
        try
        {
            return Rename(temporary, path);
        }
        catch
        {
            File.Delete(temporary);
            throw;
        }
    }

    /// <summary>What has the name is looked at once more, because nothing but an ordinary file is ever replaced.</summary>
    private static (string Path, bool Replaced) Rename(string temporary, string path)
    {
        var isOrdinary = SandboxedFile.FindReplaceProblem(path) is null;
        var final = isOrdinary ? path : SaveToNames.FindFree(path);
        var replaces = isOrdinary && SaveToNames.Exists(final);
        File.Move(temporary, final, overwrite: replaces);
        return (final, replaces);
    }

    private static async Task<string> WriteNewAsync(Stream source, string path, CancellationToken cancellationToken)
    {
        var copy = new FileStream(path, FileMode.CreateNew, FileAccess.Write, FileShare.Read, bufferSize: 0);
        try
        {
            await using (copy)
            {
                await source.CopyToAsync(copy, cancellationToken);
            }
        }
        catch
        {
            // Half a copy looks like a whole one.
            File.Delete(copy.Name);
            throw;
        }

        return copy.Name;
    }

    /// <summary>Next to the file, so that the rename stays on its disk.</summary>
    private static string GetTemporaryPath(string path) =>
        Path.Combine(Path.GetDirectoryName(path)!, $".{Path.GetFileName(path)}.{Path.GetRandomFileName()}.part");
}
