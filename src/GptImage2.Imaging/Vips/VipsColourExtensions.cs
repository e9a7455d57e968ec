using GptImage2.Imaging.Vips.Interop;

namespace GptImage2.Imaging.Vips;

/// <summary>From whatever depth and colours to 8-bit sRGB.</summary>
internal static class VipsColourExtensions
{
    private const string IccProfileField = "icc-profile-data";

    extension(VipsImage image)
    {
        /// <summary>Honours an embedded profile; a profile that makes no sense is ignored, as viewers do.</summary>
        internal VipsImage ToSrgb8()
        {
            if (image.IsSrgb8 && !image.HasField(IccProfileField))
            {
                return image.Copy();
            }

            using var converted = image.ConvertByProfile() ?? image.ConvertByInterpretation();
            using var bytes = converted.Cast(VipsBandFormat.UChar);
            var plain = bytes.ExtractBands(0, bytes.HasAlpha ? 4 : 3);
            plain.RemoveField(IccProfileField);
            return plain;
        }

        /// <summary>From sRGB into the colours of another image's profile; null when that profile cannot be written to.</summary>
        internal VipsImage? ConvertToProfileOf(VipsImage other, bool deep)
        {
            try
            {
                using var seen = new VipsOperation("icc_import").With("in", image).With("input-profile", "srgb").ToImage();
                using var tagged = seen.Copy();
                tagged.CopyBlobFrom(IccProfileField, other);
                return new VipsOperation("icc_export").With("in", tagged).With("depth", deep ? 16 : 8).ToImage();
            }
            catch (VipsException)
            {
                return null;
            }
        }

        internal VipsImage ToGrey() => new VipsOperation("colourspace").With("in", image).WithEnum("space", "b-w").ToImage();

        /// <summary>Says of these pixels what another image says of its own, its profile included: which input a result is described by differs between versions of libvips.</summary>
        internal VipsImage WithInterpretationAndProfileOf(VipsImage other)
        {
            var described = image.WithInterpretation(other.Interpretation switch
            {
                VipsInterpretation.BlackAndWhite => "b-w",
                VipsInterpretation.Grey16 => "grey16",
                VipsInterpretation.Rgb16 => "rgb16",
                _ => "srgb",
            });
            described.RemoveField(IccProfileField);
            if (other.HasProfile)
            {
                described.CopyBlobFrom(IccProfileField, other);
            }

            return described;
        }

        /// <summary>Channels without alpha.</summary>
        internal int ColourBands => image.Bands - (image.HasAlpha ? 1 : 0);

        /// <summary>A grey image as RGB of equal channels, exactly; its alpha goes along.</summary>
        internal VipsImage GreyToRgb()
        {
            using var grey = image.ExtractBands(0, 1);
            using var three = new VipsOperation("bandjoin").With("in", [grey, grey, grey]).ToImage();
            using var rgb = three.WithInterpretation(image.Format is VipsBandFormat.UShort ? "rgb16" : "srgb");
            return image.HasAlpha ? image.ExtractBands(1, 1).Pipe(rgb.JoinBands) : rgb.Copy();
        }

        internal bool HasProfile => image.HasField(IccProfileField);

        private bool IsSrgb8 => image.Format is VipsBandFormat.UChar && image.Interpretation is VipsInterpretation.Srgb && image.Bands is 3 or 4;

        private VipsImage? ConvertByProfile()
        {
            if (!image.HasField(IccProfileField))
            {
                return null;
            }

            try
            {
                return new VipsOperation("icc_transform").With("in", image).With("output-profile", "srgb")
                    .With("embedded", true).With("depth", 8).ToImage();
            }
            catch (VipsException)
            {
                return null;
            }
        }

        private VipsImage ConvertByInterpretation()
        {
            if (image.Interpretation is not VipsInterpretation.Multiband)
            {
                return new VipsOperation("colourspace").With("in", image).WithEnum("space", "srgb").ToImage();
            }

            using var guessed = image.WithInterpretation(image.Bands >= 3 ? "srgb" : "b-w");
            return new VipsOperation("colourspace").With("in", guessed).WithEnum("space", "srgb").ToImage();
        }
    }
}
