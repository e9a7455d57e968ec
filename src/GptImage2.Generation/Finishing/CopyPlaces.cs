using GptImage2.Generation.Failures;
using GptImage2.Generation.References;
using GptImage2.Generation.Requests;
using GptImage2.Imaging;

namespace GptImage2.Generation.Finishing;

/// <summary>Decides, before anything is spent, where a further copy may go.</summary>
public sealed class CopyPlaces(LocalRoots roots)
{
    /// <returns>The absolute path to write to, or null when no copy was asked for.</returns>
    /// <exception cref="InvalidRequestException">The place is outside what may be written, or does not fit the format.</exception>
    public string? Resolve(Caller caller, Delivery delivery)
    {
        if (delivery.SaveTo is not { } asked)
        {
            return null;
        }

        if (!caller.LocalPathsAllowed)
        {
            throw Wrong("to be omitted: the server's machine is not yours", asked);
        }

        if (Path.GetFileNameWithoutExtension(asked).Trim() is "")
        {
            throw Wrong($"a path with a file name, as in art/fox.{delivery.Format.Extension}", asked);
        }

        if (!Extensions(delivery.Format).Contains(Path.GetExtension(asked).TrimStart('.').ToLowerInvariant()))
        {
            throw Wrong($"a file name that ends in .{delivery.Format.Extension}, to match format {delivery.Format.Name}", asked, Path.ChangeExtension(asked, delivery.Format.Extension));
        }

        if (!Path.IsPathFullyQualified(asked) && roots.WorkingFolder is null)
        {
            throw Wrong($"an absolute path below {Writable()}", asked);
        }

        var real = RealPath.Of(Path.Combine(roots.WorkingFolder ?? "", asked));
        return real is not null && LocalRoots.Contain(roots.Writable, real)
            ? real
            : throw Wrong($"a path below {Writable()} (the user can add folders with GPTIMAGE2_OUTPUTS__ROOTS)", asked);
    }

    private string Writable() => roots.Writable is [] ? "GPTIMAGE2_OUTPUTS__ROOTS, which is not set" : string.Join(" or ", roots.Writable);

    private static string[] Extensions(ImageFormat format) => format is ImageFormat.Jpeg ? ["jpg", "jpeg"] : [format.Extension];

    private static InvalidRequestException Wrong(string expected, string asked, string? nearest = null) =>
        new([new Violation("save_to", expected, $"\"{asked}\"", nearest)]);
}
