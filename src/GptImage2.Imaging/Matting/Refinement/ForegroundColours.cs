using System.Numerics;

namespace GptImage2.Imaging.Matting.Refinement;

/// <summary>
/// Splits each pixel's colour into the foreground's and the background's, given alpha: both vary slowly, except where alpha does. Solved from
/// coarse to fine (Germer, Uelwer, Conrad and Harmeling, "Fast Multi-Level Foreground Estimation", 2020). One instance serves one thread.
/// </summary>
internal sealed class ForegroundColours
{
    /// <summary>Weight of smoothness where alpha is flat, and of the difference of alpha where it is not; the authors' values.</summary>
    private const float Smoothness = 1e-5f;

    private const int CoarseEdge = 32;
    private const int CoarseIterations = 10;
    private const int FineIterations = 2;

    private readonly Level[] _levels;

    /// <param name="maxEdge">The longest edge of an area, in pixels.</param>
    internal ForegroundColours(int maxEdge)
    {
        var levels = new List<Level>();
        for (var edge = maxEdge; edge > 4 || levels.Count is 0; edge = (edge + 1) / 2)
        {
            levels.Add(new Level(edge * edge));
        }

        _levels = [.. levels];
    }

    /// <summary>Where the caller writes the colours, from 0 to 1, and alpha, before <see cref="Solve"/>.</summary>
    internal (Vector3[] Colours, float[] Alpha) Input => (_levels[0].Colours, _levels[0].Alpha);

    /// <returns>The foreground's colours.</returns>
    internal Vector3[] Solve(int width, int height)
    {
        (_levels[0].Width, _levels[0].Height) = (width, height);
        for (var i = 1; i < _levels.Length; i++)
        {
            _levels[i].HalveFrom(_levels[i - 1]);
        }

        _levels[^1].Begin();
        for (var i = _levels.Length - 1; i >= 0; i--)
        {
            var iterations = Math.Max(_levels[i].Width, _levels[i].Height) <= CoarseEdge ? CoarseIterations : FineIterations;
            for (var iteration = 0; iteration < iterations; iteration++)
            {
                _levels[i].Relax();
            }

            if (i > 0)
            {
                _levels[i - 1].EnlargeFrom(_levels[i]);
            }
        }

        return _levels[0].Foreground;
    }

    private sealed class Level(int capacity)
    {
        private readonly Vector3[] _background = new Vector3[capacity];

        internal int Width { get; set; }

        internal int Height { get; set; }

        internal Vector3[] Colours { get; } = new Vector3[capacity];

        internal float[] Alpha { get; } = new float[capacity];

        internal Vector3[] Foreground { get; } = new Vector3[capacity];

        internal void HalveFrom(Level fine)
        {
            (Width, Height) = ((fine.Width + 1) / 2, (fine.Height + 1) / 2);
            for (var y = 0; y < Height; y++)
            {
                var (upper, lower) = (2 * y * fine.Width, Math.Min((2 * y) + 1, fine.Height - 1) * fine.Width);
                for (var x = 0; x < Width; x++)
                {
                    var (left, right) = (2 * x, Math.Min((2 * x) + 1, fine.Width - 1));
                    var index = (y * Width) + x;
                    Colours[index] = (fine.Colours[upper + left] + fine.Colours[upper + right] + fine.Colours[lower + left] + fine.Colours[lower + right]) / 4;
                    Alpha[index] = (fine.Alpha[upper + left] + fine.Alpha[upper + right] + fine.Alpha[lower + left] + fine.Alpha[lower + right]) / 4;
                }
            }
        }

        /// <summary>The mean foreground and the mean background everywhere.</summary>
        internal void Begin()
        {
            var (foreground, background, weight) = (Vector3.Zero, Vector3.Zero, 0f);
            var count = Width * Height;
            for (var i = 0; i < count; i++)
            {
                foreground += Alpha[i] * Colours[i];
                background += (1 - Alpha[i]) * Colours[i];
                weight += Alpha[i];
            }

            Foreground.AsSpan(0, count).Fill(foreground / Math.Max(weight, 1e-3f));
            _background.AsSpan(0, count).Fill(background / Math.Max(count - weight, 1e-3f));
        }

        internal void EnlargeFrom(Level coarse)
        {
            for (var y = 0; y < Height; y++)
            {
                for (var x = 0; x < Width; x++)
                {
                    var from = (y / 2 * coarse.Width) + (x / 2);
                    (Foreground[(y * Width) + x], _background[(y * Width) + x]) = (coarse.Foreground[from], coarse._background[from]);
                }
            }
        }

        /// <summary>One pass of Gauss and Seidel: each pixel's two colours by the least squares of its own equation and of smoothness towards its neighbours.</summary>
        internal void Relax()
        {
            for (var y = 0; y < Height; y++)
            {
                for (var x = 0; x < Width; x++)
                {
                    Relax(x, y);
                }
            }
        }

        private void Relax(int x, int y)
        {
            var index = (y * Width) + x;
            var alpha = Alpha[index];
            var (weights, foreground, background) = (0f, Vector3.Zero, Vector3.Zero);
            Add(x > 0 ? index - 1 : index);
            Add(x < Width - 1 ? index + 1 : index);
            Add(y > 0 ? index - Width : index);
            Add(y < Height - 1 ? index + Width : index);

            float first = (alpha * alpha) + weights, mixed = alpha * (1 - alpha), second = ((1 - alpha) * (1 - alpha)) + weights;
            foreground += alpha * Colours[index];
            background += (1 - alpha) * Colours[index];
            var share = 1 / Math.Max((first * second) - (mixed * mixed), 1e-12f);
            Foreground[index] = Vector3.Clamp(share * ((second * foreground) - (mixed * background)), Vector3.Zero, Vector3.One);
            _background[index] = Vector3.Clamp(share * ((first * background) - (mixed * foreground)), Vector3.Zero, Vector3.One);

            void Add(int neighbour)
            {
                var weight = Smoothness + MathF.Abs(alpha - Alpha[neighbour]);
                weights += weight;
                foreground += weight * Foreground[neighbour];
                background += weight * _background[neighbour];
            }
        }
    }
}
