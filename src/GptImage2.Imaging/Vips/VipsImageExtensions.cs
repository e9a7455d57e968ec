using GptImage2.Imaging.Vips.Interop;

namespace GptImage2.Imaging.Vips;

/// <summary>libvips operations on an image, one line of meaning each.</summary>
internal static class VipsImageExtensions
{
    extension(VipsImage image)
    {
        /// <summary>Says what the channels mean, without changing a value.</summary>
        internal VipsImage WithInterpretation(string interpretation) =>
            new VipsOperation("copy").With("in", image).WithEnum("interpretation", interpretation).ToImage();

        internal VipsImage Crop(int left, int top, Dimensions size) => new VipsOperation("extract_area").With("input", image)
            .With("left", left).With("top", top).With("width", size.Width).With("height", size.Height).ToImage();

        internal VipsImage Embed(int x, int y, Dimensions frame, string extend) => new VipsOperation("embed").With("in", image)
            .With("x", x).With("y", y).With("width", frame.Width).With("height", frame.Height).WithEnum("extend", extend).ToImage();

        internal VipsImage Insert(VipsImage part, int x, int y) => new VipsOperation("insert")
            .With("main", image).With("sub", part).With("x", x).With("y", y).ToImage();

        /// <summary>Between two images by a mask of theirs or of one channel: 255 takes the first exactly, 0 the second.</summary>
        internal VipsImage Blend(VipsImage first, VipsImage second) => new VipsOperation("ifthenelse")
            .With("cond", image).With("in1", first).With("in2", second).With("blend", true).ToImage();

        internal VipsImage AutoRotate() => new VipsOperation("autorot").With("in", image).ToImage();

        internal VipsImage Cast(VipsBandFormat format) =>
            image.Format == format ? image.Copy() : new VipsOperation("cast").With("in", image).WithEnum("format", format.ToString().ToLowerInvariant()).ToImage();

        /// <summary>Makes one image of another and lets the first go.</summary>
        internal VipsImage Pipe(Func<VipsImage, VipsImage> step)
        {
            using (image)
            {
                return step(image);
            }
        }

        internal VipsImage Copy() => new VipsOperation("copy").With("in", image).ToImage();

        /// <summary>Colours under transparent pixels must not bleed into their neighbours, so alpha is multiplied in before and divided out after.</summary>
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

            using var weighted = new VipsOperation("premultiply").With("in", image).ToImage();
            // Back to whole numbers before scaling: faster than in floating point, in a quarter of the memory.
            using var whole = weighted.Cast(image.Format);
            using var scaled = whole.ResizeUnweighted(size);
            using var divided = new VipsOperation("unpremultiply").With("in", scaled).ToImage();
            return divided.Cast(image.Format);
        }

        internal VipsImage ResizeUnweighted(Dimensions size) => new VipsOperation("resize").With("in", image)
            .With("scale", (double)size.Width / image.Width).With("vscale", (double)size.Height / image.Height).ToImage();

        internal VipsImage ExtractBands(int first, int count) =>
            new VipsOperation("extract_band").With("in", image).With("band", first).With("n", count).ToImage();

        /// <summary>Each pixel becomes a square, and the whole is repeated until the frame is full; for a 2x2 pattern.</summary>
        internal VipsImage TilePattern(int square, Dimensions frame)
        {
            using var large = new VipsOperation("zoom").With("input", image).With("xfac", square).With("yfac", square).ToImage();
            using var many = new VipsOperation("replicate").With("in", large).With("across", (frame.Width / large.Width) + 1)
                .With("down", (frame.Height / large.Height) + 1).ToImage();
            return many.Crop(0, 0, frame);
        }

        internal VipsImage EnsureAlpha() => image.HasAlpha
            ? image.Copy()
            : new VipsOperation("bandjoin_const").With("in", image).With("c", [image.MaxAlpha]).ToImage();

        /// <summary>The value of full alpha.</summary>
        internal double MaxAlpha => image.Interpretation is VipsInterpretation.Rgb16 or VipsInterpretation.Grey16 ? 65535 : image.Interpretation is VipsInterpretation.ScRgb ? 1 : 255;

        internal VipsImage Flatten(Colour ground) => image.HasAlpha
            ? new VipsOperation("flatten").With("in", image).With("background", image.ToBandValues(ground)).ToImage()
            : image.Copy();

        internal double[] ToBandValues(Colour ground)
        {
            var depth = image.MaxAlpha / 255;
            return image.Bands >= 4
                ? [ground.Red * depth, ground.Green * depth, ground.Blue * depth]
                : [(ground.Red + ground.Green + ground.Blue) / 3.0 * depth];
        }

        /// <summary>For 8-bit RGBA: scales the last channel.</summary>
        internal VipsImage ScaleAlpha(double factor) => new VipsOperation("linear").With("in", image)
            .With("a", [1, 1, 1, factor]).With("b", [0, 0, 0, 0]).With("uchar", true).ToImage();

        /// <summary>For 8-bit RGBA: multiplies the last channel by a mask of the same size.</summary>
        internal VipsImage MultiplyAlpha(VipsImage mask)
        {
            using var colours = image.ExtractBands(0, 3);
            using var alpha = image.ExtractBands(3, 1);
            using var product = new VipsOperation("multiply").With("left", alpha).With("right", mask).ToImage();
            using var weighted = new VipsOperation("linear").With("in", product).With("a", [1 / 255.0]).With("b", [0.5]).With("uchar", true).ToImage();
            using var joined = colours.JoinBands(weighted);
            return joined.WithInterpretation("srgb");
        }

        /// <summary>From 8 bits a channel to 16, so that full stays full.</summary>
        internal VipsImage ToSixteenBit(string meaning)
        {
            using var wide = new VipsOperation("linear").With("in", image).With("a", [257]).With("b", [0]).ToImage();
            using var whole = wide.Cast(VipsBandFormat.UShort);
            return whole.WithInterpretation(meaning);
        }

        internal VipsImage JoinBands(VipsImage further) => new VipsOperation("bandjoin").With("in", [image, further]).ToImage();

        internal VipsImage Overlay(VipsImage above, int x, int y)
        {
            using var below = image.ToSrgb8();
            using var laid = above.ToSrgb8();
            using var composed = new VipsOperation("composite2").With("base", below).With("overlay", laid)
                .WithEnum("mode", "over").With("x", x).With("y", y).ToImage();
            using var bytes = composed.Cast(VipsBandFormat.UChar);
            // An opaque ground stays opaque: the alpha that libvips adds would only make files larger.
            return below.HasAlpha ? bytes.Copy() : bytes.ExtractBands(0, 3);
        }
    }
}
