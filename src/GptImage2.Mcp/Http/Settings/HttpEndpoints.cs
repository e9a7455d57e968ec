namespace GptImage2.Mcp.Http.Settings;

/// <summary>The paths of the server.</summary>
internal static class HttpEndpoints
{
    public const string Mcp = "/mcp";

    public const string Uploads = "/uploads";

    public const string Images = "/images";
}
