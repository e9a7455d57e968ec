using GptImage2.Generation.Inputs;
using GptImage2.Generation.Requests;
using GptImage2.Imaging.Codecs;
using GptImage2.Imaging.Previews;
using GptImage2.Mcp.Results;

namespace GptImage2.Mcp.Apps.Actions;

/// <summary>
/// Real pixels of a part of an image, exact where they fit into an answer. The image that is being looked at stays decoded for a moment, because whoever
/// moves over it asks for many parts of it, and none can be decoded without most of the rest.
/// </summary>
internal sealed class PartReader(ImageArgumentResolver resolver, TimeProvider clock) : IDisposable
{
    /// <summary>Some 120 MB; larger ones are decoded for each part, as far down as it reaches.</summary>
    private const long MaxKeptPixels = 40_000_000;

    private static readonly TimeSpan Lifetime = TimeSpan.FromSeconds(20);

    private readonly SemaphoreSlim _turn = new(1);
    private (string Hash, Image Image)? _kept;
    private ITimer? _timer;

    /// <exception cref="ImageException">There is no such image, or the part is outside it.</exception>
    public async Task<ToolResponse> ReadAsync(Caller caller, StudioActionArguments arguments, CancellationToken cancellationToken)
    {
        using var resolved = await resolver.ResolveAsync(caller, "image", arguments.Image!, cancellationToken);
        var size = resolved.ReadHeader().Size;
        var area = new PixelArea(arguments.X!.Value, arguments.Y!.Value, new Dimensions(arguments.Width!.Value, arguments.Height!.Value));
        if (!area.IsInside(size))
        {
            throw new InvalidRequestException([new Violation("x", $"a part inside the image, which is {size}", $"{area.Size} at {area.Left},{area.Top}")]);
        }

        await _turn.WaitAsync(cancellationToken);
        try
        {
            return resolved.ReadWith(encoded => Encode(area, CutOut(resolved, encoded, size, area), arguments.Edge));
        }
        finally
        {
            _turn.Release();
        }
    }

    public void Dispose()
    {
        // Not the semaphore: the timer's last tick may still ask for it, and it holds nothing of the system's.
        _timer?.Dispose();
        Forget();
    }

    private Image CutOut(ResolvedImage resolved, EncodedImage encoded, Dimensions size, PixelArea area)
    {
        if (size.PixelCount > MaxKeptPixels)
        {
            using var streamed = Image.Open(encoded, PixelAccess.Sequential);
            return streamed.Crop(area.Left, area.Top, area.Size);
        }

        var hash = resolved.ComputeHash();
        if (_kept?.Hash != hash)
        {
            Forget();
            using var opened = Image.Open(encoded, PixelAccess.Sequential);
            using var colours = opened.ToSrgb8();
            _kept = (hash, colours.CopyToMemory());
        }

        _timer ??= clock.CreateTimer(_ => ForgetUnused(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        _timer.Change(Lifetime, Timeout.InfiniteTimeSpan);
        return _kept!.Value.Image.Crop(area.Left, area.Top, area.Size);
    }

    private static ToolResponse Encode(PixelArea area, Image part, int? edge)
    {
        using var _ = part;
        var size = PreviewOptions.FitWithin(area.Size, edge ?? int.MaxValue);
        using var shown = size == area.Size ? part.ToSrgb8() : part.Resize(size);
        var exact = shown.Encode(new SaveOptions { Format = ImageFormat.Png, Effort = 1, KeepProfile = false });
        var fits = exact.Length <= DataUri.MaxBytes;
        var data = fits ? DataUri.Create(exact, ImageFormat.Png) : DataUri.CreatePreview(EncodedImage.FromMemory(exact), int.MaxValue);
        return ImageActions.CreateResponse("Pixels.", new JsonObject
        {
            ["x"] = area.Left,
            ["y"] = area.Top,
            ["width"] = area.Size.Width,
            ["height"] = area.Size.Height,
            ["shown_width"] = size.Width,
            ["shown_height"] = size.Height,
            ["exact"] = fits && size == area.Size,
            ["data"] = data,
        });
    }

    private void ForgetUnused()
    {
        if (_turn.Wait(0))
        {
            Forget();
            _turn.Release();
        }
        else
        {
            _timer?.Change(Lifetime, Timeout.InfiniteTimeSpan);
        }
    }

    private void Forget()
    {
        _kept?.Image.Dispose();
        _kept = null;
    }
}
