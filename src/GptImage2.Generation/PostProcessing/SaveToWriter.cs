using System.Globalization;
using GptImage2.Generation.Inputs.Sandbox;
using GptImage2.Generation.Storage;

namespace GptImage2.Generation.PostProcessing;

/// <summary>Puts further copies where the caller asked, and never over a file that is there.</summary>
internal static class SaveToWriter
{
    /// <param name="place">Absolute path, allowed.</param>
    /// <param name="number">Which picture of the job, from 1.</param>
    /// <param name="count">How many the job makes: above one, the number becomes part of every name.</param>
    /// <returns>The absolute path of the copy.</returns>
    public static async Task<string> CopyAsync(IImageStore store, StoredFile file, string place, int number, int count, CancellationToken cancellationToken)
    {
        // It was checked before the picture was drawn, and that may have taken minutes.
        if (RealPath.Resolve(place) != place)
        {
            throw new IOException($"{place} has become a link");
        }

        Directory.CreateDirectory(Path.GetDirectoryName(place)!);
        await using var source = store.OpenRead(file);
        var copy = CreateNew(count > 1 ? WithNumber(place, number) : place);
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
        for (var next = 1; ; next++)
        {
            var candidate = next is 1 ? path : WithNumber(path, next);
            if (!Path.Exists(candidate))
            {
                return new FileStream(candidate, FileMode.CreateNew, FileAccess.Write, FileShare.Read, bufferSize: 0);
            }
        }
    }

    private static string WithNumber(string path, int number) => Path.Combine(
        Path.GetDirectoryName(path)!,
        string.Create(CultureInfo.InvariantCulture, $"{Path.GetFileNameWithoutExtension(path)}-{number}{Path.GetExtension(path)}"));
}
