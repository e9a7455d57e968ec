using GptImage2.Imaging.Algorithms;

namespace GptImage2.Imaging.Matting.Models;

/// <summary>
/// Joins what a model found in an image with what it found in the mirrored image. A model that misses a part of a subject mostly misses it in one of
/// the two only: so what either found is the subject, and what they disagree about tells how far the model is to be trusted with this image.
/// Averaging over mirrored inputs is common test-time augmentation; that the larger alpha is taken follows from what was seen of ISNet at 1024
/// over busy scenes, which loses parts of subjects and hardly ever adds any.
/// </summary>
public static class MirroredLook
{
    /// <summary>A difference of alpha that is one between subject and background, and not between two shades of an edge.</summary>
    private const int Apart = 100;

    /// <summary>As far as this many of the model's own pixels, an edge may move from look to look.</summary>
    private const int EdgeRadius = 3;

    /// <param name="mirrored">What was found in the mirrored image, and therefore mirrored itself; of the same size.</param>
    /// <returns>The larger alpha of both, with the share of the subject that only one of them found.</returns>
    public static Matte Join(Matte seen, Matte mirrored)
    {
        ArgumentNullException.ThrowIfNull(seen);
        ArgumentNullException.ThrowIfNull(mirrored);
        var (joined, disputed, subject) = (new byte[seen.Alpha.Length], new byte[seen.Alpha.Length], 0);
        for (var i = 0; i < joined.Length; i++)
        {
            var (first, second) = (seen.Alpha[i], mirrored.Alpha[MirrorColumn(i, seen.Size.Width)]);
            joined[i] = Math.Max(first, second);
            disputed[i] = Math.Abs(first - second) >= Apart ? byte.MaxValue : byte.MinValue;
            subject += joined[i] > byte.MaxValue / 2 ? 1 : 0;
        }

        return new Matte(seen.Size, joined) { DisputedShare = subject is 0 ? 0 : CountAreas(disputed, seen.Size) / (double)subject };
    }

    private static int MirrorColumn(int place, int width) => place - (2 * (place % width)) + width - 1;

    /// <summary>What is left of the disputed pixels without those that are narrow: an opening.</summary>
    private static int CountAreas(byte[] disputed, Dimensions size)
    {
        var deep = WindowExtremes.Find(disputed, size, EdgeRadius, largest: false);
        return WindowExtremes.Find(deep, size, EdgeRadius, largest: true).Count(value => value is not 0);
    }
}
