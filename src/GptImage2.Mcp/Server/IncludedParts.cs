using System.Diagnostics.CodeAnalysis;

namespace GptImage2.Mcp.Server;

/// <summary>
/// What is compiled into this executable. Native code unpacks at every start the tables of all types that it contains, so that
/// a release has two executables: this program for stdio, and next to it one that also has ASP.NET Core and OpenTelemetry.
/// </summary>
internal static class IncludedParts
{
    /// <summary>Whether HTTP and telemetry are in; the compiler leaves out what this excludes.</summary>
    [FeatureSwitchDefinition("GptImage2.Mcp.Http")]
    public static bool Http => !AppContext.TryGetSwitch("GptImage2.Mcp.Http", out var included) || included;
}
