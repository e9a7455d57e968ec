namespace GptImage2.Imaging.Regions;

/// <summary>A shape in pixels of the upright original. It may reach outside the image, where it is clipped.</summary>
public abstract record RegionShape
{
    private RegionShape()
    {
    }

    public sealed record Rectangle(double Left, double Top, double Width, double Height) : RegionShape;

    /// <summary>The ellipse inscribed in a rectangle.</summary>
    public sealed record Ellipse(double Left, double Top, double Width, double Height) : RegionShape;

    /// <summary>Closed implicitly; filled by the non-zero winding rule.</summary>
    public sealed record Polygon(IReadOnlyList<RegionPoint> Points) : RegionShape;
}

/// <summary>A point in pixels of the upright original, from its top left corner; pixel 0 spans 0 to 1.</summary>
public readonly record struct RegionPoint(double X, double Y);
