using GptImage2.Generation.Requests;
using GptImage2.Generation.Storage;
using GptImage2.Imaging.Codecs;

namespace GptImage2.Generation.Inputs;

/// <summary>All images that a request names: found for the plan, copied to the store only when the plan is carried out.</summary>
public sealed class InputImageResolver(ImageArgumentResolver resolver, IInputStore inputs)
{
    /// <summary>In place of bytes that are in the store: jobs are remembered for a while, and an image of the web or a data: URI is megabytes.</summary>
    private static readonly EncodedImage EmptyImage = EncodedImage.FromMemory(default);

    /// <summary>Finds every image and reports all failures together.</summary>
    /// <exception cref="ImageException">At least one is missing, not allowed or no image.</exception>
    public async Task<ResolvedInputs> ResolveAsync(Caller caller, ImageRequest request, CancellationToken cancellationToken)
    {
        var failures = new List<Failure>();
        var images = new List<InputImage>();
        foreach (var reference in request.Images.Where(reference => reference.KnownSize is null))
        {
            if (await TryOpenAsync(caller, reference.Argument, reference.Image, failures, cancellationToken) is var (image, header))
            {
                images.Add(new InputImage { Reference = reference, Resolved = image, Header = header });
            }
        }

        var mask = request is InpaintRequest { Mask: { } name } ? await TryOpenAsync(caller, "mask", name, failures, cancellationToken) : null;
        if (failures is not [])
        {
            images.ForEach(image => image.Resolved.Dispose());
            mask?.Resolved.Dispose();
            throw new ImageException(Failure.Combine(failures));
        }

        return new ResolvedInputs(images, mask);
    }

    /// <summary>Why images of a request cannot be read. Nothing is fetched from the internet for it.</summary>
    public async Task<IReadOnlyList<Failure>> FindFailuresAsync(Caller caller, ImageRequest request, CancellationToken cancellationToken)
    {
        var names = request.Images.Select(reference => (reference.Argument, reference.Image));
        return await FindFailuresAsync(caller, request is InpaintRequest { Mask: { } mask } ? names.Append(("mask", mask)) : names, cancellationToken);
    }

    /// <inheritdoc cref="FindFailuresAsync(Caller, ImageRequest, CancellationToken)"/>
    public async Task<IReadOnlyList<Failure>> FindFailuresAsync(Caller caller, IEnumerable<(string Argument, string Image)> names, CancellationToken cancellationToken)
    {
        var failures = new List<Failure>();
        foreach (var (argument, image) in names)
        {
            if (!string.IsNullOrWhiteSpace(image) && !image.TrimStart().StartsWith("http", StringComparison.OrdinalIgnoreCase))
            {
                var opened = await TryOpenAsync(caller, argument, image, failures, cancellationToken);
                opened?.Resolved.Dispose();
            }
        }

        return failures;
    }

    /// <summary>Copies the bytes to where they cannot change while the service draws.</summary>
    public async Task<IReadOnlyList<InputImage>> StoreAsync(IReadOnlyList<InputImage> images, CancellationToken cancellationToken)
    {
        var stored = new List<InputImage>();
        foreach (var image in images)
        {
            using var source = image.Resolved;
            var copy = await source.StoreAsync(inputs, cancellationToken);
            stored.Add(copy.Size == image.Header.Size
                ? image with { Stored = copy, Resolved = source with { Image = EmptyImage } }
                : throw InputImageErrors.ChangedWhileReading(source.Argument));
        }

        return stored;
    }

    /// <returns>Null when it cannot be had; the reason is added to the failures.</returns>
    private async Task<OpenedImage?> TryOpenAsync(Caller caller, string argument, string name, List<Failure> failures, CancellationToken cancellationToken)
    {
        ResolvedImage? image = null;
        try
        {
            image = await resolver.ResolveAsync(caller, argument, name, cancellationToken);
            return new OpenedImage(image, image.ReadHeader());
        }
        catch (ImageException failure)
        {
            image?.Dispose();
            failures.Add(failure.Failure);
            return null;
        }
    }
}
