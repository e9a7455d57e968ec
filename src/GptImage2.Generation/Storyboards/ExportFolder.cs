using GptImage2.Generation.Inputs.Sandbox;
using GptImage2.Generation.Planning.Storyboards;
using GptImage2.Generation.Requests;
using GptImage2.Generation.Storage;

namespace GptImage2.Generation.Storyboards;

/// <summary>Where the files of an exported board go: always a new folder, so that nothing is ever replaced.</summary>
public sealed class ExportFolder(LocalRoots roots, StorageOptions storage)
{
    /// <summary>Below the store's root, where the caller names no folder.</summary>
    private const string FolderName = "storyboards";

    /// <param name="saveTo">The folder in which the new one is to be, as the caller wrote it; null for the store's.</param>
    /// <returns>Why no folder may be made there, or null.</returns>
    public Violation? Check(Caller caller, string? saveTo) => saveTo switch
    {
        null => null,
        _ when !caller.LocalPathsAllowed => CreateViolation("no path, because files of your machine cannot be written from here (the result has links),", saveTo),
        ['~', ..] => CreateViolation("a path written out, because ~ is not expanded here", saveTo),
        _ when saveTo.Any(char.IsControl) || string.IsNullOrWhiteSpace(saveTo) => CreateViolation("the path of a folder", saveTo),
        _ when !Path.IsPathFullyQualified(saveTo) && roots.WorkingFolder is null => CreateViolation($"an absolute path below {DescribeWritable()}", saveTo),
        _ when File.Exists(GetFullPath(saveTo)) => CreateViolation("the path of a folder, not of a file", saveTo),
        _ when RealPath.Resolve(GetFullPath(saveTo)) is not { } real || !LocalRoots.ContainsPath(roots.Writable, Path.Combine(real, "new")) =>
            CreateViolation($"a folder below {DescribeWritable()} (the user can add folders with GPTIMAGE2_OUTPUTS__ROOTS)", saveTo),
        _ => null,
    };

    /// <summary>Makes the folder, named after the board, with a number where that name is taken.</summary>
    /// <returns>Its absolute path.</returns>
    /// <exception cref="ImageException">It cannot be made.</exception>
    public string Create(Caller caller, string? saveTo, Storyboard board)
    {
        ArgumentNullException.ThrowIfNull(board);
        if (Check(caller, saveTo) is { } violation)
        {
            throw new InvalidRequestException([violation]);
        }

        var parent = saveTo is null ? Path.Combine(storage.Root, FolderName) : RealPath.Resolve(GetFullPath(saveTo))!;
        var name = Slug.Create(board.Title ?? board.Id);
        try
        {
            Directory.CreateDirectory(parent);
            for (var number = 1; ; number++)
            {
                var path = Path.Combine(parent, number is 1 ? name : $"{name}-{number}");
                if (!Path.Exists(path))
                {
                    return Directory.CreateDirectory(path).FullName;
                }
            }
        }
        catch (Exception broken) when (StorageErrors.IsStorageException(broken))
        {
            throw StoryboardErrors.NotWritten(parent, broken);
        }
    }

    private string GetFullPath(string path) => Path.GetFullPath(Path.Combine(roots.WorkingFolder ?? "", path));

    private string DescribeWritable() => roots.Writable is [] ? "GPTIMAGE2_OUTPUTS__ROOTS, which is not set" : string.Join(" or ", roots.Writable);

    private static Violation CreateViolation(string expected, string written) => new("save_to", expected, Violation.Quote(written)) { Repairs = [new Repair("save_to", null)] };
}
