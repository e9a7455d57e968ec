namespace GptImage2.Mcp.Terminal.Doctor;

/// <summary>What <c>doctor --json</c> prints (docs/clients.md).</summary>
/// <param name="Ok">Whether nothing must be mended.</param>
internal sealed record DoctorReport(string Version, bool Ok, IReadOnlyList<DoctorFinding> Findings);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, WriteIndented = true, NewLine = "\n", DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(DoctorReport))]
internal sealed partial class DoctorJson : JsonSerializerContext;
