using System.Numerics;
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
    private readonly double[] _coefficients = new double[3 * (Degree + 1) * (Degree + 1)];

    /// <summary>A constant.</summary>
    internal PolynomialColourField(RgbaBuffer pixels, Vector3 colour)
    {
        (_width, _height) = (pixels.Width, pixels.Height);
        for (var channel = 0; channel < 3; channel++)
        {
            _coefficients[CoefficientIndex(channel, 0, 0)] = colour[channel];
        }
    }

    /// <summary>Weighted least-squares fit of all monomials up to a total degree.</summary>
    internal PolynomialColourField(ColourFieldSamples samples, ReadOnlySpan<float> weights, int degree)
    {
        var pixels = samples.Pixels;
        (_width, _height) = (pixels.Width, pixels.Height);
        var terms = GetMonomials(degree);
        var equations = new WeightedLeastSquares(terms.Length);
        Span<double> values = stackalloc double[terms.Length];
        for (var i = 0; i < weights.Length; i++)
        {
            if (weights[i] > 0)
            {
                var (y, x) = Math.DivRem(samples.PixelIndices[i], _width);
                EvaluateMonomials(terms, NormalizeCoordinate(x, _width), NormalizeCoordinate(y, _height), values);
                equations.AddSample(values, weights[i], pixels.ColourAt(samples.PixelIndices[i]));
            }
        }

        var solved = equations.Solve();
        for (var i = 0; i < solved.Length; i++)
        {
            var (channel, term) = Math.DivRem(i, terms.Length);
            _coefficients[CoefficientIndex(channel, terms[term].Y, terms[term].X)] = solved[i];
        }
    }

    /// <summary>The colours of one row.</summary>
    internal void EvaluateRow(int y, Span<Vector3> colours)
    {
        Span<Vector3> powers = stackalloc Vector3[Degree + 1];
        RowPolynomial(y, powers);
        colours[0] = Evaluate(powers, 0);
        for (var x = 0; x < _width - 1; x += InterpolationStep)
        {
            var steps = Math.Min(InterpolationStep, _width - 1 - x);
            var last = Evaluate(powers, x + steps);
            var change = (last - colours[x]) / steps;
            for (var i = x + 1; i < x + steps; i++)
            {
                colours[i] = colours[i - 1] + change;
            }

            colours[x + steps] = last;
        }
    }

    /// <summary>The colours at samples.</summary>
    internal Vector3[] EvaluateAt(ColourFieldSamples samples)
    {
        Span<Vector3> powers = stackalloc Vector3[Degree + 1];
        var colours = new Vector3[samples.PixelIndices.Length];
        var row = -1;
        for (var i = 0; i < colours.Length; i++)
        {
            var (y, x) = Math.DivRem(samples.PixelIndices[i], _width);
            if (y != row)
            {
                RowPolynomial(row = y, powers);
            }

            colours[i] = Evaluate(powers, x);
        }

        return colours;
    }

    internal Vector3 EvaluateAt(int index)
    {
        Span<Vector3> powers = stackalloc Vector3[Degree + 1];
        RowPolynomial(index / _width, powers);
        return Evaluate(powers, index % _width);
    }

    private Vector3 Evaluate(ReadOnlySpan<Vector3> powers, int x)
    {
        var u = (float)NormalizeCoordinate(x, _width);
        return ColourVector.ClampToLevels((((((((powers[4] * u) + powers[3]) * u) + powers[2]) * u) + powers[1]) * u) + powers[0]);
    }

    private void RowPolynomial(int y, Span<Vector3> powers)
    {
        var v = NormalizeCoordinate(y, _height);
        for (var x = 0; x <= Degree; x++)
        {
            powers[x] = new Vector3(SumPowersOfY(0, x, v), SumPowersOfY(1, x, v), SumPowersOfY(2, x, v));
        }
    }

    private float SumPowersOfY(int channel, int x, double v)
    {
        var sum = 0.0;
        for (var power = Degree; power >= 0; power--)
        {
            sum = (sum * v) + _coefficients[CoefficientIndex(channel, power, x)];
        }

        return (float)sum;
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
