using GptImage2.Imaging.Boards;
using GptImage2.Imaging.Codecs;
using GptImage2.Imaging.Vips;
using GptImage2.Imaging.Vips.Interop;

namespace GptImage2.Imaging.Export;

/// <summary>Images one after the other, each for its time, again and again: an animatic of a storyboard.</summary>
public static class AnimatedWebp
{
    /// <summary>Of a canvas, in pixels (RFC 9649, 2.7.1.1, allows more, but a frame is a VP8 picture of 14 bits).</summary>
    public const int MaxEdge = 16383;

    /// <summary>Browsers and libvips take what is shorter for a tenth of a second.</summary>
    public static readonly TimeSpan MinDuration = TimeSpan.FromMilliseconds(11);

    /// <summary>24 bits of milliseconds (RFC 9649, 2.7.1.2): four hours and a half.</summary>
    public static readonly TimeSpan MaxDuration = TimeSpan.FromMilliseconds((1 << 24) - 1);

    private static readonly Colour Mat = new(0x14, 0x16, 0x1A);

    private static readonly SaveOptions Options = new() { Format = ImageFormat.Webp, Quality = 84, Effort = 2, KeepProfile = false };

    /// <summary>
    /// Writes the frames, each whole in the middle of a dark mat of one size. They are decoded one after the other as they are encoded; the file is
    /// written at the end. Equal neighbours become one frame that shows as long as both.
    /// </summary>
    /// <param name="frames">One at least. A duration is rounded to milliseconds.</param>
    /// <param name="size">Of the animation; no edge longer than <see cref="MaxEdge"/>.</param>
    /// <exception cref="UnreadableImageException">One of them is damaged or too large.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled; nothing, or a part, has been written.</exception>
    public static void Write(IReadOnlyList<(EncodedImage Image, TimeSpan Duration)> frames, Dimensions size, Stream output, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(frames);
        ArgumentNullException.ThrowIfNull(output);
        ArgumentOutOfRangeException.ThrowIfZero(frames.Count, nameof(frames));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(Math.Max(size.Width, size.Height), MaxEdge, nameof(size));
        foreach (var (_, duration) in frames)
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(duration, MinDuration, nameof(frames));
            ArgumentOutOfRangeException.ThrowIfGreaterThan(duration, MaxDuration, nameof(frames));
        }

        using var strip = Join(frames, size, cancellationToken);
        using var animation = ImageEncoder.PrepareForFormat(strip, Options);
        animation.SetInt("page-height", size.Height);
        animation.SetInt("loop", 0);
        animation.SetInts("delay", [.. frames.Select(frame => (int)Math.Round(frame.Duration.TotalMilliseconds))]);
        Save(animation, output, cancellationToken);
    }

    /// <summary>One below the other, as libvips has animations; nothing is decoded yet.</summary>
    private static VipsImage Join(IReadOnlyList<(EncodedImage Image, TimeSpan Duration)> frames, Dimensions size, CancellationToken cancellationToken)
    {
        var fitted = new List<VipsImage>();
        try
        {
            foreach (var (image, _) in frames)
            {
                cancellationToken.ThrowIfCancellationRequested();
                fitted.Add(Fit(image, size));
            }

            return new VipsOperation("arrayjoin").With("in", [.. fitted]).With("across", 1).ToImage();
        }
        finally
        {
            fitted.ForEach(frame => frame.Dispose());
        }
    }

    private static VipsImage Fit(EncodedImage image, Dimensions size)
    {
        using var thumbnail = Image.OpenThumbnail(image, Math.Max(size.Width, size.Height));
        using var resized = thumbnail.Resize(BoardLayout.Fit(ImageHeader.Read(image).Size, size));
        using var opaque = resized.Flatten(Mat);
        using var rgb = opaque.ToSrgb8();
        return rgb.Native.PlaceOn(Mat, (size.Width - rgb.Size.Width) / 2, (size.Height - rgb.Size.Height) / 2, size);
    }

    private static void Save(VipsImage animation, Stream output, CancellationToken cancellationToken)
    {
        using var target = new VipsTarget(output);
        using var stop = cancellationToken.Register(animation.Kill);
        try
        {
            ImageEncoder.CreateSaveOperation(Options).With("in", animation).With("target", target).Run();
        }
        catch (VipsException exception)
        {
            cancellationToken.ThrowIfCancellationRequested();
            target.ThrowIfStreamFailed();
            throw ImageLoader.DamagedImage(exception);
        }
    }
}
