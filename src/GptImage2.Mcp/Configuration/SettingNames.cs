namespace GptImage2.Mcp.Configuration;

/// <summary>How settings are called in the environment.</summary>
internal static class SettingNames
{
    public const string Prefix = "GPTIMAGE2_";

    /// <summary>Where the standard variables of OpenTelemetry are kept, by their own names.</summary>
    public const string OpenTelemetrySection = "OpenTelemetry";

    /// <summary>What those begin with.</summary>
    public const string OpenTelemetryPrefix = "OTEL_";

    /// <summary>Settings that go by the names that their vendor's own SDKs use.</summary>
    private static readonly (string Variable, string Key)[] VendorVariables =
    [
        ("OPENAI_API_KEY", "OpenAI:ApiKey"),
        ("OPENAI_BASE_URL", "OpenAI:BaseUrl"),
        ("OPENAI_ORG_ID", "OpenAI:Organization"),
        ("OPENAI_PROJECT_ID", "OpenAI:Project"),
        ("AZURE_OPENAI_ENDPOINT", "Azure:Endpoint"),
        ("AZURE_OPENAI_API_KEY", "Azure:ApiKey"),
        ("AZURE_OPENAI_DEPLOYMENT", "Azure:Deployment"),
        ("AZURE_OPENAI_MODEL", "Azure:Model"),
        ("AZURE_OPENAI_API_VERSION", "Azure:ApiVersion"),
        ("SCENARIO_SDK_API_KEY", "Scenario:ApiKey"),
        ("SCENARIO_SDK_API_SECRET", "Scenario:ApiSecret"),
        ("SCENARIO_SDK_JWT", "Scenario:Token"),
        ("SCENARIO_BASE_URL", "Scenario:BaseUrl"),
        ("SCENARIO_PROJECT_ID", "Scenario:ProjectId"),
    ];

    /// <summary>The environment variable of a key: <c>Storage:Root</c> is <c>GPTIMAGE2_STORAGE__ROOT</c>.</summary>
    public static string ToVariable(string key) =>
        key.StartsWith($"{OpenTelemetrySection}:", StringComparison.OrdinalIgnoreCase) ? key[(OpenTelemetrySection.Length + 1)..].ToUpperInvariant()
        : VendorVariables.FirstOrDefault(vendor => vendor.Key == key).Variable
        ?? Prefix + key.Replace(":", "__", StringComparison.Ordinal).ToUpperInvariant();

    /// <summary>What the vendors' variables set, as configuration.</summary>
    public static IEnumerable<KeyValuePair<string, string?>> ReadVendorVariables(IReadOnlyDictionary<string, string> environment) =>
    [
        .. from vendor in VendorVariables
           where environment.ContainsKey(vendor.Variable)
           select KeyValuePair.Create(vendor.Key, (string?)environment[vendor.Variable]),
        .. from variable in environment
           where variable.Key.StartsWith(OpenTelemetryPrefix, StringComparison.Ordinal)
           select KeyValuePair.Create($"{OpenTelemetrySection}:{variable.Key}", (string?)variable.Value),
    ];
}
