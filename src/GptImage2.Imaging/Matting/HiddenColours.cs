namespace GptImage2.Imaging.Matting;

/// <summary>Last step: transparent pixels get the colour of the nearest that is not, so that scaling without care shows no fringe.</summary>
internal static class HiddenColours
{
    /// <summary>In pixels; further away no scaling reaches, and one colour packs best.</summary>
    private const int Reach = 12;

    internal static void Fill(Matte matte)
    {
        var result = matte.Result;
        var kinds = new PixelKind[matte.Pixels.Count];
        for (var place = 0; place < kinds.Length; place++)
        {
            // Faint pixels know their colour least.
            kinds[place] = result[(place * 4) + 3] >= 24 ? PixelKind.Subject : PixelKind.Backdrop;
        }

        var nearest = NearestMap.To(kinds, PixelKind.Subject, matte.Pixels.Width);
        for (var place = 0; place < kinds.Length; place++)
        {
            if (result[(place * 4) + 3] == 0)
            {
                var from = nearest.SquaredDistance(place) <= Reach * Reach ? nearest.Place(place) : -1;
                (from < 0 ? [0, 0, 0] : result.AsSpan(from * 4, 3)).CopyTo(result.AsSpan(place * 4, 3));
            }
        }
    }
}
