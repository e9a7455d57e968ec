using GptImage2.Generation.Storage;
using GptImage2.Generation.Storage.Local;

namespace GptImage2.Generation.Jobs.Recovery;

/// <summary>What there is of one image of a job whose process has ended.</summary>
/// <param name="Number">Which of the job's images, from 1.</param>
/// <param name="Original">As the service made it; null where it never arrived whole.</param>
/// <param name="Finished">As the caller asked for it; null where post-processing had not ended.</param>
public sealed record RecoveredImage(int Number, RecoveredFile? Original, RecoveredFile? Finished);

/// <summary>An image that is whole and has its final name.</summary>
/// <param name="Record">How it was made, where its record had been written.</param>
public sealed record RecoveredFile(StoredImage Image, ImageRecord? Record);

/// <summary>A file under the temporary name of a job's image.</summary>
/// <param name="Finished">Whether post-processing wrote it: then it can be written again.</param>
internal sealed partial record PartialFile(ImageFolder Folder, string Path, string JobId, int Number, bool Finished)
{
    /// <summary>Every such file of the folder; nothing else there is looked at.</summary>
    public static IEnumerable<PartialFile> ListIn(ImageFolder folder) => Directory.Exists(folder.Absolute)
        ? Directory.GetFiles(folder.Absolute, ".*.part").Select(path => Parse(folder, path)).OfType<PartialFile>()
        : [];

    public DateTimeOffset Written => new(File.GetLastWriteTimeUtc(Path), TimeSpan.Zero);

    private static PartialFile? Parse(ImageFolder folder, string path) =>
        FileNamePattern.Match(System.IO.Path.GetFileName(path)) is { Success: true } name && int.TryParse(name.Groups["number"].ValueSpan, out var number)
            ? new PartialFile(folder, path, name.Groups["job"].Value, number, name.Groups["finished"].Success)
            : null;

    [GeneratedRegex(@"^\.(?<job>[A-Za-z0-9_]+)-(?<number>[0-9]+)(?<finished>-finished)?(-[0-9]+)?\.part$", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture)]
    private static partial Regex FileNamePattern { get; }
}
