using GptImage2.Mcp.Configuration;
using Microsoft.Extensions.Configuration;

namespace GptImage2.Mcp.Tests.Repository;

/// <summary>Every environment variable that the server asks for.</summary>
internal static class KnownSettings
{
    private static readonly SettingReader Reader = Read();

    public static IReadOnlyList<string> Variables { get; } = [.. Reader.Keys.Distinct().Select(SettingNames.ToVariable), "GPTIMAGE2_CONFIG"];

    public static IReadOnlyList<SettingShape> Shapes { get; } = [.. Reader.Shapes];

    private static SettingReader Read()
    {
        var reader = new SettingReader(new ConfigurationBuilder().Build());
        ServerSettings.Read(reader, TimeProvider.System);
        return reader;
    }
}
