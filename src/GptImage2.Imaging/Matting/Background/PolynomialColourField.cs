using GptImage2.Imaging.Algorithms;

namespace GptImage2.Imaging.Matting.Background;

/// <summary>A slowly varying colour: one bivariate polynomial a channel over coordinates from -1 to 1.</summary>
internal sealed class PolynomialColourField
{
    private const int Degree = 4;

    /// <summary>Pixels between exact evaluations along a row; linear in between.</summary>
    private const int InterpolationStep = 16;
    private readonly int _width;
    private readonly int _height;

    /// <summary>By channel, then by power of y, then by power of x.</summary>
    private readonly double[] _coefficients;

    private PolynomialColourField(RgbaBuffer pixels, double[] coefficients) => (_width, _height, _coefficients) = (pixels.Width, pixels.Height, coefficients);

    internal static PolynomialColourField CreateConstant(RgbaBuffer pixels, double red, double green, double blue)
    {
        var coefficients = new double[3 * (Degree + 1) * (Degree + 1)];
        (coefficients[CoefficientIndex(0, 0, 0)], coefficients[CoefficientIndex(1, 0, 0)], coefficients[CoefficientIndex(2, 0, 0)]) = (red, green, blue);
        return new PolynomialColourField(pixels, coefficients);
    }

    /// <summary>Weighted least-squares fit of all monomials up to a total degree.</summary>
    internal static PolynomialColourField FitSamples(ColourFieldSamples samples, ReadOnlySpan<float> weights, int degree)
    {
        var pixels = samples.Pixels;
        var terms = GetMonomials(degree);
        var equations = new WeightedLeastSquares(terms.Length);
        Span<double> values = stackalloc double[terms.Length];
        for (var i = 0; i < weights.Length; i++)
        {
            if (weights[i] > 0)
            {
                var index = samples.PixelIndices[i];
                EvaluateMonomials(terms, NormalizeCoordinate(index % pixels.Width, pixels.Width), NormalizeCoordinate(index / pixels.Width, pixels.Height), values);
                equations.AddSample(values, weights[i], pixels.Rgba.AsSpan(index * 4, 3));
            }
        }

        var solved = equations.Solve();
        var coefficients = new double[3 * (Degree + 1) * (Degree + 1)];
        for (var channel = 0; channel < 3; channel++)
        {
            for (var term = 0; term < terms.Length; term++)
            {
                coefficients[CoefficientIndex(channel, terms[term].Y, terms[term].X)] = solved[(channel * terms.Length) + term];
            }
        }

        return new PolynomialColourField(pixels, coefficients);
    }

    /// <summary>The colours of one row, three values a pixel.</summary>
    internal void EvaluateRow(int y, Span<float> colours)
    {
        Span<float> powers = stackalloc float[3 * (Degree + 1)];
        Span<float> next = stackalloc float[3];
        RowPolynomials(y, powers);
        Evaluate(powers, 0, colours[..3]);
        for (var x = 0; x < _width - 1; x += InterpolationStep)
        {
            var steps = Math.Min(InterpolationStep, _width - 1 - x);
            Evaluate(powers, x + steps, next);
            InterpolateLinearly(colours.Slice(x * 3, (steps + 1) * 3), next, steps);
        }
    }

    private static void InterpolateLinearly(Span<float> colours, ReadOnlySpan<float> last, int steps)
    {
        var (red, green, blue) = ((last[0] - colours[0]) / steps, (last[1] - colours[1]) / steps, (last[2] - colours[2]) / steps);
        for (var i = 3; i < colours.Length; i += 3)
        {
            colours[i] = colours[i - 3] + red;
            colours[i + 1] = colours[i - 2] + green;
            colours[i + 2] = colours[i - 1] + blue;
        }

        last.CopyTo(colours[^3..]);
    }

    /// <summary>The colours at samples, three values each.</summary>
    internal float[] EvaluateAt(ColourFieldSamples samples)
    {
        var colours = new float[samples.PixelIndices.Length * 3];
        Span<float> powers = stackalloc float[3 * (Degree + 1)];
        var row = -1;
        for (var i = 0; i < samples.PixelIndices.Length; i++)
        {
            var (y, x) = Math.DivRem(samples.PixelIndices[i], _width);
            if (y != row)
            {
                RowPolynomials(row = y, powers);
            }

            Evaluate(powers, x, colours.AsSpan(i * 3, 3));
        }

        return colours;
    }

    internal void EvaluateAt(int x, int y, Span<float> colour)
    {
        Span<float> powers = stackalloc float[3 * (Degree + 1)];
        RowPolynomials(y, powers);
        Evaluate(powers, x, colour);
    }

    private void Evaluate(ReadOnlySpan<float> powers, int x, Span<float> colour)
    {
        var u = (float)NormalizeCoordinate(x, _width);
        for (var channel = 0; channel < 3; channel++)
        {
            var p = powers.Slice(channel * (Degree + 1), Degree + 1);
            colour[channel] = Math.Clamp(((((((p[4] * u) + p[3]) * u) + p[2]) * u) + p[1]) * u + p[0], 0, 255);
        }
    }

    private void RowPolynomials(int y, Span<float> powers)
    {
        var v = NormalizeCoordinate(y, _height);
        for (var channel = 0; channel < 3; channel++)
        {
            for (var x = 0; x <= Degree; x++)
            {
                var sum = 0.0;
                for (var power = Degree; power >= 0; power--)
                {
                    sum = (sum * v) + _coefficients[CoefficientIndex(channel, power, x)];
                }

                powers[(channel * (Degree + 1)) + x] = (float)sum;
            }
        }
    }

    private static double NormalizeCoordinate(int position, int length) => length == 1 ? 0 : (2.0 * position / (length - 1)) - 1;

    private static int CoefficientIndex(int channel, int y, int x) => (((channel * (Degree + 1)) + y) * (Degree + 1)) + x;

    private static (int X, int Y)[] GetMonomials(int degree) =>
        [.. from y in Enumerable.Range(0, degree + 1) from x in Enumerable.Range(0, degree + 1 - y) select (x, y)];

    private static void EvaluateMonomials((int X, int Y)[] terms, double u, double v, Span<double> values)
    {
        Span<double> powersOfX = [1, u, u * u, u * u * u, u * u * u * u];
        Span<double> powersOfY = [1, v, v * v, v * v * v, v * v * v * v];
        for (var i = 0; i < terms.Length; i++)
        {
            values[i] = powersOfX[terms[i].X] * powersOfY[terms[i].Y];
        }
    }
}
