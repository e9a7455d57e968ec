using GptImage2.Imaging.Vips.Interop;

namespace GptImage2.Imaging.Vips;

/// <summary>Colour management: conversions between bit depths, colour spaces and ICC profiles.</summary>
internal static class VipsColourExtensions
{
    /// <summary>The metadata field in which libvips keeps an embedded ICC profile.</summary>
    internal const string IccProfileField = "icc-profile-data";

    extension(VipsImage image)
    {
        /// <summary>Applies an embedded profile; an invalid profile is ignored, as viewers do.</summary>
        internal VipsImage ToSrgb8()
        {
            if (image.IsSrgb8 && !image.HasProfile)
            {
                return image.Copy();
            }

            using var converted = image.ConvertByProfile() ?? image.ConvertByInterpretation();
            using var bytes = converted.Cast(VipsBandFormat.UChar);
            var srgb = bytes.ExtractBands(0, bytes.HasAlpha ? 4 : 3);
            srgb.RemoveField(IccProfileField);
            return srgb;
        }

        internal VipsImage ToRgba8()
        {
            using var srgb = image.ToSrgb8();
            return srgb.EnsureAlpha();
        }

        /// <summary>Converts sRGB into the colour space of another image's profile; null when the profile has no output transform.</summary>
        internal VipsImage? ConvertToProfileOf(VipsImage other, bool deep)
        {
            try
            {
                using var lab = new VipsOperation("icc_import").With("in", image).With("input-profile", "srgb").ToImage();
                using var tagged = lab.Copy();
                tagged.CopyBlobFrom(IccProfileField, other);
                return new VipsOperation("icc_export").With("in", tagged).With("depth", deep ? 16 : 8).ToImage();
            }
            catch (VipsException)
            {
                return null;
            }
        }

        internal VipsImage ToGrey() => new VipsOperation("colourspace").With("in", image).WithEnum("space", "b-w").ToImage();

        /// <summary>Tags the pixels with another image's interpretation and profile: which input an operation inherits them from differs between versions of libvips.</summary>
        internal VipsImage WithInterpretationAndProfileOf(VipsImage other)
        {
            var tagged = image.WithInterpretation(other.Interpretation switch
            {
                VipsInterpretation.BlackAndWhite => "b-w",
                VipsInterpretation.Grey16 => "grey16",
                VipsInterpretation.Rgb16 => "rgb16",
                _ => "srgb",
            });
            tagged.RemoveField(IccProfileField);
            if (other.HasProfile)
            {
                tagged.CopyBlobFrom(IccProfileField, other);
            }

            return tagged;
        }

        /// <summary>Number of channels without alpha.</summary>
        internal int ColourBands => image.Bands - (image.HasAlpha ? 1 : 0);

        /// <summary>A grey image as RGB with equal channels, losslessly; alpha is kept.</summary>
        internal VipsImage GreyToRgb()
        {
            using var grey = image.ExtractBands(0, 1);
            using var three = new VipsOperation("bandjoin").With("in", [grey, grey, grey]).ToImage();
            using var rgb = three.WithInterpretation(image.Format is VipsBandFormat.UShort ? "rgb16" : "srgb");
            return image.HasAlpha ? image.ExtractBands(1, 1).Pipe(rgb.JoinBands) : rgb.Copy();
        }

        internal bool HasProfile => image.HasField(IccProfileField);

        /// <summary>Whether it has a profile by which its colours can be read.</summary>
        internal bool CanReadProfile
        {
            get
            {
                using var read = image.ConvertByProfile();
                return read is not null;
            }
        }

        private bool IsSrgb8 => image.Format is VipsBandFormat.UChar && image.Interpretation is VipsInterpretation.Srgb && image.Bands is 3 or 4;

        private VipsImage? ConvertByProfile()
        {
            var isCmyk = image.Interpretation is VipsInterpretation.Cmyk;
            if (!image.HasProfile && !isCmyk)
            {
                return null;
            }

            try
            {
                // Ink on paper is no black: without compensation all that is printed looks grey. Inks without a profile are taken for libvips' own.
                var transform = new VipsOperation("icc_transform").With("in", image).With("output-profile", "srgb")
                    .With("embedded", true).With("depth", 8).With("black-point-compensation", isCmyk);
                return (isCmyk ? transform.With("input-profile", "cmyk") : transform).ToImage();
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

            using var assumed = image.WithInterpretation(image.Bands >= 3 ? "srgb" : "b-w");
            return new VipsOperation("colourspace").With("in", assumed).WithEnum("space", "srgb").ToImage();
        }
    }
}
