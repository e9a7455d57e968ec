using GptImage2.Mcp.Terminal.Clients;

namespace GptImage2.Mcp.Tests.Terminal.Config;

/// <summary>Whoever runs, clients start the same, by a path that lasts.</summary>
public sealed class LaunchCommandTests
{
    [Theory]
    [InlineData("/home/me/studio/gptimage2-mcp", "/home/me/studio/", "/home/me/studio/gptimage2-mcp")]
    [InlineData("/usr/share/dotnet/dotnet", "/home/me/studio/", "/usr/share/dotnet/dotnet /home/me/studio/gptimage2-mcp.dll")]
    [InlineData("/home/me/.dotnet/tools/gptimage2-mcp", "/home/me/.dotnet/tools/.store/gptimage2.mcp/0.1.0/gptimage2.mcp.linux-x64/0.1.0/tools/any/linux-x64/", "dnx GptImage2.Mcp@0.1.0 --yes")]
    [InlineData("/usr/share/dotnet/dotnet", "/home/me/.nuget/packages/gptimage2.mcp.any/0.2.0-rc.1/tools/net10.0/any/", "dnx GptImage2.Mcp@0.2.0-rc.1 --yes")]
    [InlineData("/home/me/.nuget/packages/gptimage2.mcp.linux-x64/0.1.0/tools/any/linux-x64/gptimage2-mcp", "/home/me/.nuget/packages/gptimage2.mcp.linux-x64/0.1.0/tools/any/linux-x64/", "dnx GptImage2.Mcp@0.1.0 --yes")]
    [InlineData("/src/GptImage2.Mcp/bin/tools/gptimage2-mcp", "/src/GptImage2.Mcp/bin/tools/", "/src/GptImage2.Mcp/bin/tools/gptimage2-mcp")]
    public void Is_the_program_that_runs(string process, string folder, string expected)
    {
        var launch = LaunchCommand.Find(process, folder);

        string.Join(' ', [launch.Command, .. launch.Arguments]).ShouldBe(expected);
    }
}
