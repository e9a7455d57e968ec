namespace GptImage2.Imaging.Vips;

/// <summary>From whatever depth and colours to 8-bit sRGB.</summary>
internal static class VipsColours
{
    private const string Profile = "icc-profile-data";

    extension(VipsImage image)
    {
        /// <summary>Honours an embedded profile; a profile that makes no sense is ignored, as viewers do.</summary>
        internal VipsImage ToSrgb8()
        {
            if (image.IsSrgb8 && !image.Has(Profile))
            {
                return image.Copy();
            }

            using var converted = image.ByProfile() ?? image.ByMeaning();
            using var bytes = converted.Cast(VipsBandFormat.UChar);
            var plain = bytes.Bands(0, bytes.HasAlpha ? 4 : 3);
            plain.Remove(Profile);
            return plain;
        }

        /// <summary>From sRGB into the colours of another image's profile; null when that profile cannot be written to.</summary>
        internal VipsImage? IntoProfileOf(VipsImage other, bool deep)
        {
            try
            {
                using var seen = new VipsOperation("icc_import").With("in", image).With("input-profile", "srgb").Image();
                using var tagged = seen.Copy();
                tagged.TakeOver(Profile, other);
                return new VipsOperation("icc_export").With("in", tagged).With("depth", deep ? 16 : 8).Image();
            }
            catch (VipsException)
            {
                return null;
            }
        }

        internal VipsImage ToGrey() => new VipsOperation("colourspace").With("in", image).Choose("space", "b-w").Image();

        /// <summary>Says of these pixels what another image says of its own, its profile included: which input a result is described by differs between versions of libvips.</summary>
        internal VipsImage AsDescribed(VipsImage other)
        {
            var described = image.Meaning(other.Interpretation switch
            {
                VipsInterpretation.BlackAndWhite => "b-w",
                VipsInterpretation.Grey16 => "grey16",
                VipsInterpretation.Rgb16 => "rgb16",
                _ => "srgb",
            });
            described.Remove(Profile);
            if (other.HasProfile)
            {
                described.TakeOver(Profile, other);
            }

            return described;
        }

        /// <summary>Channels without alpha.</summary>
        internal int Colours => image.Bands - (image.HasAlpha ? 1 : 0);

        /// <summary>A grey image as RGB of equal channels, exactly; its alpha goes along.</summary>
        internal VipsImage GreyToRgb()
        {
            using var grey = image.Bands(0, 1);
            using var three = new VipsOperation("bandjoin").With("in", [grey, grey, grey]).Image();
            using var rgb = three.Meaning(image.Format is VipsBandFormat.UShort ? "rgb16" : "srgb");
            return image.HasAlpha ? image.Bands(1, 1).Owned(rgb.Join) : rgb.Copy();
        }

        internal bool HasProfile => image.Has(Profile);

        private bool IsSrgb8 => image.Format is VipsBandFormat.UChar && image.Interpretation is VipsInterpretation.Srgb && image.Bands is 3 or 4;

        private VipsImage? ByProfile()
        {
            if (!image.Has(Profile))
            {
                return null;
            }

            try
            {
                return new VipsOperation("icc_transform").With("in", image).With("output-profile", "srgb")
                    .With("embedded", true).With("depth", 8).Image();
            }
            catch (VipsException)
            {
                return null;
            }
        }

        private VipsImage ByMeaning()
        {
            if (image.Interpretation is not VipsInterpretation.Multiband)
            {
                return new VipsOperation("colourspace").With("in", image).Choose("space", "srgb").Image();
            }

            using var guessed = image.Meaning(image.Bands >= 3 ? "srgb" : "b-w");
            return new VipsOperation("colourspace").With("in", guessed).Choose("space", "srgb").Image();
        }
    }
}
