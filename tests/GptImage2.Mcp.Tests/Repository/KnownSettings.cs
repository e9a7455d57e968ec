using GptImage2.Mcp.Configuration;
using Microsoft.Extensions.Configuration;

namespace GptImage2.Mcp.Tests.Repository;

/// <summary>Every environment variable that the server asks for.</summary>
internal static class KnownSettings
{
    public static IReadOnlyList<string> Variables { get; } = Read();

    private static string[] Read()
    {
        var reader = new SettingReader(new ConfigurationBuilder().Build());
        ServerSettings.Read(reader, TimeProvider.System);
        return [.. reader.Keys.Distinct().Select(SettingNames.ToVariable), "GPTIMAGE2_CONFIG"];
    }
}
