using GptImage2.Imaging.Vips.Interop;

namespace GptImage2.Imaging.Vips;

/// <summary>Typed wrappers of the libvips operations in use.</summary>
internal static class VipsImageExtensions
{
    extension(VipsImage image)
    {
        /// <summary>Sets what the channels mean, without changing a sample.</summary>
        internal VipsImage WithInterpretation(string interpretation) =>
            new VipsOperation("copy").With("in", image).WithEnum("interpretation", interpretation).ToImage();

        internal VipsImage Crop(int left, int top, Dimensions size) => new VipsOperation("extract_area").With("input", image)
            .With("left", left).With("top", top).With("width", size.Width).With("height", size.Height).ToImage();

        internal VipsImage Embed(int x, int y, Dimensions size, string extend) => new VipsOperation("embed").With("in", image)
            .With("x", x).With("y", y).With("width", size.Width).With("height", size.Height).WithEnum("extend", extend).ToImage();

        /// <summary>For 8-bit RGB: on a larger canvas of one colour.</summary>
        internal VipsImage PlaceOn(Colour colour, int x, int y, Dimensions size) => new VipsOperation("embed").With("in", image)
            .With("x", x).With("y", y).With("width", size.Width).With("height", size.Height)
            .WithEnum("extend", "background").With("background", [colour.Red, colour.Green, colour.Blue]).ToImage();

        internal VipsImage Insert(VipsImage part, int x, int y) => new VipsOperation("insert")
            .With("main", image).With("sub", part).With("x", x).With("y", y).ToImage();

        /// <summary>Blends two images by this mask, of as many channels as theirs or of one: 255 gives exactly the first, 0 the second.</summary>
        internal VipsImage Blend(VipsImage first, VipsImage second) => new VipsOperation("ifthenelse")
            .With("cond", image).With("in1", first).With("in2", second).With("blend", true).ToImage();

        internal VipsImage AutoRotate() => new VipsOperation("autorot").With("in", image).ToImage();

        internal VipsImage Cast(VipsBandFormat format) =>
            image.Format == format ? image.Copy() : new VipsOperation("cast").With("in", image).WithEnum("format", format.ToString().ToLowerInvariant()).ToImage();

        /// <summary>Applies an operation and disposes its input.</summary>
        internal VipsImage Pipe(Func<VipsImage, VipsImage> operation)
        {
            using (image)
            {
                return operation(image);
            }
        }

        internal VipsImage Copy() => new VipsOperation("copy").With("in", image).ToImage();

        /// <summary>Resizes with premultiplied alpha (Smith and Blinn), so that colours of transparent pixels do not bleed into their neighbours.</summary>
        internal VipsImage Resize(Dimensions size)
        {
            if (size.Width == image.Width && size.Height == image.Height)
            {
                return image.Copy();
            }

            if (!image.HasAlpha)
            {
                return image.ResizeUnweighted(size);
            }

            using var premultiplied = new VipsOperation("premultiply").With("in", image).ToImage();
            // Back to integers before resizing: faster than in floating point, in a quarter of the memory.
            using var whole = premultiplied.Cast(image.Format);
            using var scaled = whole.ResizeUnweighted(size);
            using var straight = new VipsOperation("unpremultiply").With("in", scaled).ToImage();
            return straight.Cast(image.Format);
        }

        internal VipsImage ResizeUnweighted(Dimensions size) => new VipsOperation("resize").With("in", image)
            .With("scale", (double)size.Width / image.Width).With("vscale", (double)size.Height / image.Height).ToImage();

        internal VipsImage ExtractBands(int first, int count) =>
            new VipsOperation("extract_band").With("in", image).With("band", first).With("n", count).ToImage();

        /// <summary>Enlarges each pixel of a 2x2 pattern to a square and repeats the pattern until the size is filled.</summary>
        internal VipsImage TilePattern(int square, Dimensions size)
        {
            using var large = new VipsOperation("zoom").With("input", image).With("xfac", square).With("yfac", square).ToImage();
            using var tiled = new VipsOperation("replicate").With("in", large).With("across", (size.Width / large.Width) + 1)
                .With("down", (size.Height / large.Height) + 1).ToImage();
            return tiled.Crop(0, 0, size);
        }

        internal VipsImage EnsureAlpha() => image.HasAlpha
            ? image.Copy()
            : new VipsOperation("bandjoin_const").With("in", image).With("c", [image.MaxAlpha]).ToImage();

        /// <summary>The sample value of opaque alpha.</summary>
        internal double MaxAlpha => image.Interpretation is VipsInterpretation.Rgb16 or VipsInterpretation.Grey16 ? 65535 : image.Interpretation is VipsInterpretation.ScRgb ? 1 : 255;

        internal VipsImage Flatten(Colour colour) => image.HasAlpha
            ? new VipsOperation("flatten").With("in", image).With("background", image.ToBandValues(colour)).ToImage()
            : image.Copy();

        internal double[] ToBandValues(Colour colour)
        {
            var depth = image.MaxAlpha / 255;
            return image.Bands >= 4
                ? [colour.Red * depth, colour.Green * depth, colour.Blue * depth]
                : [(colour.Red + colour.Green + colour.Blue) / 3.0 * depth];
        }

        /// <summary>For 8-bit RGBA: multiplies alpha by a factor.</summary>
        internal VipsImage ScaleAlpha(double factor) => new VipsOperation("linear").With("in", image)
            .With("a", [1, 1, 1, factor]).With("b", [0, 0, 0, 0]).With("uchar", true).ToImage();

        /// <summary>For 8-bit RGBA: multiplies alpha by an 8-bit mask of the same size.</summary>
        internal VipsImage MultiplyAlpha(VipsImage mask)
        {
            using var colours = image.ExtractBands(0, 3);
            using var alpha = image.ExtractBands(3, 1);
            using var product = new VipsOperation("multiply").With("left", alpha).With("right", mask).ToImage();
            using var weighted = new VipsOperation("linear").With("in", product).With("a", [1 / 255.0]).With("b", [0.5]).With("uchar", true).ToImage();
            using var joined = colours.JoinBands(weighted);
            return joined.WithInterpretation("srgb");
        }

        /// <summary>From 8 to 16 bits a channel: times 257, so that 255 becomes 65,535.</summary>
        internal VipsImage ToSixteenBit(string interpretation)
        {
            using var wide = new VipsOperation("linear").With("in", image).With("a", [257]).With("b", [0]).ToImage();
            using var whole = wide.Cast(VipsBandFormat.UShort);
            return whole.WithInterpretation(interpretation);
        }

        internal VipsImage JoinBands(VipsImage bands) => new VipsOperation("bandjoin").With("in", [image, bands]).ToImage();

        internal VipsImage Overlay(VipsImage above, int x, int y)
        {
            using var below = image.ToSrgb8();
            using var overlay = above.ToSrgb8();
            using var composed = new VipsOperation("composite2").With("base", below).With("overlay", overlay)
                .WithEnum("mode", "over").With("x", x).With("y", y).ToImage();
            using var bytes = composed.Cast(VipsBandFormat.UChar);
            // An opaque image stays opaque: the alpha channel that libvips adds would only make files larger.
            return below.HasAlpha ? bytes.Copy() : bytes.ExtractBands(0, 3);
        }
    }
}
