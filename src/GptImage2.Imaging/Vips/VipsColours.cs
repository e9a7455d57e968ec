namespace GptImage2.Imaging.Vips;

/// <summary>From whatever depth and colours to 8-bit sRGB.</summary>
internal static class VipsColours
{
    extension(VipsImage image)
    {
        /// <summary>Honours an embedded profile; a profile that makes no sense is ignored, as viewers do.</summary>
        internal VipsImage ToSrgb8()
        {
            if (image.IsSrgb8 && !image.Has("icc-profile-data"))
            {
                return image.Copy();
            }

            using var converted = image.ByProfile() ?? image.ByMeaning();
            using var bytes = converted.Cast(VipsBandFormat.UChar);
            var plain = bytes.Bands(0, bytes.HasAlpha ? 4 : 3);
            plain.Remove("icc-profile-data");
            return plain;
        }

        private bool IsSrgb8 => image.Format is VipsBandFormat.UChar && image.Interpretation is VipsInterpretation.Srgb && image.Bands is 3 or 4;

        private VipsImage? ByProfile()
        {
            if (!image.Has("icc-profile-data"))
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
