using GptImage2.Generation.Inputs.Sandbox;
using GptImage2.Generation.Requests;

namespace GptImage2.Generation.Planning;

/// <summary>Decides, before anything is spent, where an additional copy may go.</summary>
public sealed class SaveToPolicy(LocalRoots roots)
{
    /// <summary>File systems end a name at 255 bytes; the rest is for the numbers of several copies.</summary>
    private const int MaxNameBytes = 200;

    /// <returns>The absolute path to write to, or null when no copy was asked for.</returns>
    /// <exception cref="InvalidRequestException">The path is outside the folders that may be written, or does not fit the format.</exception>
    public string? Resolve(Caller caller, Delivery delivery)
    {
        Violation[] violations = [.. Check(caller, delivery)];
        return violations is not [] ? throw new InvalidRequestException(violations) : delivery.SaveTo is { } asked ? ResolvePath(asked) : null;
    }

    /// <summary>What is wrong with the path, if anything.</summary>
    /// <param name="anyFormat">Whether the format is not known yet, so that every extension may be right.</param>
    public IEnumerable<Violation> Check(Caller caller, Delivery delivery, bool anyFormat = false) => delivery.SaveTo switch
    {
        null => [],
        var path when !caller.LocalPathsAllowed => [CreateViolation("to be omitted: local files are not available over this connection", path)],
        var path when !IsValidFileName(path) => [CreateViolation($"the path of a file, without control characters, each part at most {MaxNameBytes} bytes long", path)],
        ['~', ..] path => [CreateViolation("a path written out, because ~ is not expanded here", path)],
        var path when !Path.IsPathFullyQualified(path) && roots.WorkingFolder is null => [CreateViolation($"an absolute path below {DescribeWritableFolders()}", path)],
        var path when ResolvePath(path) is not { } real || !LocalRoots.ContainsPath(roots.Writable, real) =>
            [CreateViolation($"a path below {DescribeWritableFolders()} (the user can add folders with GPTIMAGE2_OUTPUTS__ROOTS)", path)],
        var path when anyFormat && !Enum.GetValues<ImageFormat>().Any(format => HasExtensionOf(path, format)) =>
            [CreateViolation("a file name that ends in the format's extension", path)],
        var path when !anyFormat && !HasExtensionOf(path, delivery.Format) =>
            [CreateViolation($"a file name that ends in .{delivery.Format.Extension}, to match format {delivery.Format.Name}", path, Path.ChangeExtension(path, delivery.Format.Extension))],
        _ => [],
    };

    private string? ResolvePath(string path) => RealPath.Resolve(Path.Combine(roots.WorkingFolder ?? "", path));

    private static bool IsValidFileName(string path) =>
        Path.GetFileNameWithoutExtension(path).Trim() is not ""
        && !path.Any(char.IsControl)
        && path.Split(Path.DirectorySeparatorChar, Path.AltDirectorySeparatorChar).All(part => Encoding.UTF8.GetByteCount(part) <= MaxNameBytes);

    private static bool HasExtensionOf(string path, ImageFormat format) =>
        Path.GetExtension(path).TrimStart('.').ToLowerInvariant() is var extension
        && (extension == format.Extension || (format is ImageFormat.Jpeg && extension is "jpeg"));

    private string DescribeWritableFolders() => roots.Writable is [] ? "GPTIMAGE2_OUTPUTS__ROOTS, which is not set" : string.Join(" or ", roots.Writable);

    private static Violation CreateViolation(string expected, string asked, string? nearest = null) =>
        new("save_to", expected, Violation.Quote(asked), nearest);
}
