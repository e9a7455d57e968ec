namespace GptImage2.Imaging.Matting.Inspection;

/// <summary>Edges of a picture.</summary>
[Flags]
public enum ImageEdges
{
    None = 0,
    Left = 1,
    Top = 2,
    Right = 4,
    Bottom = 8,
}
