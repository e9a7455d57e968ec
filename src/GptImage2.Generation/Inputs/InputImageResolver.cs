using GptImage2.Generation.Errors;
using GptImage2.Generation.Requests;
using GptImage2.Generation.Storage.Local;
using GptImage2.Imaging.Codecs;

namespace GptImage2.Generation.Inputs;

/// <summary>All pictures that a request names: first found, and kept only when the plan is carried out.</summary>
public sealed class InputImageResolver(ImageArgumentResolver finder, InputStore inputs)
{
    /// <summary>In place of bytes that lie in the store: jobs are remembered for a while, and a picture of the web or a data: URI is megabytes.</summary>
    private static readonly EncodedImage EmptyImage = EncodedImage.FromMemory(default);

    /// <summary>Finds every picture, and tells of all that cannot be had at once.</summary>
    /// <exception cref="ImageException">At least one is not there, not allowed or no picture.</exception>
    public async Task<ResolvedInputs> ResolveAsync(Caller caller, ImageRequest request, CancellationToken cancellationToken)
    {
        Reference[] named = [.. request.Images, .. request is InpaintRequest { Mask: { } mask } ? [new Reference { Image = mask, Argument = "mask" }] : Array.Empty<Reference>()];
        var found = new List<InputImage>();
        var failures = new List<Failure>();
        foreach (var reference in named)
        {
            try
            {
                found.Add(await ResolveAsync(caller, reference, cancellationToken));
            }
            catch (ImageException failure)
            {
                failures.Add(failure.Failure);
            }
        }

        if (failures is not [])
        {
            found.ForEach(image => image.Resolved.Dispose());
            throw new ImageException(Combine(failures));
        }

        return new ResolvedInputs(found[..request.Images.Count], found.Count > request.Images.Count ? found[^1] : null);
    }

    /// <summary>Puts the bytes where nobody changes them while the service draws.</summary>
    public async Task<IReadOnlyList<InputImage>> StoreAsync(IReadOnlyList<InputImage> images, CancellationToken cancellationToken)
    {
        var kept = new List<InputImage>();
        foreach (var image in images)
        {
            using var found = image.Resolved;
            var stored = await found.StoreAsync(inputs, cancellationToken);
            kept.Add(stored.Size == image.Header.Size ? image with { Stored = stored, Resolved = found with { Image = EmptyImage } } : throw InputImageErrors.ChangedWhileReading(found.Argument));
        }

        return kept;
    }

    private async Task<InputImage> ResolveAsync(Caller caller, Reference reference, CancellationToken cancellationToken)
    {
        var image = await finder.ResolveAsync(caller, reference.Argument, reference.Image, cancellationToken);
        return new InputImage { Reference = reference, Resolved = image, Header = image.ReadHeader() };
    }

    private static Failure Combine(List<Failure> failures) => failures is [var only] ? only : failures[0] with
    {
        Message = string.Join('\n', failures.Select(failure => failure.Message)),
        Argument = null,
        Nearest = null,
    };
}

/// <summary>The pictures of a request.</summary>
/// <param name="Images">In the order in which the prompt numbers them.</param>
/// <param name="Mask">The picture that says which pixels change, or null.</param>
public sealed record ResolvedInputs(IReadOnlyList<InputImage> Images, InputImage? Mask);
