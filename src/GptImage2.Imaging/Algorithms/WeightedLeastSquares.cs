using System.Numerics;

namespace GptImage2.Imaging.Algorithms;

/// <summary>Weighted linear least squares of three channels over common basis terms: normal equations solved by Cholesky decomposition.</summary>
internal sealed class WeightedLeastSquares(int terms)
{
    /// <summary>Ridge term (Tikhonov) for coefficients that the samples do not determine, relative to their total weight.</summary>
    private const double Ridge = 1e-5;
    private readonly double[] _matrix = new double[terms * terms];
    private readonly double[] _rightHandSide = new double[3 * terms];

    internal void AddSample(ReadOnlySpan<double> values, double weight, Vector3 colour)
    {
        for (var row = 0; row < terms; row++)
        {
            var weighted = weight * values[row];
            for (var column = 0; column <= row; column++)
            {
                _matrix[(row * terms) + column] += weighted * values[column];
            }

            for (var channel = 0; channel < 3; channel++)
            {
                _rightHandSide[(channel * terms) + row] += weighted * colour[channel];
            }
        }
    }

    /// <summary>The coefficients by channel, then by term.</summary>
    internal double[] Solve()
    {
        var weight = _matrix[0];
        for (var i = 1; i < terms; i++)
        {
            _matrix[(i * terms) + i] += (Ridge * weight) + double.Epsilon;
        }

        CholeskyDecompose();
        for (var channel = 0; channel < 3; channel++)
        {
            SolveTriangular(_rightHandSide.AsSpan(channel * terms, terms));
        }

        return _rightHandSide;
    }

    private void CholeskyDecompose()
    {
        for (var row = 0; row < terms; row++)
        {
            for (var column = 0; column <= row; column++)
            {
                var sum = _matrix[(row * terms) + column];
                for (var k = 0; k < column; k++)
                {
                    sum -= _matrix[(row * terms) + k] * _matrix[(column * terms) + k];
                }

                _matrix[(row * terms) + column] = row == column ? Math.Sqrt(Math.Max(sum, 1e-12)) : sum / _matrix[(column * terms) + column];
            }
        }
    }

    private void SolveTriangular(Span<double> right)
    {
        for (var row = 0; row < terms; row++)
        {
            for (var k = 0; k < row; k++)
            {
                right[row] -= _matrix[(row * terms) + k] * right[k];
            }

            right[row] /= _matrix[(row * terms) + row];
        }

        for (var row = terms - 1; row >= 0; row--)
        {
            for (var k = row + 1; k < terms; k++)
            {
                right[row] -= _matrix[(k * terms) + row] * right[k];
            }

            right[row] /= _matrix[(row * terms) + row];
        }
    }
}
