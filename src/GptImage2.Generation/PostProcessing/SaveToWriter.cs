using GptImage2.Generation.Inputs.Sandbox;
using GptImage2.Generation.Storage;

namespace GptImage2.Generation.PostProcessing;

/// <summary>Writes further copies where the caller asked, and never overwrites a file.</summary>
internal static class SaveToWriter
{
    /// <param name="path">Absolute path, checked.</param>
    /// <param name="number">Which image of the job, from 1.</param>
    /// <param name="count">How many the job makes: above one, the number becomes part of every name.</param>
    /// <returns>The absolute path of the copy.</returns>
    public static async Task<string> CopyAsync(IImageStore store, StoredFile file, string path, int number, int count, CancellationToken cancellationToken)
    {
        // It was checked before the image was rendered, which may have taken minutes.
        if (RealPath.Resolve(path) != path)
        {
            throw new IOException($"{path} has become a link");
        }

        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        await using var source = store.OpenRead(file);
        var copy = CreateNew(count > 1 ? WithNumber(path, number) : path);
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

    private static FileStream CreateNew(string path)
    {
        var free = Enumerable.Range(1, int.MaxValue).Select(next => next is 1 ? path : WithNumber(path, next)).First(candidate => !Path.Exists(candidate));
        return new FileStream(free, FileMode.CreateNew, FileAccess.Write, FileShare.Read, bufferSize: 0);
    }

    private static string WithNumber(string path, int number) => Path.Combine(
        Path.GetDirectoryName(path)!,
        $"{Path.GetFileNameWithoutExtension(path)}-{number}{Path.GetExtension(path)}");
}
