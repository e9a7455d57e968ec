using System.Numerics;

namespace GptImage2.Imaging.Matting.Refinement;

/// <summary>
/// Moves a coarse alpha onto the edges of the image: within each window alpha is taken for a linear function of the colour (He, Sun and Tang,
/// "Guided Image Filtering", 2010, with a colour guide, equations 19 to 21). One instance serves one thread.
/// </summary>
/// <param name="capacity">The most pixels of an area.</param>
/// <param name="maxWidth">The most pixels of a row of it.</param>
/// <param name="epsilon">Variance of the colours, of 0 to 1, below which a window counts as flat.</param>
internal sealed class GuidedFilter(int capacity, int maxWidth, float epsilon)
{
    private const int Input = 3;

    /// <summary>Red, green, blue and the input, then their products in the order of <see cref="Products"/>.</summary>
    private readonly float[][] _means = [.. Enumerable.Range(0, 4 + Products.Length).Select(_ => new float[capacity])];

    private readonly BoxMean _box = new(capacity, maxWidth);

    private static readonly (int First, int Second)[] Products = [(0, 0), (0, 1), (0, 2), (1, 1), (1, 2), (2, 2), (0, Input), (1, Input), (2, Input)];

    /// <summary>Replaces the input by the filtered alpha, which may leave 0 to 1 a little.</summary>
    /// <param name="radius">Of the window, in pixels.</param>
    internal void Filter(ReadOnlySpan<Vector3> guide, Span<float> alpha, int width, int height, int radius)
    {
        TakeMeans(guide, alpha);
        BlurAll(_means.Length, width, height, radius);
        for (var i = 0; i < alpha.Length; i++)
        {
            Fit(i);
        }

        BlurAll(4, width, height, radius);
        for (var i = 0; i < alpha.Length; i++)
        {
            alpha[i] = Vector3.Dot(new Vector3(_means[0][i], _means[1][i], _means[2][i]), guide[i]) + _means[Input][i];
        }
    }

    private void TakeMeans(ReadOnlySpan<Vector3> guide, ReadOnlySpan<float> alpha)
    {
        for (var i = 0; i < alpha.Length; i++)
        {
            (_means[0][i], _means[1][i], _means[2][i], _means[Input][i]) = (guide[i].X, guide[i].Y, guide[i].Z, alpha[i]);
            for (var product = 0; product < Products.Length; product++)
            {
                var (first, second) = Products[product];
                _means[4 + product][i] = _means[first][i] * _means[second][i];
            }
        }
    }

    private void BlurAll(int planes, int width, int height, int radius)
    {
        for (var plane = 0; plane < planes; plane++)
        {
            _box.Apply(_means[plane].AsSpan(0, width * height), width, height, radius);
        }
    }

    /// <summary>The coefficients of one window take the places of the means.</summary>
    private void Fit(int i)
    {
        var mean = new Vector3(_means[0][i], _means[1][i], _means[2][i]);
        var level = _means[Input][i];
        float rr = Covariance(0) + epsilon, rg = Covariance(1), rb = Covariance(2), gg = Covariance(3) + epsilon, gb = Covariance(4), bb = Covariance(5) + epsilon;
        var with = new Vector3(Covariance(6), Covariance(7), Covariance(8));

        // The inverse of a symmetric matrix by its cofactors; epsilon keeps the determinant above zero.
        var first = new Vector3((gg * bb) - (gb * gb), (rb * gb) - (rg * bb), (rg * gb) - (rb * gg));
        var second = new Vector3(first.Y, (rr * bb) - (rb * rb), (rb * rg) - (rr * gb));
        var third = new Vector3(first.Z, second.Z, (rr * gg) - (rg * rg));
        var determinant = (rr * first.X) + (rg * first.Y) + (rb * first.Z);
        var slope = determinant > 0 ? new Vector3(Vector3.Dot(first, with), Vector3.Dot(second, with), Vector3.Dot(third, with)) / determinant : Vector3.Zero;
        (_means[0][i], _means[1][i], _means[2][i], _means[Input][i]) = (slope.X, slope.Y, slope.Z, level - Vector3.Dot(slope, mean));

        float Covariance(int product) => _means[4 + product][i] - (_means[Products[product].First][i] * _means[Products[product].Second][i]);
    }
}
