using System.Globalization;
using System.Text.RegularExpressions;

namespace GptImage2.Generation.Storage;

/// <summary>A file under the temporary name of a job's picture.</summary>
/// <param name="Finished">Whether finishing wrote it: then it can be written again.</param>
internal sealed partial record LeftFile(PictureFolder Folder, string Path, string JobId, int Number, bool Finished)
{
    /// <summary>Every such file of the folder; nothing else there is looked at.</summary>
    public static IEnumerable<LeftFile> In(PictureFolder folder) => Directory.Exists(folder.Absolute)
        ? Directory.GetFiles(folder.Absolute, ".*.part").Select(path => Parse(folder, path)).OfType<LeftFile>()
        : [];

    public DateTimeOffset Written => new(File.GetLastWriteTimeUtc(Path), TimeSpan.Zero);

    public long Bytes => new FileInfo(Path).Length;

    private static LeftFile? Parse(PictureFolder folder, string path) =>
        Named.Match(System.IO.Path.GetFileName(path)) is { Success: true } name
        && int.TryParse(name.Groups["number"].ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? new LeftFile(folder, path, name.Groups["job"].Value, number, name.Groups["finished"].Success)
            : null;

    [GeneratedRegex(@"^\.(?<job>[A-Za-z0-9_]+)-(?<number>\d+)(?<finished>-finished)?(-\d+)?\.part$", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture)]
    private static partial Regex Named { get; }
}
