namespace GptImage2.Mcp.Configuration;

/// <summary>How settings are called in the environment.</summary>
internal static class SettingNames
{
    public const string Prefix = "GPTIMAGE2_";

    /// <summary>Settings that go by the names that their vendor's own SDKs use.</summary>
    private static readonly (string Variable, string Key)[] VendorVariables =
    [
        ("OPENAI_API_KEY", "OpenAI:ApiKey"),
        ("OPENAI_BASE_URL", "OpenAI:BaseUrl"),
        ("OPENAI_ORG_ID", "OpenAI:Organization"),
        ("OPENAI_PROJECT_ID", "OpenAI:Project"),
    ];

    /// <summary>The environment variable of a key: <c>Storage:Root</c> is <c>GPTIMAGE2_STORAGE__ROOT</c>.</summary>
    public static string ToVariable(string key) =>
        VendorVariables.FirstOrDefault(vendor => vendor.Key == key).Variable
        ?? Prefix + key.Replace(":", "__", StringComparison.Ordinal).ToUpperInvariant();

    /// <summary>What the vendors' variables set, as configuration.</summary>
    public static IEnumerable<KeyValuePair<string, string?>> ReadVendorVariables(IReadOnlyDictionary<string, string> environment) =>
        from vendor in VendorVariables
        where environment.ContainsKey(vendor.Variable)
        select KeyValuePair.Create(vendor.Key, (string?)environment[vendor.Variable]);
}
