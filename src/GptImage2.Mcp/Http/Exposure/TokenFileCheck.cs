namespace GptImage2.Mcp.Http.Exposure;

/// <summary>Whether the file of named tokens can be read, and by whom it can be changed. It holds hashes, so reading it lets nobody in.</summary>
internal static class TokenFileCheck
{
    private const UnixFileMode WritableByOthers = UnixFileMode.GroupWrite | UnixFileMode.OtherWrite;

    public static Finding Run(string file)
    {
        try
        {
            var names = File.ReadLines(file).Count(line => line.Contains(':', StringComparison.Ordinal) && !line.TrimStart().StartsWith('#'));
            return !OperatingSystem.IsWindows() && (File.GetUnixFileMode(file) & WritableByOthers) is not UnixFileMode.None
                ? new Finding("tokens", $"{file}: other users of this machine can change it, and let themselves in", $"chmod 600 {file}")
                : names is 0 ? new Finding("tokens", $"{file} names nobody, so nobody gets in by a token", "gptimage2-mcp token new NAME")
                : new Finding("tokens", $"{file}: {names} {(names is 1 ? "name" : "names")}");
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            return new Finding("tokens", $"{file} cannot be read: {failure.Message}", "gptimage2-mcp token new NAME makes it; let the user that runs the server read it.");
        }
    }
}
