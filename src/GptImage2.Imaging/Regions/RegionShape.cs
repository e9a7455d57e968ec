namespace GptImage2.Imaging.Regions;

/// <summary>A part of a picture, in pixels of the upright original. It may reach outside the picture, where it is cut off.</summary>
public abstract record RegionShape
{
    private RegionShape()
    {
    }

    public sealed record Rectangle(double Left, double Top, double Width, double Height) : RegionShape;

    /// <summary>By the box around it.</summary>
    public sealed record Ellipse(double Left, double Top, double Width, double Height) : RegionShape;

    /// <summary>Closed by itself; where it overlaps itself it covers (non-zero winding).</summary>
    public sealed record Polygon(IReadOnlyList<RegionPoint> Points) : RegionShape;
}
