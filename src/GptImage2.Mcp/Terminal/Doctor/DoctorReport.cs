using System.Text.Encodings.Web;
using GptImage2.Mcp.Server;

namespace GptImage2.Mcp.Terminal.Doctor;

/// <summary>What <c>doctor --json</c> prints (docs/clients.md).</summary>
/// <param name="Ok">Whether nothing must be mended.</param>
internal sealed record DoctorReport(string Version, bool Ok, IReadOnlyList<DoctorFinding> Findings)
{
    /// <summary>With settings that cannot be used nothing else can be looked at.</summary>
    public static DoctorReport ForSettings(IReadOnlyList<string> problems) =>
        new(ServerDefinition.Version, Ok: false, [.. problems.Select(problem => DoctorFinding.Wrong("settings", problem, "Correct it; docs/settings.md has all settings."))]);

    public string ToJson() => JsonSerializer.Serialize(this, new DoctorJson(new JsonSerializerOptions(DoctorJson.Default.Options) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }).DoctorReport);
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, WriteIndented = true, NewLine = "\n", DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(DoctorReport))]
internal sealed partial class DoctorJson : JsonSerializerContext;
