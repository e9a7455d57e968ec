using GptImage2.Imaging;

namespace GptImage2.Edits.Cases;

/// <summary>A shape in pixels of the upright image, judged point by point and in no hurry.</summary>
internal abstract record ExpectedShape(double Left, double Top, double Right, double Bottom)
{
    /// <summary>Closer to an edge than this, two ways of calculating may differ.</summary>
    protected const double Hair = 1e-6;

    /// <summary>Whether its box lies in an image, in part at least.</summary>
    public bool Touches(Dimensions size) => Left < size.Width - Hair && Top < size.Height - Hair && Right > Hair && Bottom > Hair;

    /// <summary>1 where the point lies in the shape, 0 where it lies outside, 2 where nobody can tell.</summary>
    public abstract byte Classify(double x, double y);

    public sealed record Rectangle(double Left, double Top, double Right, double Bottom) : ExpectedShape(Left, Top, Right, Bottom)
    {
        public override byte Classify(double x, double y)
        {
            var depth = Math.Min(Math.Min(x - Left, Right - x), Math.Min(y - Top, Bottom - y));
            return Math.Abs(depth) < Hair ? (byte)2 : depth > 0 ? (byte)1 : (byte)0;
        }
    }

    public sealed record Ellipse(double Left, double Top, double Right, double Bottom) : ExpectedShape(Left, Top, Right, Bottom)
    {
        public override byte Classify(double x, double y)
        {
            var (across, down) = (((2 * x) - Left - Right) / (Right - Left), ((2 * y) - Top - Bottom) / (Bottom - Top));
            var reach = (across * across) + (down * down);
            return Math.Abs(reach - 1) < Hair ? (byte)2 : reach < 1 ? (byte)1 : (byte)0;
        }
    }

    /// <summary>By how often its corners go round a point.</summary>
    public sealed record Polygon(IReadOnlyList<(double X, double Y)> Corners)
        : ExpectedShape(Corners.Min(c => c.X), Corners.Min(c => c.Y), Corners.Max(c => c.X), Corners.Max(c => c.Y))
    {
        public override byte Classify(double x, double y)
        {
            var turns = 0;
            for (var i = 0; i < Corners.Count; i++)
            {
                var (a, b) = (Corners[i], Corners[(i + 1) % Corners.Count]);
                var (cross, dot) = (((a.X - x) * (b.Y - y)) - ((b.X - x) * (a.Y - y)), ((a.X - x) * (b.X - x)) + ((a.Y - y) * (b.Y - y)));
                if (Math.Abs(cross) < Hair && dot <= Hair)
                {
                    return 2;
                }

                turns += a.Y <= y && b.Y > y && cross > 0 ? 1 : a.Y > y && b.Y <= y && cross < 0 ? -1 : 0;
            }

            return turns is 0 ? (byte)0 : (byte)1;
        }
    }
}
