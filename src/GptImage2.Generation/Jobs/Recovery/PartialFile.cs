using System.Globalization;
using System.Text.RegularExpressions;
using GptImage2.Generation.Storage.Local;

namespace GptImage2.Generation.Jobs.Recovery;

/// <summary>A file under the temporary name of a job's picture.</summary>
/// <param name="Finished">Whether finishing wrote it: then it can be written again.</param>
internal sealed partial record PartialFile(ImageFolder Folder, string Path, string JobId, int Number, bool Finished)
{
    /// <summary>Every such file of the folder; nothing else there is looked at.</summary>
    public static IEnumerable<PartialFile> ListIn(ImageFolder folder) => Directory.Exists(folder.Absolute)
        ? Directory.GetFiles(folder.Absolute, ".*.part").Select(path => Parse(folder, path)).OfType<PartialFile>()
        : [];

    public DateTimeOffset Written => new(File.GetLastWriteTimeUtc(Path), TimeSpan.Zero);

    public long Bytes => new FileInfo(Path).Length;

    private static PartialFile? Parse(ImageFolder folder, string path) =>
        FileNamePattern.Match(System.IO.Path.GetFileName(path)) is { Success: true } name
        && int.TryParse(name.Groups["number"].ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? new PartialFile(folder, path, name.Groups["job"].Value, number, name.Groups["finished"].Success)
            : null;

    [GeneratedRegex(@"^\.(?<job>[A-Za-z0-9_]+)-(?<number>\d+)(?<finished>-finished)?(-\d+)?\.part$", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture)]
    private static partial Regex FileNamePattern { get; }
}
