using System.Globalization;
using GptImage2.Generation.Errors;
using GptImage2.Generation.Models;

namespace GptImage2.Generation.Requests.Constraints;

/// <summary>A delivered size stays within what image files and memory bear.</summary>
internal sealed class ResizeConstraint : IRequestConstraint
{
    /// <summary>WebP ends at 16,383 pixels an edge; every format we write reaches this far.</summary>
    public const int MaxEdge = 16_000;

    public const long MaxPixels = 100_000_000;

    public IEnumerable<Violation> Check(ImageRequest request, ModelProfile profile)
    {
        if (request.Delivery.ResizeTo is { } size && (Math.Max(size.Width, size.Height) > MaxEdge || size.PixelCount > MaxPixels))
        {
            yield return new Violation(
                "resize_to",
                string.Create(CultureInfo.InvariantCulture, $"edges of at most {MaxEdge:N0} and {MaxPixels:N0} pixels in all"),
                size.ToString());
        }
    }
}
