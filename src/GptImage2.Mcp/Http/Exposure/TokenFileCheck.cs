using GptImage2.Mcp.Configuration;
using GptImage2.Mcp.Http.Authentication;

namespace GptImage2.Mcp.Http.Exposure;

/// <summary>Whether the file of named tokens can be read, and by whom it can be changed. It holds hashes, so reading it lets nobody in.</summary>
internal static class TokenFileCheck
{
    public static Finding Run(string path)
    {
        var file = new TokenFile(path);
        try
        {
            var names = file.Read().Count;
            return file.ExposureWarning is not null
                ? new Finding("tokens", $"{path}: other users of this machine can change it, and let themselves in", $"chmod 600 {path}")
                : names is 0 ? new Finding("tokens", $"{path} names nobody, so nobody gets in by a token", "gptimage2-mcp token new NAME")
                : new Finding("tokens", $"{path}: {names} {(names is 1 ? "name" : "names")}");
        }
        catch (Exception failure) when (failure is InvalidSettingsException or IOException or UnauthorizedAccessException)
        {
            return new Finding("tokens", $"{path} cannot be used: {failure.Message}", "gptimage2-mcp token new NAME makes it; let the user that runs the server read it.");
        }
    }
}
