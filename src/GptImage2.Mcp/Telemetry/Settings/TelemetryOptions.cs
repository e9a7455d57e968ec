namespace GptImage2.Mcp.Telemetry.Settings;

/// <summary>Where telemetry goes, as the standard variables of OpenTelemetry say; nowhere unless they name an address.</summary>
internal sealed record TelemetryOptions
{
    /// <summary>Whether spans are exported.</summary>
    public bool Traces { get; init; }

    public bool Metrics { get; init; }

    /// <summary>Whether anything of OpenTelemetry is needed at all.</summary>
    public bool IsOn => Traces || Metrics;

    /// <summary>Every <c>OTEL_…</c> variable: its packages read them themselves.</summary>
    public IReadOnlyList<KeyValuePair<string, string?>> Variables { get; init; } = [];
}
