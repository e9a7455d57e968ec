using GptImage2.Testing.Mcp;

namespace GptImage2.Faults.Protocol;

/// <summary>Progress as a client sees it.</summary>
internal static class ProgressLines
{
    extension(ServerProcess server)
    {
        public IReadOnlyList<ProtocolLine> Progress(string token) => [.. server.Lines.Where(line => IsProgress(line, token))];
    }

    public static bool IsProgress(ProtocolLine line, string token) =>
        line.Method is "notifications/progress" && line.Json.GetProperty("params").GetProperty("progressToken").GetString() == token;

    extension(ProtocolLine line)
    {
        public string Message => line.Json.GetProperty("params").GetProperty("message").GetString()!;

        public double Value => line.Json.GetProperty("params").GetProperty("progress").GetDouble();
    }
}
