namespace GptImage2.Imaging.Vips;

/// <summary>libvips operations on an image, one line of meaning each.</summary>
internal static class VipsSteps
{
    extension(VipsImage image)
    {
        /// <summary>Says what the channels mean, without changing a value.</summary>
        internal VipsImage Meaning(string interpretation) =>
            new VipsOperation("copy").With("in", image).Choose("interpretation", interpretation).Image();

        internal VipsImage Crop(int left, int top, Dimensions size) => new VipsOperation("extract_area").With("input", image)
            .With("left", left).With("top", top).With("width", size.Width).With("height", size.Height).Image();

        internal VipsImage Embed(int x, int y, Dimensions frame, string extend) => new VipsOperation("embed").With("in", image)
            .With("x", x).With("y", y).With("width", frame.Width).With("height", frame.Height).Choose("extend", extend).Image();

        internal VipsImage Insert(VipsImage part, int x, int y) => new VipsOperation("insert")
            .With("main", image).With("sub", part).With("x", x).With("y", y).Image();

        /// <summary>Between two images by a mask of theirs or of one channel: 255 takes the first exactly, 0 the second.</summary>
        internal VipsImage Blend(VipsImage first, VipsImage second) => new VipsOperation("ifthenelse")
            .With("cond", image).With("in1", first).With("in2", second).With("blend", true).Image();

        internal VipsImage Upright() => new VipsOperation("autorot").With("in", image).Image();

        internal VipsImage Cast(VipsBandFormat format) =>
            image.Format == format ? image.Copy() : new VipsOperation("cast").With("in", image).Choose("format", format.ToString().ToLowerInvariant()).Image();

        /// <summary>Makes one image of another and lets the first go.</summary>
        internal VipsImage Owned(Func<VipsImage, VipsImage> step)
        {
            using (image)
            {
                return step(image);
            }
        }

        internal VipsImage Copy() => new VipsOperation("copy").With("in", image).Image();

        /// <summary>Colours under transparent pixels must not bleed into their neighbours, so alpha is multiplied in before and divided out after.</summary>
        internal VipsImage Resize(Dimensions size)
        {
            if (size.Width == image.Width && size.Height == image.Height)
            {
                return image.Copy();
            }

            if (!image.HasAlpha)
            {
                return image.Scale(size);
            }

            using var weighted = new VipsOperation("premultiply").With("in", image).Image();
            // Back to whole numbers before scaling: faster than in floating point, in a quarter of the memory.
            using var whole = weighted.Cast(image.Format);
            using var scaled = whole.Scale(size);
            using var divided = new VipsOperation("unpremultiply").With("in", scaled).Image();
            return divided.Cast(image.Format);
        }

        internal VipsImage Scale(Dimensions size) => new VipsOperation("resize").With("in", image)
            .With("scale", (double)size.Width / image.Width).With("vscale", (double)size.Height / image.Height).Image();

        internal VipsImage Bands(int first, int count) =>
            new VipsOperation("extract_band").With("in", image).With("band", first).With("n", count).Image();

        /// <summary>Each pixel becomes a square, and the whole is repeated until the frame is full; for a 2x2 pattern.</summary>
        internal VipsImage Tile(int square, Dimensions frame)
        {
            using var large = new VipsOperation("zoom").With("input", image).With("xfac", square).With("yfac", square).Image();
            using var many = new VipsOperation("replicate").With("in", large).With("across", (frame.Width / large.Width) + 1)
                .With("down", (frame.Height / large.Height) + 1).Image();
            return many.Crop(0, 0, frame);
        }

        internal VipsImage WithAlpha() => image.HasAlpha
            ? image.Copy()
            : new VipsOperation("bandjoin_const").With("in", image).With("c", [image.Opaque]).Image();

        /// <summary>The value of full alpha.</summary>
        internal double Opaque => image.Interpretation is VipsInterpretation.Rgb16 or VipsInterpretation.Grey16 ? 65535 : image.Interpretation is VipsInterpretation.ScRgb ? 1 : 255;

        internal VipsImage Flatten(Colour ground) => image.HasAlpha
            ? new VipsOperation("flatten").With("in", image).With("background", image.Ground(ground)).Image()
            : image.Copy();

        internal double[] Ground(Colour ground)
        {
            var depth = image.Opaque / 255;
            return image.Bands >= 4
                ? [ground.Red * depth, ground.Green * depth, ground.Blue * depth]
                : [(ground.Red + ground.Green + ground.Blue) / 3.0 * depth];
        }

        /// <summary>For 8-bit RGBA: scales the last channel.</summary>
        internal VipsImage ScaleAlpha(double factor) => new VipsOperation("linear").With("in", image)
            .With("a", [1, 1, 1, factor]).With("b", [0, 0, 0, 0]).With("uchar", true).Image();

        /// <summary>For 8-bit RGBA: multiplies the last channel by a mask of the same size.</summary>
        internal VipsImage MultiplyAlpha(VipsImage mask)
        {
            using var colours = image.Bands(0, 3);
            using var alpha = image.Bands(3, 1);
            using var product = new VipsOperation("multiply").With("left", alpha).With("right", mask).Image();
            using var weighted = new VipsOperation("linear").With("in", product).With("a", [1 / 255.0]).With("b", [0.5]).With("uchar", true).Image();
            using var joined = colours.Join(weighted);
            return joined.Meaning("srgb");
        }

        /// <summary>From 8 bits a channel to 16, so that full stays full.</summary>
        internal VipsImage Deepen(string meaning)
        {
            using var wide = new VipsOperation("linear").With("in", image).With("a", [257]).With("b", [0]).Image();
            using var whole = wide.Cast(VipsBandFormat.UShort);
            return whole.Meaning(meaning);
        }

        internal VipsImage Join(VipsImage further) => new VipsOperation("bandjoin").With("in", [image, further]).Image();

        internal VipsImage Overlay(VipsImage above, int x, int y)
        {
            using var below = image.ToSrgb8();
            using var laid = above.ToSrgb8();
            using var composed = new VipsOperation("composite2").With("base", below).With("overlay", laid)
                .Choose("mode", "over").With("x", x).With("y", y).Image();
            using var bytes = composed.Cast(VipsBandFormat.UChar);
            // An opaque ground stays opaque: the alpha that libvips adds would only make files larger.
            return below.HasAlpha ? bytes.Copy() : bytes.Bands(0, 3);
        }
    }
}
