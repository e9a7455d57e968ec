namespace GptImage2.Imaging.Regions;

/// <summary>A point in pixels of the upright original, counted from its top left corner; pixel 0 reaches from 0 to 1.</summary>
public readonly record struct RegionPoint(double X, double Y);
