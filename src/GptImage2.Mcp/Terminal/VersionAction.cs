using System.CommandLine;
using System.CommandLine.Invocation;
using System.Reflection;
using System.Runtime.CompilerServices;
using GptImage2.Imaging.Vips;
using GptImage2.Mcp.Server;

namespace GptImage2.Mcp.Terminal;

/// <summary>What a report of a fault needs to say of this program.</summary>
internal sealed class VersionAction(TextWriter output) : SynchronousCommandLineAction
{
    public override int Invoke(ParseResult parseResult)
    {
        // The first line is for scripts.
        output.WriteLine(ServerDefinition.Version);
        output.WriteLine($"commit   {FindCommit() ?? "unknown: not built from a repository"}");
        output.WriteLine($"libvips  {FindLibvips()}");
        output.WriteLine($"runtime  {RuntimeInformation.FrameworkDescription}, {(RuntimeFeature.IsDynamicCodeCompiled ? "compiled as it runs" : "native code")}, {RuntimeInformation.RuntimeIdentifier}");
        return 0;
    }

    private static string? FindCommit() =>
        typeof(VersionAction).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().FirstOrDefault(entry => entry.Key is "Commit")?.Value is { Length: > 0 } commit ? commit : null;

    private static string FindLibvips()
    {
        try
        {
            return LibvipsInfo.Version;
        }
        catch (ImagingUnavailableException missing)
        {
            return missing.Message;
        }
    }
}
