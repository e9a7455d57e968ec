using GptImage2.Mcp.Telemetry.Settings;

namespace GptImage2.Mcp.Configuration;

/// <summary>Reads the standard variables of OpenTelemetry. Those that are not named here are handed on as they are.</summary>
internal static class TelemetryOptionsReader
{
    public static TelemetryOptions Read(SettingReader read)
    {
        var endpoint = read.GetNullableUrl(Key("EXPORTER_OTLP_ENDPOINT"));
        var traces = read.GetNullableUrl(Key("EXPORTER_OTLP_TRACES_ENDPOINT")) ?? endpoint;
        var metrics = read.GetNullableUrl(Key("EXPORTER_OTLP_METRICS_ENDPOINT")) ?? endpoint;
        var exportsTraces = read.GetChoice(Key("TRACES_EXPORTER"), "otlp", "otlp", "none") is "otlp";
        var exportsMetrics = read.GetChoice(Key("METRICS_EXPORTER"), "otlp", "otlp", "none") is "otlp";
        var isDisabled = read.GetFlag(Key("SDK_DISABLED"), false);
        return new TelemetryOptions
        {
            Traces = traces is not null && exportsTraces && !isDisabled,
            Metrics = metrics is not null && exportsMetrics && !isDisabled,
            Variables = [.. read.GetSection(SettingNames.OpenTelemetrySection).GetChildren().Select(variable => KeyValuePair.Create(variable.Key, variable.Value))],
        };
    }

    private static string Key(string name) => $"{SettingNames.OpenTelemetrySection}:{SettingNames.OpenTelemetryPrefix}{name}";
}
