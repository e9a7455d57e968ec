using System.Numerics;
using GptImage2.Imaging.Algorithms;

namespace GptImage2.Imaging.Matting.DualBackground;

/// <summary>
/// Whether two pictures show the same subject. What is behind it is grey in both, so a pixel should have the same colourfulness in both, and the dark
/// picture should be nowhere lighter. Coloured glass is colourful on white alone, and coloured light on black alone: that is no fault. But what was
/// moved, or drawn in another size, has as much of the one as of the other.
/// </summary>
/// <param name="noise">Standard deviation of alpha that the pictures' noise makes.</param>
internal sealed class PairAgreement(float noise)
{
    /// <summary>How far an alpha may lie outside 0 to 1: edges that a codec has smeared do.</summary>
    private const float MaxExcess = 0.06f;

    /// <summary>How far apart the channels may be, for the same reason.</summary>
    private const float MaxSpread = 0.12f;

    /// <summary>Where one picture is so much less colourful than the other, what shows through is tinted, or the subject is in one of them alone.</summary>
    private const float MaxChromaRatio = 0.35f;

    /// <summary>
    /// Above this share of the subject its second picture was drawn anew. Of the drawn pairs that agree, noise, drift and JPEG 75 included, none has
    /// more than 2.5 %; of those that were bent, moved or recoloured most have 10 % and more.
    /// </summary>
    private const double MaxDisagreement = 0.04;

    /// <summary>A smaller share of an image is no subject but dust.</summary>
    private const double MinSubjectShare = 0.0005;

    private readonly float _maxExcess = MaxExcess + (3 * noise);
    private readonly float _maxSpread = MaxSpread + (4 * noise);
    private long _pixels;
    private long _subject;
    private long _conflicts;
    private long _onLightOnly;
    private long _onDarkOnly;

    /// <summary>The share of the subject, 0 to 1, that the two pictures do not agree on.</summary>
    internal double Disagreement => (double)(_conflicts + (2 * Math.Min(_onLightOnly, _onDarkOnly))) / Math.Max(1, _subject);

    /// <param name="seen">The share of the backdrop that each channel shows.</param>
    /// <param name="alpha">What was made of it.</param>
    /// <param name="light">What of its colour is not the backdrop's, in the light picture.</param>
    /// <param name="dark">The same in the dark one.</param>
    internal void Add(Vector3 seen, float alpha, Vector3 light, Vector3 dark)
    {
        _pixels++;
        if (PairSolver.MeasureExcess(seen) > _maxExcess)
        {
            (_subject, _conflicts) = (_subject + 1, _conflicts + 1);
            return;
        }

        if (PairSolver.MeasureSpread(seen) <= _maxSpread)
        {
            _subject += alpha > 0 ? 1 : 0;
            return;
        }

        _subject++;
        var (onLight, onDark) = (light.Chroma.Length(), dark.Chroma.Length());
        switch (onLight, onDark)
        {
            case var _ when onDark < MaxChromaRatio * onLight:
                _onLightOnly++;
                break;
            case var _ when onLight < MaxChromaRatio * onDark:
                _onDarkOnly++;
                break;
            default:
                _conflicts++;
                break;
        }
    }

    /// <exception cref="DualBackgroundException">The pair disagrees, or there is no subject.</exception>
    internal void ThrowIfDoubtful()
    {
        if (_subject < _pixels * MinSubjectShare)
        {
            throw new DualBackgroundException(DualBackgroundError.NoSubject, "there is nothing but backdrop in them");
        }

        if (Disagreement > MaxDisagreement)
        {
            throw new DualBackgroundException(
                DualBackgroundError.Disagreement, string.Create(CultureInfo.InvariantCulture, $"they differ in {Disagreement:P0} of the subject by more than their backdrops"));
        }
    }
}
