namespace GptImage2.Mcp.Tools.Arguments;

/// <summary>How the one grammar of image arguments is told to a model.</summary>
internal static class ImageArgumentDescriptions
{
    public const string Full = "An id (img_…), a path, or a file://, https:// or data: URI; a bare name is also looked for in the inbox.";

    public const string Short = "As in view_image: id, path or URI.";
}
